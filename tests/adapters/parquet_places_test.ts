import assert from "node:assert/strict";
import { join } from "node:path";
import { placesToParquet, readPlaces } from "popagent/adapters/runs/parquet_places.ts";
import { RUN_FILES, writeRun } from "popagent/adapters/runs/run_files.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";

const run = createRunFixture({ iterations: 2 });
const returns = (first: number) =>
  Array.from({ length: 11 }, (_, place) => Float64Array.of(first / 3, place / 7, -1e-300));
const PLACES = { selectionOnly: returns(1), population: returns(2) };

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("places are read back to the last bit, more than nine in their order", () =>
  inFolder(async (folder) => {
    await writeRun(folder, { ...run, placeReturns: PLACES }, run.provenance);
    assert.deepEqual(await readPlaces(folder), PLACES);
  }));

Deno.test("the bytes of places do not depend on the order in which populations ran", async () => {
  const { selectionOnly, population } = PLACES;
  assert.deepEqual(
    await placesToParquet({ selectionOnly, population }),
    await placesToParquet({ population, selectionOnly }),
  );
});

Deno.test("a run without a population has no places, and is told so", () =>
  inFolder(async (folder) => {
    await writeRun(folder, run, run.provenance);
    await assert.rejects(
      readPlaces(folder),
      /places\.parquet as it must be .* in which a population learned/,
    );
    await Deno.writeTextFile(join(folder, RUN_FILES.places), "no");
    await assert.rejects(readPlaces(folder), /places\.parquet/);
  }));
