import assert from "node:assert/strict";
import { join } from "node:path";
import type { JobPool } from "popagent/adapters/workers/job_pool.ts";
import { GROSS, validateLearning } from "popagent/cli/commands/validate_learning.ts";
import { learningControlText } from "popagent/report/text/learning_control_text.ts";
import type { JobResult } from "popagent/experiments/jobs/job_result.ts";
import { strategiesOnly } from "popagent/experiments/jobs/job.ts";
import { emptyControl } from "popagent/experiments/learning_control.ts";
import { populationConfig } from "../run_config.ts";
import { inFolder } from "./cli.ts";
import { warmPopagent } from "./warm.ts";

const popagent = warmPopagent();

const config = populationConfig({ market: { mode: "null", rows: 1000 }, iterations: 2 });

/** A pool that knows what each population earned, and which markets it was asked for. */
function knowingPool(asked: number[]): JobPool {
  return {
    workers: 1,
    offer: () => () => {},
    close: () => {},
    run: ({ job, config }) => {
      const { seed } = config.market;
      if (job === "population") asked.push(seed);
      const lift = job === "population" ? seed / 100 : 0;
      const places = [Float64Array.of(0, 0, 0, 0, .01 + lift, -.01 + lift)];
      const events = [{ type: "iteration", meanScore: 0, transfers: [], mutations: [], refused: [] }];
      return Promise.resolve({
        ...strategiesOnly([]),
        events: events as unknown as JobResult["events"],
        population: { name: job, places, inSample: lift },
      });
    },
  };
}

Deno.test("validate learning goes on where it stood, and not with markets of another configuration", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const out = join(folder, "control.json"), asked: number[] = [], lines: string[] = [];
    const run = (seeds: number[], one = config) =>
      validateLearning(one, seeds, out, knowingPool(asked), (line) => lines.push(line));
    await run([3]);
    const { markets } = await run([1, 2, 3]);
    assert.deepEqual(asked, [3, 1, 2]);
    assert.deepEqual(markets.map(({ marketSeed }) => marketSeed), [1, 2, 3]);
    assert.equal(lines.length, 4);
    // By hand: .01 +- .01 has the ratio 1 / sqrt 2 per bar, 33.09 a year; in sample .01 x sqrt 2190 = .468.
    assert.equal(lines[1], "market 1: learning minus none 33.091 out of sample, 0.468 in sample");
    await assert.rejects(run([4], { ...config, iterations: 3 }), /run under another configuration/);
    const text = learningControlText({ config: {}, configHash: "", markets });
    // scipy.stats.t.isf(t.sf(2, 19), 2) = 3.896; the three differences have mean 66.2 and SE 19.1.
    assert.match(text, /holds: population mean out of sample: learning minus none within 3\.9 SE of 0/);
    assert.match(text, /too few markets to judge: mean score in sample/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("issue 9.2: a rule that FAILS gives an exit code, too few markets to judge give none", () =>
  inFolder(async (folder) => {
    const costs = Object.fromEntries(GROSS.map((setting) => [setting.slice("costs.".length, -2), 0]));
    const control = emptyControl(
      populationConfig({
        market: { mode: "null" },
        population: { transfer: "none", mutation: "tested" },
        data: { source: "synthetic" },
        costs,
        references: false,
      }),
    );
    const validated = async (lift: (seed: number) => number) => {
      const markets = [1, 2, 3].map((marketSeed) => ({
        marketSeed,
        rowsHash: "rows",
        learning: { outOfSample: lift(marketSeed), inSample: 1, inSampleRise: 1 },
        none: { outOfSample: 0, inSample: 0, inSampleRise: 0 },
        mutations: { kept: 1, refused: 1, untested: 0 },
      }));
      await Deno.writeTextFile(join(folder, "control.json"), JSON.stringify({ ...control, markets }));
      return await popagent(folder, "validate", "learning", "--markets", "3", "--out", "control.json");
    };
    const learns = await validated((seed) => 1 + seed / 100);
    assert.equal(learns.code, 1);
    assert.match(learns.stdout, /FAILS: population mean out of sample[\s\S]*too few markets to judge/);
    assert.match(learns.stderr, /Cannot call this valid as every threshold must hold: 1 of 3 fail/);
    const stays = await validated((seed) => seed - 2);
    assert.deepEqual([stays.code, stays.stdout.includes("FAILS")], [0, false], stays.stderr);
  }));
