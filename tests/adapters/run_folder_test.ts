import assert from "node:assert/strict";
import { join } from "node:path";
import { createRunFolder, firstDifference, type RunFolderRequest } from "popagent/adapters/run_folder.ts";
import { UserError } from "popagent/adapters/user_error.ts";
import { panel, smallConfig } from "../population/small_run.ts";

async function inFolder(body: (root: string) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    await body(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

const request = (root: string, change: Partial<RunFolderRequest> = {}): RunFolderRequest => ({
  root,
  command: "population",
  config: smallConfig(),
  panel,
  resume: false,
  ...change,
});

Deno.test("firstDifference() names the first setting that differs, by its path, and both values", () => {
  const config = smallConfig();
  assert.equal(firstDifference(config, smallConfig()), null);
  assert.equal(
    firstDifference(config, { ...config, population: { ...config.population, transferTau: .2 } }),
    "population.transferTau is 0.2 there and 0.1 here",
  );
  assert.equal(firstDifference({ a: { b: [1, 2] } }, { a: { b: [1, 3] } }), "a.b.1 is 3 there and 2 here");
  assert.equal(firstDifference({ a: 1 }, { a: 1, b: 2 }), "b is 2 there and undefined here");
  assert.equal(firstDifference({ a: null }, { a: {} }), "a is {} there and null here");
});

Deno.test("a run's name says command and seed, and changes with any setting and with the rows", () =>
  inFolder(async (root) => {
    const { id, resumed } = await createRunFolder(request(root));
    assert.match(id, /^population-s1-[0-9a-f]{10}$/);
    assert.equal(resumed, false);
    assert.equal((await createRunFolder(request(root))).id, id);
    const config = smallConfig({ transferTau: .2 });
    assert.notEqual((await createRunFolder(request(root, { config }))).id, id);
    assert.notEqual((await createRunFolder(request(root, { panel: { ...panel, hash: "other" } }))).id, id);
  }));

Deno.test("a folder begun again is emptied, a resumed one keeps its checkpoints", () =>
  inFolder(async (root) => {
    const first = await createRunFolder(request(root));
    await Deno.writeTextFile(join(first.checkpoints, "population.json"), "{}");
    const resumed = await createRunFolder(request(root, { resume: true }));
    assert.deepEqual(resumed, { ...first, resumed: true });
    assert.equal(await Deno.readTextFile(join(resumed.checkpoints, "population.json")), "{}");
    const again = await createRunFolder(request(root));
    assert.deepEqual(await Array.fromAsync(Deno.readDir(again.checkpoints)), []);
  }));

Deno.test("a run begun by another source is not resumed", () =>
  inFolder(async (root) => {
    const { directory } = await createRunFolder(request(root));
    await Deno.writeTextFile(join(directory, "source.sha256"), `${"0".repeat(64)}\n`);
    await assert.rejects(
      createRunFolder(request(root, { resume: true })),
      (error) =>
        error instanceof UserError && /it was 000000000000 and is [0-9a-f]{12}\. Start/.test(error.message),
    );
  }));

Deno.test("nothing to resume: the error says which runs are unfinished and where they differ", () =>
  inFolder(async (root) => {
    await assert.rejects(
      createRunFolder(request(root, { resume: true })),
      (error) => error instanceof UserError && /There is no unfinished run\./.test(error.message),
    );
    const begun = await createRunFolder(request(root, { config: smallConfig({ transferTau: .2 }) }));
    await assert.rejects(
      createRunFolder(request(root, { resume: true })),
      (error) =>
        error instanceof UserError &&
        error.message.includes(`${begun.id}: population.transferTau is 0.2 there and 0.1 here`),
    );
  }));

Deno.test("a folder that cannot be written is a mistake with its path", () =>
  inFolder(async (root) => {
    const file = join(root, "file");
    await Deno.writeTextFile(file, "");
    await assert.rejects(
      createRunFolder(request(file)),
      (error) => error instanceof UserError && error.message.includes(file),
    );
  }));
