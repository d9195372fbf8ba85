/** What each pool's methods are asked in proofs: inputs made of a panel alone, row by row. */
import { promptShares } from "../../inventory/trader/prompts/listening.ts";
import { type Agent, agentOf, type Pipeline } from "../../agents/agent.ts";
import { variantNamed } from "../../agents/catalogue.ts";
import { analysisOf, type Desk, planOf, statedForecast } from "../../agents/desk.ts";
import { startGenome } from "../../agents/variant.ts";
import { createDesk } from "../market.ts";
import { returnsOf } from "../../features/market_view.ts";
import type { GeneValues } from "../../genome/gene.ts";
import type { Role } from "../../genome/role.ts";
import type { Method } from "../../inventory/method.ts";
import { methodNamed, type PoolName, type Pools } from "../../inventory/pools.ts";
import { widthOf } from "../../agents/researcher/shared_width.ts";
import { SHAPE_WIDTH, stretchOf } from "../../inventory/researcher/distribution/shape.ts";
import { cumulativeGrowth, standardisedLabels } from "../../inventory/researcher/labels.ts";
import type { ForecastTask } from "../../inventory/researcher/task.ts";
import type { Proposal } from "../../inventory/trader/proposal.ts";
import type { Panel } from "../../market/panel.ts";
import { probedConfig } from "./probed_config.ts";

/** A series of an output with its values per row. */
export interface RowSeries {
  readonly name: string;
  readonly values: Float64Array;
  readonly width: number;
}

type InputOf<Name extends PoolName> = Pools[Name][string] extends Method<infer Input, unknown> ? Input
  : never;
type OutputOf<Name extends PoolName> = ReturnType<Pools[Name][string]["run"]>;

/** How a pool is asked and read. */
export interface PoolProbe<Name extends PoolName = PoolName> {
  readonly input: (panel: Panel, key: string) => InputOf<Name>;
  readonly series: (output: OutputOf<Name>) => readonly RowSeries[];
  /** What every value must satisfy, warm-up included. */
  readonly bounds: (value: number) => boolean;
}

const config = probedConfig();

/** A desk over a panel that shares nothing with other panels. */
function deskOf(panel: Panel): Desk {
  return createDesk(panel, config, 2 ** 26);
}

function declared<Kind extends Role>(role: Kind, name: string): Agent<Kind> {
  return agentOf(role, startGenome(variantNamed(role, name)));
}

const PIPELINE: Pipeline = {
  analyst: declared("analyst", "technical"),
  researcher: declared("researcher", "bayesian"),
  trader: declared("trader", "momentum"),
  risk: declared("risk", "moderate"),
};

/** The common genes that methods of a role read, as declared. */
export const GENES: GeneValues = {
  ...promptShares({ generalist: 1 }),
  ...PIPELINE.trader!.genes,
  ...PIPELINE.risk!.genes,
};

const LOOKBACKS = [14, 21, 50] as const;

function taskOf(panel: Panel): ForecastTask {
  const desk = deskOf(panel);
  const analysis = analysisOf(desk, PIPELINE);
  const width = analysis.width;
  return {
    rows: panel.rows,
    firstRow: panel.firstRow,
    width,
    design: analysis.coins.map(({ features }) => features),
    returns: panel.coins.map((_, coin) => returnsOf(desk.market, coin)),
    sd: analysis.coins.map(({ sd }) => sd),
    horizons: [1, 3, 6],
    levels: [0.05, 0.5, 0.95],
    widths: [1, 3, 6].map((horizon) => widthOf(desk.market, horizon)),
    calibrationWindow: 60,
    shrinkage: 0.3,
    seedLabel: "contract",
  };
}

/** Methods that a forecasting method needs beside it, of the pools' first entries. */
function beside(task: ForecastTask) {
  const calibration = methodNamed("researcher.calibration", "rollingErrors");
  const uncertainty = methodNamed("researcher.uncertainty", "blockBootstrap");
  return {
    calibrate: (input: Parameters<typeof calibration.run>[0]) => calibration.run(input, {}),
    sample: uncertainty.run(task, uncertainty.start),
  };
}

const one = (name: string, values: Float64Array, width = 1): RowSeries => ({ name, values, width });

/** Proposals at fixed rows; those of rows that a panel does not have are not made yet. */
function proposalsFor(panel: Panel): Proposal[] {
  return [300, 340, 420, 500].filter((row) => row < panel.rows).map((row, i) => ({
    row,
    coin: panel.coins[i % 2]!.coin,
    direction: i % 2 === 0 ? "long" : "short",
    size: 0.2,
    leverage: 2,
    target: 0.05,
    stop: 0.02,
    confidence: 0.6,
    rationale: "scripted",
    validRows: 30,
  }));
}

