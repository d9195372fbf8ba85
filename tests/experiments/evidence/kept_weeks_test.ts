import assert from "node:assert/strict";
import { join } from "node:path";
import { keptWeeks, weeksPath } from "popagent/adapters/evidence/kept_weeks.ts";
import { weeksOf } from "popagent/adapters/evidence/weeks_of.ts";
import { resultFiles } from "popagent/adapters/ledger/result_files.ts";
import { storePlaces } from "popagent/adapters/ledger/store_folder.ts";
import { createDesk, marketOf } from "popagent/experiments/market.ts";
import { JOBS } from "popagent/experiments/jobs/registry.ts";
import { iterationsOf } from "popagent/experiments/jobs/job.ts";
import { populationMean } from "popagent/experiments/population_mean.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { mean } from "popagent/stats/moments.ts";
import { assertClose } from "../../close_to.ts";
import { inFolder } from "../../cli/cli.ts";
import { populationConfig } from "../../run_config.ts";
import { jobInput } from "../job_input.ts";

const CELL = { key: "cell", result: "result", events: "events" };

Deno.test("weeks are computed once, and again where the cell, its result or its events are others or the file was changed", () =>
  inFolder(async (folder) => {
    let computed = 0;
    const look = (cell = CELL) => keptWeeks(folder, cell, () => [++computed, .5]);
    assert.deepEqual([await look(), await look()], [[1, .5], [1, .5]]);
    for (const name of ["key", "result", "events"] as const) {
      const before = computed;
      await look({ ...CELL, [name]: "another" });
      assert.equal(computed, before + 1, name);
    }
    const path = weeksPath(folder, CELL), text = await Deno.readTextFile(path);
    for (const changed of [text.replace("0.5", "0.6"), text.slice(0, 10), ""]) {
      await Deno.writeTextFile(path, changed);
      const before = computed;
      assert.deepEqual(await look(), [before + 1, .5], changed);
    }
    await Deno.remove(storePlaces(folder).weeks, { recursive: true });
    await Deno.writeTextFile(storePlaces(folder).weeks, "a file where the folder would be");
    assert.deepEqual(await look(), [computed, .5], "a store that cannot be written to is read all the same");
  }));

const config = populationConfig({
  data: { source: "synthetic" },
  market: { mode: "planted", ic: 0.1, rows: 1000, seed: 4 },
  population: { size: 3, transferEvery: 1, committeeShare: 0.11, mirror: { rules: [] } },
  seed: 4,
});

Deno.test("a cell's genomes are traded once: the second look reads no events", () =>
  inFolder(async (folder) => {
    const { panel } = marketOf(config), plan = planRun(config, panel);
    const result = await JOBS.population.run(
      jobInput(createDesk(plan.panel, plan.config, 2 ** 27), plan.config),
    );
    const files = resultFiles(storePlaces(folder).results);
    const lines = iterationsOf(result).map((event) => JSON.stringify(event)).join("\n");
    const stored = populationMean(result.population!.places);
    const cell = {
      label: "full/real/4",
      arm: "full",
      marketSeed: null,
      key: "key",
      result: "result",
      events: files.put(`${lines}\n`, "jsonl"),
      outcome: { populationMean: stored },
    } as unknown as Parameters<typeof weeksOf>[0];
    const first = await weeksOf(cell, config, panel, folder);
    assertClose(mean(first!), stored, 1e-9);
    await Deno.remove(join(folder, "results"), { recursive: true });
    assert.deepEqual(await weeksOf(cell, config, panel, folder), first);
    assert.equal(await weeksOf({ ...cell, marketSeed: 1 }, config, panel, folder), null);
    const others = { ...cell, key: "another" };
    await assert.rejects(
      weeksOf(others, config, panel, folder),
      /its bytes must have the hash it is named by/,
    );
  }));
