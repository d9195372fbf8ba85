import assert from "node:assert/strict";
import { join } from "node:path";
import type { JobPool } from "popagent/adapters/workers/job_pool.ts";
import { learningControlText, validateLearning } from "popagent/cli/commands/validate_learning.ts";
import type { JobResult } from "popagent/experiments/jobs/job_result.ts";
import { strategiesOnly } from "popagent/experiments/jobs/job.ts";
import { populationConfig } from "../run_config.ts";

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
    assert.match(
      learningControlText({ config: {}, configHash: "", markets }),
      /FAILS: population mean out of sample/,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
