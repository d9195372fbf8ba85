/** What the product is asked, layer by layer: each must be clear. */
import { createMemo } from "../../core/memo.ts";
import { CATALOGUE, type CatalogueEntry, columnBars } from "../../features/catalogue.ts";
import { standardisedSignals } from "../../features/signals/signals.ts";
import type { Panel } from "../../market/panel.ts";
import { marketRegimes } from "../../market/regimes.ts";
import { agentOutputs } from "./agent_outputs.ts";
import { dataOutputs, makerOutputs } from "./data_outputs.ts";
import { lagCurve, lagMarkets, lagText, losesSmoothly, oraclePlan, tradersCurve } from "./lag.ts";
import { findingOf, type LeakCheck, type LeakLayer } from "./leakcheck.ts";
import { methodOutputs } from "./method_outputs.ts";
import { boundaryRows, plantedPanel } from "./planted_market.ts";
import { type Computation, probe, report, type Violation } from "./probe.ts";
import { probedConfig } from "./probed_config.ts";
import { populationOutputs } from "./run_outputs.ts";
import { forgetfulColumns, memories, START_UPS } from "./start_up.ts";
import { HINDSIGHT, strategyConfig, strategyOutputs, strategyPanel } from "./strategy_outputs.ts";
import { cuts, futures, type Trial } from "./trials.ts";

/** Rows of the whole run that is probed, its agents a role, and where it is cut. */
const RUN_ROWS = 1500, CUTS = 6;
/** Sharpe ratio by which the oracle must change when it leads by one row. */
const LEAST_JUMP = 1.5;

/**
 * The checks of the product, the cheapest first.
 *
 * @param seed Of the market that it is probed on.
 */
export function productChecks(seed: number): LeakCheck[] {
  const panel = plantedPanel(640, seed);
  const trials = [
    ...cuts(panel, boundaryRows(panel, 40, 639, 20)),
    ...futures(panel, boundaryRows(panel, 300, 630, 2)),
  ];
  const fewer = [
    ...cuts(panel, boundaryRows(panel, 380, 639, 6)),
    ...futures(panel, boundaryRows(panel, 460, 600, 1), ["tenfold", "otherCoin", "missing"]),
  ];
  const whole = plantedPanel(RUN_ROWS, seed), config = probedConfig({ seed });
  const small = strategyPanel(seed), run = strategyConfig(seed);
  const memo = createMemo(64 * 2 ** 20);
  return [
    productCheck(
      "data",
      "what is made of bars: funding, settlements, daily bars",
      panel,
      trials,
      dataOutputs,
    ),
    productCheck(
      "data",
      "every synthetic world: bars, truth and news of a longer market begin with those of a shorter one",
      panel,
      cuts(panel, boundaryRows(panel, 40, 639, 5)),
      makerOutputs,
    ),
    productCheck(
      "features",
      "every column of the catalogue, signals and regimes",
      panel,
      trials,
      featureOutputs,
    ),
    productCheck("methods", "every method of every pool", panel, fewer, methodOutputs),
    productCheck(
      "agents",
      "every agent: readings, forecasts, plans, limits, accounts",
      panel,
      trials,
      (world) => agentOutputs(world, memo),
    ),
    productCheck(
      "learner state",
      "every job: accounts, decisions and everything that learners carry on",
      small,
      [...cuts(small, [485, 540, 577]), ...futures(small, [503], ["otherCoin"])],
      (world) => strategyOutputs(world, run),
      ({ output }) => !HINDSIGHT.includes(output.split(" ")[0]!),
    ),
    productCheck(
      "whole run",
      `a whole run of ${config.population.size} agents a role over ${RUN_ROWS} rows`,
      whole,
      cuts(whole, boundaryRows(whole, 760, RUN_ROWS - 1, CUTS)),
      (world, t) => populationOutputs(world, t, config, Math.floor((RUN_ROWS - 720) / config.clock.stepRows)),
    ),
    lagCheck(seed),
    startUpCheck(seed),
  ];
}

/** @param counts Which violations count; left out, all. */
function productCheck(
  layer: LeakLayer,
  name: string,
  panel: Panel,
  trials: readonly Trial[],
  compute: Computation,
  counts: (violation: Violation) => boolean = () => true,
): LeakCheck {
  return {
    name,
    layer,
    planted: false,
    run: async () => {
      const all = await probe(panel, trials, compute);
      const verdict = { ...all, violations: all.violations.filter(counts) };
      const clear = verdict.violations.length === 0 && verdict.compared > 0;
      return { ...findingOf(verdict), holds: clear, told: clear ? "" : report(verdict) };
    },
  };
}

/** Every column of every coin, the cross-asset signals, and the regimes. */
const featureOutputs: Computation = (panel) => {
  const { trend, volatility } = marketRegimes(panel);
  return {
    series: [
      ...panel.coins.flatMap(({ coin }, i) => {
        const bars = columnBars(panel, i);
        const columns = Object.entries(CATALOGUE as Readonly<Record<string, CatalogueEntry>>)
          .filter(([, { ofNews }]) => !ofNews || bars.news !== undefined);
        return columns.map(([name, { compute, defaults }]) => ({
          name: `${coin} ${name}`,
          values: compute(bars, defaults),
        }));
      }),
      ...Object.entries(standardisedSignals(panel)).map(([name, values]) => ({ name, values })),
      { name: "trend", values: trend },
      { name: "volatility", values: volatility },
    ],
  };
};

/** T4: the oracle jumps when it leads by a row; it and the declared traders lose smoothly when they are late. */
function lagCheck(seed: number): LeakCheck {
  return {
    name: "orders that come a row early or late: the planted oracle and the declared traders",
    layer: "lag",
    planted: false,
    run: () => {
      const markets = lagMarkets(seed);
      const oracle = lagCurve(markets, oraclePlan), traders = tradersCurve(markets);
      const jumps = Math.abs(oracle[-1] - oracle[0]) > LEAST_JUMP;
      const holds = jumps && losesSmoothly(oracle) && losesSmoothly(traders);
      const curves = { oracle, traders };
      return Promise.resolve({
        holds,
        worlds: 4 * markets.length,
        compared: 4 * markets.length * 6,
        flagged: Object.entries(curves).flatMap(([name, curve]) => losesSmoothly(curve) ? [] : [name]),
        told: [lagText("oracle", oracle), lagText("traders", traders)].join("; "),
      });
    },
  };
}

/** T5: no column and no reading remembers where its series began. */
function startUpCheck(seed: number): LeakCheck {
  return {
    name: `every column and reading computed from its last rows alone (${START_UPS.join(", ")})`,
    layer: "start-up",
    planted: false,
    run: () => {
      const panel = plantedPanel(START_UPS.at(-1)! + 200, seed);
      const at = boundaryRows(panel, START_UPS.at(-1)!, panel.rows - 1, 3);
      const found = memories(panel, at, forgetfulColumns);
      const remembering = found.filter(({ rows }) => rows === null).map(({ name }) => name);
      const slow = found.filter(({ rows }) => rows !== null && rows > 499).map(({ name }) => name);
      return Promise.resolve({
        holds: remembering.length === 0,
        worlds: at.length * START_UPS.length,
        compared: at.length * START_UPS.length * found.length,
        flagged: remembering,
        told: remembering.length > 0
          ? `not the same after ${START_UPS.at(-1)} rows: ${remembering.join(", ")}`
          : `the same to 1e-6 after 499 rows, after ${START_UPS.at(-1)} at most: ${slow.join(", ")}`,
      });
    },
  };
}
