/**
 * Reference states: the decisions at the last STATES rows on all coins, where agents of a role are compared
 * by what they put out, each fed by the champion's upstream agents.
 */
import {
  agentKey,
  type Analyst,
  type Pipeline,
  pipelineKey,
  type Researcher,
  type RiskAgent,
  type Trader,
} from "../agents/agent.ts";
import { analyse } from "../agents/analyst/analyse.ts";
import type { Analysis, Forecast, Role } from "../agents/contracts.ts";
import { analysisOf, type Desk, forecastOf, limitsOf, planOf } from "../agents/desk.ts";
import { sliceView, viewMarket } from "../agents/market_view.ts";
import { research } from "../agents/researcher/research.ts";
import { limit } from "../agents/risk/limit.ts";
import { trade } from "../agents/trader/trade.ts";
import { createMemo } from "../core/memo.ts";
import { type Limits, LIMITS_WIDTH } from "../simulation/limits.ts";
import { PLAN, type Plan, PLAN_WIDTH, planIndex } from "../simulation/plan.ts";

/** Rows of reference states, and rows that trial genomes are run over so that they have settled by then. */
export const STATE_ROWS = 180;
export const TRIAL_ROWS = 420;

/** Outputs of one agent on the reference states: row-major [states][channels], common to all variants of its role. */
export interface Outputs {
  readonly states: number;
  readonly channels: number;
  readonly values: Float64Array;
}

type AgentOf = { analyst: Analyst; researcher: Researcher; trader: Trader; risk: RiskAgent };

/** Outputs at rows t-179..t of an agent of `role` placed in the champion's pipeline, from its full series. */
export function referenceOutputs(
  desk: Desk,
  champion: Pipeline,
  role: Role,
  agent: AgentOf[Role],
  t: number,
): Outputs {
  const pipeline = { ...champion, [role]: agent };
  const from = t - STATE_ROWS + 1;
  const tradable = desk.tradable.map(Number).join("");
  return desk.market.memo.get(
    `${desk.market.panel.hash}|reference|${role}|${t}|${tradable}|${desk.arena.hash}|${
      pipelineKey(pipeline)
    }`,
    () => {
      if (role === "analyst") return analysisOutputs(analysisOf(desk, pipeline.analyst), from);
      if (role === "researcher") {
        return forecastOutputs(forecastOf(desk, pipeline.analyst, pipeline.researcher), from);
      }
      if (role === "trader") return planOutputs(planOf(desk, pipeline), from);
      return limitsOutputs(limitsOf(desk, pipeline), from);
    },
    (outputs) => outputs.values.byteLength,
  );
}

/** A function from trial agents of `role` to their outputs on the reference states at t, run from row t-419. */
export function trialRunner(
  desk: Desk,
  champion: Pipeline,
  role: Role,
  t: number,
): (agent: AgentOf[Role]) => Outputs {
  const from = Math.max(0, t + 1 - TRIAL_ROWS);
  const market = sliceView(viewMarket(desk.market.panel, createMemo(64 * 2 ** 20)), from, t + 1);
  const first = market.panel.rows - STATE_ROWS;
  if (role === "analyst") {
    return (agent) => {
      const { variant, genes } = agent as Analyst;
      return analysisOutputs(analyse(market, variant, genes), first);
    };
  }
  if (role === "researcher") {
    const analysis = sliceAnalysis(analysisOf(desk, champion.analyst), from, t + 1);
    return (agent) => {
      const { variant, genes, key } = agent as Researcher;
      const inputs = `${agentKey(champion.analyst)}/${key}`;
      return forecastOutputs(research(market, analysis, variant, genes, inputs), first);
    };
  }
  if (role === "trader") {
    const forecast = sliceForecast(forecastOf(desk, champion.analyst, champion.researcher), from, t + 1);
    return (agent) => {
      const { variant, genes } = agent as Trader;
      return planOutputs(trade({ forecast, market }, variant, genes, desk.arena), first);
    };
  }
  const plan = slicePlan(planOf(desk, champion), from, t + 1);
  return (agent) => {
    const { variant, genes } = agent as RiskAgent;
    return limitsOutputs(limit(plan, market, variant, genes), first);
  };
}

/** Per state: trend, ln sd, and the three regime probabilities. */
function analysisOutputs(analysis: Analysis, from: number): Outputs {
  return collect(analysis.coins.length, STATE_ROWS, 5, (row, coin, put) => {
    const t = from + row;
    const { trend, sd, regimes } = analysis.coins[coin]!;
    put(0, trend[t]!);
    put(1, Math.log(sd[t]!));
    for (let i = 0; i < 3; i++) put(2 + i, regimes[3 * t + i]!);
  });
}

