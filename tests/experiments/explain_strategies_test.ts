/** Every strategy of a run behind which agents stand is explained, and the others say why they are not. */
import assert from "node:assert/strict";
import { rng } from "popagent/core/rng.ts";
import {
  explainedAccount,
  explainedStrategies,
  explainRun,
  storedConfig,
} from "popagent/experiments/explain/explain_run.ts";
import { afterPopulation, outcomeOfJobs } from "popagent/experiments/population_run.ts";
import { JOB_NAMES, type JobName, JOBS } from "popagent/experiments/jobs/registry.ts";
import type { JobResult } from "popagent/experiments/jobs/job_result.ts";
import { createDesk, marketOf } from "popagent/experiments/market.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { explainText } from "popagent/report/text/explain_text.ts";
import { populationConfig } from "../run_config.ts";
import { jobInput } from "./job_input.ts";

const MEMO = 256 * 2 ** 20;
const CONFIG = populationConfig({
  data: { source: "synthetic" },
  universe: { coins: ["BTC", "ETH"] },
  market: { rows: 1000, mode: "planted", ic: 0.1 },
  clock: { firstDecision: 419, reportFrom: 440 },
  iterations: 4,
  population: {
    size: 3,
    transferEvery: 1,
    committeeShare: 3 / 81,
    agents: {
      analyst: ["technical", "momentum", "volatility"],
      researcher: ["statistical", "bayesian", "adaptive"],
      trader: ["momentum", "contrarian", "adaptive"],
      risk: ["moderate", "strict", "dynamic"],
    },
  },
});

/** Fills of each strategy that are explained. */
const DRAWN: Readonly<Record<string, number>> = {
  champion: 10,
  committee: 10,
  singleAgent: 10,
  fixedSingle: 10,
};

const plan = planRun(CONFIG, marketOf(CONFIG).panel);
const input = jobInput(createDesk(plan.panel, plan.config, MEMO), plan.config, { plan });
const population = await JOBS.population.run(input);
const jobs = new Map<JobName, JobResult>([["population", population]]);
for (const name of JOB_NAMES) {
  if (name !== "population") {
    jobs.set(name, await JOBS[name].run({ ...input, ...afterPopulation(population) }));
  }
}
const outcome = outcomeOfJobs(plan, jobs);
const { result, series, events } = outcome;
const { panel } = marketOf(storedConfig(result));
const fills = outcome.tables.fills!;
const names = fills.strategy as readonly string[];

Deno.test("without a name the headline is explained; the champion where the headline has no agents of its own", () => {
  assert.equal(explainedAccount({ ...result, headline: "champion" }), "champion");
  assert.equal(explainedAccount({ ...result, headline: "committee" }), "committee");
  assert.equal(explainedAccount({ ...result, headline: "mirrored" }), "champion");
  assert.equal(explainedAccount({ ...result, command: "multi", headline: "pipeline" }), "pipeline");
});

for (const strategy of explainedStrategies(result)) {
  Deno.test(`explain of random fills of ${strategy} agrees with the stored columns`, () => {
    const { uniform } = rng("explain strategies", strategy);
    const own = names.flatMap((name, i) =>
      name === strategy && Number(fills.row![i]) >= result.reported.from ? [i] : []
    );
    assert.ok(own.length > 0, "a strategy of the test must have traded");
    for (let n = 0; n < (DRAWN[strategy] ?? 1); n++) {
      const i = own[Math.floor(uniform() * own.length)]!;
      const row = Number(fills.row![i]), coin = String(fills.coin![i]);
      const why = explainRun({ result, events, series }, panel, panel.openTime[row]!, coin, MEMO, strategy);
      assert.equal(why.strategy, strategy);
      const found = why.fills.find(({ kind, quantity }) =>
        kind === fills.kind![i] && quantity === fills.quantity![i]
      )!;
      assert.deepEqual(
        [found.price, found.fee, found.slippage, found.time],
        [fills.price![i], fills.fee![i], fills.slippage![i], fills.time![i]],
      );
      assert.equal(why.equity, series.equity[strategy]![row - result.reported.from]);
      assert.doesNotMatch(explainText(why), /NaN|undefined/);
      const committee = /committee/i.test(strategy);
      assert.equal(why.wishes.length > 0, committee);
      if (!committee) continue;
      const mean = why.wishes.reduce((sum, { wanted }) => sum + wanted, 0) / why.wishes.length;
      assert.ok(Math.abs(mean * why.decision.equity - why.decision.wanted) < 1e-6 * why.decision.equity);
      assert.match(explainText(why), /Teams\s+\d+ wish /);
    }
  });
}

Deno.test("explain says by name why a strategy without agents has no chain of decisions", () => {
  const explain = (strategy: string) =>
    explainRun({ result, events, series }, panel, result.reported.start, "BTC", MEMO, strategy);
  assert.throws(
    () => explain("buyAndHold"),
    /Cannot explain buyAndHold .*a fixed rule.*champion, committee/s,
  );
  assert.throws(() => explain("ensemble"), /mean of all declared pipelines.*wholeCommittee/s);
  assert.throws(() => explain("random"), /has no account/);
  assert.throws(() => explain("champoin"), /must be a strategy that this run traded.*champion/s);
});

Deno.test("a strategy learned again by another program is refused: its account comes out otherwise", () => {
  const equity = { ...series.equity, singleAgent: series.equity.singleAgent!.map((x) => x * (1 + 1e-12)) };
  assert.throws(
    () =>
      explainRun(
        { result, events, series: { ...series, equity } },
        panel,
        result.reported.end,
        "BTC",
        MEMO,
        "singleAgent",
      ),
    /the equity of singleAgent is .* and was .*check out the commit/s,
  );
});
