/** One coin, no signals, missing columns: a run trades, says what is off, and reads nothing that is not there. */
import assert from "node:assert/strict";
import { analysisOf, type Desk } from "popagent/agents/desk.ts";
import { VARIANTS } from "popagent/agents/catalogue.ts";
import { agentOf } from "popagent/agents/agent.ts";
import { startGenome } from "popagent/agents/variant.ts";
import { absencesOf } from "popagent/experiments/absences.ts";
import { iterationsOf } from "popagent/experiments/jobs/job.ts";
import { JOB_NAMES, JOBS } from "popagent/experiments/jobs/registry.ts";
import { createDesk, marketOf } from "popagent/experiments/market.ts";
import { configuredPipeline, pipelineStrategies } from "popagent/experiments/pipeline_strategies.ts";
import { runPipeline } from "popagent/experiments/pipeline_run.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { trialConfigHash } from "popagent/experiments/trials.ts";
import { CATALOGUE, type CatalogueEntry, type CatalogueName } from "popagent/features/catalogue.ts";
import { columnOf, signalOf } from "popagent/features/market_view.ts";
import { SIGNAL_NAMES, signalsIn } from "popagent/features/signals/signals.ts";
import { completeBars } from "popagent/market/complete_bars.ts";
import { type ColumnName, createPanel, type Panel } from "popagent/market/panel.ts";
import { marketRegimes } from "popagent/market/regimes.ts";
import { pipelineConfig, populationConfig } from "../run_config.ts";
import { jobInput } from "./job_input.ts";

const SMALL = {
  market: { rows: 1000, mode: "planted", ic: 0.1 },
  population: { size: 3, committeeShare: 9 / 81 },
  iterations: 2,
};
const DERIVATIVES = ["openInterest", "longRatio", "fundingRate"] as const;
const MARK = ["markOpen", "markHigh", "markLow", "markClose"] as const;
const INDEX = ["indexOpen", "indexHigh", "indexLow", "indexClose"] as const;

/** The panel as a source without these columns would give it. */
function without(panel: Panel, missing: readonly ColumnName[]): Panel {
  const coins = panel.coins.map(({ coin, ...columns }) => {
    const given = Object.fromEntries(
      Object.entries(columns).filter(([name]) => !(missing as readonly string[]).includes(name)),
    );
    return completeBars(coin, given);
  });
  return createPanel(coins, panel.openTime, panel.source, panel.instruments, missing);
}

/** Feature columns of the first coin that each declared analyst puts out. */
function featuresOf(desk: Desk): number[][] {
  return VARIANTS.analyst.map((variant) => {
    const analyst = agentOf("analyst", startGenome(variant));
    const { coins } = analysisOf(desk, { analyst, researcher: null, trader: null, risk: null });
    return [...coins[0]!.features];
  });
}

Deno.test("one coin is enough: a population learns on it, beside every reference, and nothing is NaN", async () => {
  for (const coin of ["SOL", "BTC"]) {
    const config = populationConfig({ ...SMALL, universe: { coins: [coin] } });
    const { panel } = planRun(config, marketOf(config).panel);
    assert.deepEqual(signalsIn(panel), []);
    const input = jobInput(createDesk(panel, config, 2 ** 28), config);
    const iterations = iterationsOf(await JOBS.population.run(input));
    const jobs = await Promise.all(JOB_NAMES.map((name) => JOBS[name].run({ ...input, iterations })));
    const strategies = jobs.flatMap((job) => job.strategies);
    assert.ok(strategies.length >= 18);
    for (const { name, metrics } of strategies) assert.ok(Number.isFinite(metrics.sharpe), name);
    assert.ok(strategies.some(({ metrics }) => metrics.orders > 0));
    assert.deepEqual(marketRegimes(panel).trend.length, panel.rows, "its regime is the market's");
  }
});

Deno.test("signals: off is part of a configuration's hash, and agents read 0 in their place", () => {
  const on = pipelineConfig({ market: { rows: 1000 } }),
    off = pipelineConfig({ market: { rows: 1000 }, signals: false });
  assert.equal(on.signals, true);
  assert.notEqual(trialConfigHash(on), trialConfigHash(off));
  const { panel } = marketOf(on);
  const [seen, blind] = [on, off].map((config) => createDesk(panel, config, 2 ** 26));
  for (const name of SIGNAL_NAMES) {
    assert.ok(signalOf(seen!.market, name).some((value) => value !== 0), name);
    assert.ok(signalOf(blind!.market, name).every((value) => value === 0), name);
  }
  assert.notDeepEqual(featuresOf(seen!), featuresOf(blind!));
});