/** Per state and horizon: mean, sd and probability of a rise. */
function forecastOutputs(forecast: Forecast, from: number): Outputs {
  return collect(forecast.coins.length, STATE_ROWS, 9, (row, coin, put) => {
    const t = from + row;
    const { mean, sd, pUp } = forecast.coins[coin]!;
    for (let h = 0; h < 3; h++) {
      put(3 * h, mean[h]![t]!);
      put(3 * h + 1, sd[h]![t]!);
      put(3 * h + 2, pUp[h]![t]!);
    }
  });
}

/** Plan columns that every trader fills, in this order. */
const PLAN_CHANNELS = [
  PLAN.conviction,
  PLAN.leverage,
  PLAN.baseSize,
  PLAN.riskPerTrade,
  PLAN.stop,
  PLAN.target,
];

/** Per state: conviction, leverage, base size, risk per trade, stop and target. */
function planOutputs(plan: Plan, from: number): Outputs {
  return collect(plan.coins, STATE_ROWS, PLAN_CHANNELS.length, (row, coin, put) => {
    const at = planIndex(plan.coins, from + row, coin);
    PLAN_CHANNELS.forEach((offset, i) => put(i, plan.values[at + offset]!));
  });
}

/** Per row: the five limits. */
function limitsOutputs(limits: Limits, from: number): Outputs {
  return collect(1, STATE_ROWS, LIMITS_WIDTH, (row, _, put) => {
    for (let i = 0; i < LIMITS_WIDTH; i++) put(i, limits.values[(from + row) * LIMITS_WIDTH + i]!);
  });
}

function collect(
  coins: number,
  rows: number,
  channels: number,
  read: (row: number, coin: number, put: (channel: number, value: number) => void) => void,
): Outputs {
  const values = new Float64Array(rows * coins * channels);
  for (let row = 0; row < rows; row++) {
    for (let coin = 0; coin < coins; coin++) {
      const at = (row * coins + coin) * channels;
      read(row, coin, (channel, value) => values[at + channel] = value);
    }
  }
  return { states: rows * coins, channels, values };
}

function sliceAnalysis(analysis: Analysis, from: number, to: number): Analysis {
  return {
    rows: to - from,
    width: analysis.width,
    coins: analysis.coins.map(({ trend, sd, regimes, features }) => ({
      trend: trend.subarray(from, to),
      sd: sd.subarray(from, to),
      regimes: regimes.subarray(3 * from, 3 * to),
      features: features.subarray(from * analysis.width, to * analysis.width),
    })),
  };
}

function sliceForecast(forecast: Forecast, from: number, to: number): Forecast {
  const cut = (series: readonly Float64Array[], width = 1) =>
    series.map((values) => values.subarray(from * width, to * width));
  return {
    ...forecast,
    rows: to - from,
    coins: forecast.coins.map(({ mean, sd, pUp, quantiles }) => ({
      mean: cut(mean),
      sd: cut(sd),
      pUp: cut(pUp),
      quantiles: cut(quantiles, forecast.levels.length),
    })),
  };
}

function slicePlan(plan: Plan, from: number, to: number): Plan {
  const width = plan.coins * PLAN_WIDTH;
  return { rows: to - from, coins: plan.coins, values: plan.values.subarray(from * width, to * width) };
}

/** sd of each channel over the states of all agents; channels that never move get Infinity, so they never count. */
export function channelScales(outputs: readonly Outputs[]): Float64Array {
  const { channels } = outputs[0]!;
  const scales = new Float64Array(channels);
  for (let c = 0; c < channels; c++) {
    let count = 0, mean = 0, square = 0;
    for (const { states, values } of outputs) {
      for (let s = 0; s < states; s++) {
        const value = values[s * channels + c]!;
        if (!Number.isFinite(value)) continue;
        count++;
        const delta = value - mean;
        mean += delta / count;
        square += delta * (value - mean);
      }
    }
    const sd = count > 1 ? Math.sqrt(square / (count - 1)) : 0;
    scales[c] = sd > 1e-12 ? sd : Infinity;
  }
  return scales;
}

/** Root mean squared difference of two agents' outputs, each channel over its scale. */
export function outputDistance(a: Outputs, b: Outputs, scales: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.values.length; i++) {
    const difference = (a.values[i]! - b.values[i]!) / scales[i % a.channels]!;
    sum += difference * difference;
  }
  return Math.sqrt(sum / a.values.length);
}