/** Every pool; a pool without a probe is a type error. */
export const PROBES: { readonly [Name in PoolName]: PoolProbe<Name> } = {
  "analyst.features": {
    input: (panel) => ({ market: deskOf(panel).market, coin: 1, lookbacks: LOOKBACKS }),
    series: (values) => [one("reading", values)],
    bounds: (value) => Math.abs(value) <= 3,
  },
  "analyst.trends": {
    input: (panel) => {
      const { market } = deskOf(panel);
      const keys = ["rsi", "momentum"];
      const readings = panel.coins.map((_, coin) =>
        keys.map((key) =>
          methodNamed("analyst.features", key).run({ market, coin, lookbacks: LOOKBACKS }, {})
        )
      );
      return { market, readings, weights: [0.7, 0.3] };
    },
    series: (values) => [one("shares", values, 2)],
    bounds: (value) => value >= 0 && value <= 1,
  },
  "analyst.volatility": {
    input: (panel) => ({
      market: deskOf(panel).market,
      coin: 1,
      lookbacks: LOOKBACKS,
      weights: [.3, .3, .2, .2],
    }),
    series: (values) => [one("sd", values)],
    bounds: (value) => value > 0 && value < 1,
  },
  "analyst.regimes": {
    input: (panel) => ({ market: deskOf(panel).market, coin: 1, lookback: 50, threshold: 0.5 }),
    series: (values) => [one("probabilities", values, 3)],
    bounds: (value) => value >= 0 && value <= 1,
  },
  "researcher.forecasting": {
    input: (panel) => {
      const task = taskOf(panel);
      return { task, ...beside(task) };
    },
    series: ({ coins, levels }) =>
      coins.flatMap((coin) => [
        ...[...coin.mean, ...coin.sd, ...coin.pUp].map((values) => one("moment", values)),
        ...coin.quantiles.map((values) => one("quantiles", values, levels.length)),
      ]),
    bounds: Number.isFinite,
  },
  "researcher.uncertainty": {
    input: taskOf,
    series: ({ draws, sums }) => { // a sampler has no rows: what it gives for residuals up to row t stands for row t
      const residuals = [1, 2].map((k) => new Float64Array(400).map((_, t) => Math.sin(k * t * t)));
      const out = new Float64Array(draws), all = new Float64Array(400 * 3);
      for (let t = 60; t < 400; t++) {
        sums(residuals, t, 50, 3, out);
        all.set([out[0]!, out[draws >> 1]!, out[draws - 1]!], 3 * t);
      }
      return [one("draws", all, 3)];
    },
    bounds: Number.isFinite,
  },
  "researcher.calibration": {
    input: (panel) => {
      const task = taskOf(panel);
      const centre = task.returns.map((returns) => returns.map((value) => 10 * value));
      const label = standardisedLabels(task).clipped[1]!;
      return { task, horizon: 1, centre, spread: null, label, shape: task.widths[1]! };
    },
    series: ({ sd, halfWidths }) => { // a stretch of rows has one shape
      const rows = sd.length * 42, stretch = (t: number) => stretchOf(0, t);
      const all = new Float64Array(rows * SHAPE_WIDTH).map((_, at) =>
        halfWidths[stretch(Math.floor(at / SHAPE_WIDTH)) * SHAPE_WIDTH + at % SHAPE_WIDTH]!
      );
      return [
        one("sd", new Float64Array(rows).map((_, t) => sd[stretch(t)]!)),
        one("half-widths", all, SHAPE_WIDTH),
      ];
    },
    bounds: (value) => value > 0 && value < 100,
  },
  "researcher.probabilities": {
    input: (panel) => {
      const task = taskOf(panel), growth = task.returns.map(cumulativeGrowth);
      return {
        horizon: 1,
        firstRow: panel.firstRow,
        said: task.returns.map((returns) => returns.map((value) => 1 / (1 + Math.exp(-20 * value)))),
        rose: growth.map((level) =>
          level.map((value, t) => t + 1 < level.length ? level[t + 1]! > value ? 1 : 0 : NaN)
        ),
      };
    },
    series: (coins) => coins.map((values) => one("probability", values)),
    bounds: (value) => value >= 0 && value <= 1,
  },
  "trader.views": {
    input: (panel) => {
      const { coins, horizons, rows } = statedForecast(deskOf(panel), PIPELINE);
      return { forecast: coins[1]!, horizons, rows };
    },
    series: (values) => [one("expected", values)],
    bounds: Number.isFinite,
  },
  "trader.stances": {
    input: (panel) => ({ market: deskOf(panel).market, direction: 1 }),
    series: ({ follow, size }) => [one("follow", follow), one("size", size)],
    bounds: (value) => value >= -1 && value <= 1,
  },
  "trader.styles": {
    input: (panel) => {
      const desk = deskOf(panel);
      const forecast = statedForecast(desk, PIPELINE);
      const ones = new Float64Array(panel.rows).fill(1);
      return {
        forecast,
        coins: panel.coins.map(({ coin }) => coin),
        expected: panel.coins.map((_, coin) => returnsOf(desk.market, coin).map((value) => 0.5 * value)),
        stance: { follow: ones, size: ones },
        fullEdge: 0.1,
        returns: panel.coins.map((_, coin) => returnsOf(desk.market, coin)),
        sized: null,
        targetStretch: 1,
        takerFee: 0.00055,
        genes: GENES,
        firstRow: panel.firstRow,
        proposals: proposalsFor(panel),
        answers: { "prompt:generalist": proposalsFor(panel) },
      };
    },
    series: ({ values, coins }) => [one("plan", values, values.length && coins * 8)],
    bounds: (value) => !Number.isNaN(value),
  },
  "trader.sizing": {
    input: (panel) => {
      const desk = deskOf(panel), forecast = statedForecast(desk, PIPELINE);
      return { forecast, expected: forecast.coins.map(({ mean }) => mean[1]!), genes: GENES };
    },
    series: (shares) => shares.map((values) => one("share", values)),
    bounds: (value) => value >= 0 && value <= 1,
  },
  "risk.checks": {
    input: (panel) => {
      const desk = deskOf(panel);
      return { plan: planOf(desk, PIPELINE), market: desk.market, genes: GENES };
    },
    series: ({ share }) => [one("share", share)],
    bounds: (value) => value > 0 && value <= 1,
  },
};
