/** The rules-based desk as a control: what it makes of the features that models are shown. */
import { planOf } from "../../agents/desk.ts";
import type { Pipeline } from "../../agents/agent.ts";
import { normalInverse } from "../../stats/normal.ts";
import { PLAN, planIndex } from "../../simulation/plan.ts";
import { QUANTILE_LEVELS } from "../language/answer.ts";
import type { Research } from "../language/observe.ts";
import type { Decision } from "./benchmark.ts";

/**
 * The decision of a pipeline's trader at a row, in the form of an answer. Its probability is the forecast's at the
 * horizon nearest to the one asked about; its quantiles are those of a normal return with the forecast's mean and sd,
 * the mean taken in proportion to the horizon and the sd to its square root.
 */
export function ruleDecision(
  { desk, forecast }: Research,
  pipeline: Pipeline,
  row: number,
  coin: number,
  horizon: number,
): Decision {
  const { values, coins } = planOf(desk, pipeline);
  const at = planIndex(coins, row, coin), conviction = values[at + PLAN.conviction]!;
  const h = nearest(forecast.horizons, horizon), bars = forecast.horizons[h]!;
  const { mean, sd, pUp } = forecast.coins[coin]!;
  const centre = mean[h]![row]! * horizon / bars, spread = sd[h]![row]! * Math.sqrt(horizon / bars);
  const quantile = (level: number) => Math.min(10, Math.max(-1, centre + spread * normalInverse(level)));
  const p = pUp[h]![row]!;
  return {
    action: conviction > 0 ? "long" : conviction < 0 ? "short" : "flat",
    size: within(values[at + PLAN.baseSize]! * Math.abs(conviction), 0, 1),
    leverage: within(values[at + PLAN.leverage]!, 1, 10),
    stop: within(values[at + PLAN.stop]!, 0, 0.5),
    target: within(values[at + PLAN.target]!, 0, 1),
    confidence: Math.max(p, 1 - p),
    pUp: p,
    quantiles: {
      p05: quantile(QUANTILE_LEVELS.p05),
      p25: quantile(QUANTILE_LEVELS.p25),
      p50: quantile(QUANTILE_LEVELS.p50),
      p75: quantile(QUANTILE_LEVELS.p75),
      p95: quantile(QUANTILE_LEVELS.p95),
    },
  };
}

function nearest(horizons: readonly number[], asked: number): number {
  return horizons.reduce(
    (best, bars, h) =>
      Math.abs(Math.log(bars / asked)) < Math.abs(Math.log(horizons[best]! / asked)) ? h : best,
    0,
  );
}

/** A number within bounds; 0 where a plan states none (no stop, no target). */
function within(value: number, least: number, most: number): number {
  return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : least;
}