Deno.test("a run says once, beside its result, what is absent; nothing where all is there", () => {
  const said = (settings: object) => {
    const config = pipelineConfig({ market: { rows: 1000 }, iterations: 2, ...settings });
    return runPipeline("run", planRun(config, marketOf(config).panel), 2 ** 26).result.warnings.slice(1);
  };
  assert.deepEqual(said({}), []);
  assert.deepEqual(said({ universe: { coins: ["ETH"] } }), [
    "The 8 cross-asset signals are absent as there is one coin; whoever looks at them reads 0 (analysts technical, " +
    "statistical, momentum, volatility, hybrid, and the context of traders and risk).",
  ]);
  assert.match(said({ signals: false })[0]!, /^The 8 cross-asset signals are absent as signals is off;/);
  const { panel } = marketOf(pipelineConfig({ market: { rows: 1000 } }));
  assert.deepEqual(absencesOf(without(panel, ["openInterest", ...INDEX]), true), [
    "No open interest in these bars: what reads it is neutral.",
    "No index price in these bars: the mark price stands in, and what reads a premium is neutral.",
    "Off for want of a column, and read as 0: openInterestChange, premiumZ (analysts momentum, volatility).",
    "Absent cross-asset signals: cross_oi_delta, aggregate_funding as what they read is missing; whoever looks at them " +
    "reads 0 (analysts momentum, volatility, and the context of traders and risk).",
  ]);
});

for (
  const [what, missing] of [
    ["open interest", ["openInterest"]],
    ["a long ratio", ["longRatio"]],
    ["funding", ["fundingRate"]],
    ["an index", INDEX],
    ["a mark", MARK],
    ["turnover", ["turnover"]],
    ["volume", ["volume"]],
    ["everything but prices and volume", ["turnover", ...DERIVATIVES, ...MARK, ...INDEX]],
  ] as const
) {
  Deno.test(`a market without ${what} trades, and what reads it is neutral`, () => {
    const config = pipelineConfig({ market: { rows: 1000 }, iterations: 2 });
    const { panel } = marketOf(config);
    const poor = planRun(config, without(panel, missing)).panel;
    assert.deepEqual(poor.missing, missing, "a cut panel still knows");
    assert.notEqual(poor.hash, planRun(config, panel).panel.hash);
    const desk = createDesk(poor, config, 2 ** 26);
    for (const features of featuresOf(desk)) assert.ok(features.every(Number.isFinite));
    for (
      const [name, { needs = [], defaults }] of Object.entries(CATALOGUE) as [CatalogueName, CatalogueEntry][]
    ) {
      const off = needs.some((column) => poor.missing.includes(column)) || name.startsWith("news"); // it has none
      assert.equal(columnOf(desk.market, 0, name, defaults).every(Number.isNaN), off, name);
    }
    const window = { from: 720, to: poor.rows - 1 };
    for (const variant of VARIANTS.analyst) {
      const pipeline = configuredPipeline({
        ...config,
        pipeline: { ...config.pipeline, analyst: variant.name },
      });
      const { strategies } = pipelineStrategies(desk, pipeline, window);
      for (const { name, metrics } of strategies) assert.ok(Number.isFinite(metrics.sharpe), name);
      if ((missing as readonly string[]).includes("fundingRate")) {
        assert.ok(strategies.every(({ metrics }) => metrics.funding === 0), "no funding is paid");
      }
    }
    assert.ok(absencesOf(poor, true).length > 0);
  });
}

Deno.test("bars whose columns are stand-ins are other bars than those that hold the same values", () => {
  const { panel } = marketOf(pipelineConfig({ market: { rows: 1000 } }));
  const poor = without(panel, ["fundingRate"]);
  const zero = createPanel(poor.coins, poor.openTime, poor.source, poor.instruments);
  assert.notEqual(poor.hash, zero.hash);
});
