import { committeeTeamsOf, type PopulationConfig } from "./config.ts";
import { drawnPipelines } from "./design.ts";

/** Values a row and coin: an analysis with its features and the design, a forecast as traders read it, a packed plan. */
const ANALYSIS = 30, FORECAST = 9, PLAN = 3;
/** Values a row: what an account earned, and what its risk agent was granted. */
const ACCOUNT = 2;
/** Teams that are traded beside those drawn: the champion and the random ones. */
const BESIDE = 21;
const BYTES = 8;

/**
 * The most bytes of series that are still read at any time while agents live as they are: from one lesson to the next.
 * With so much memory next to nothing is computed twice. Teams are walked pair by pair: a forecast is read by the plans
 * behind it and left, so that of forecasts and plans the larger part is enough.
 */
export function workingSet(rows: number, coins: number, config: PopulationConfig): number {
  const { size, draw, transferEvery } = config;
  const drawn = drawnPipelines(draw, size) * transferEvery;
  const traded = drawn + (committeeTeamsOf(config) + BESIDE) * transferEvery;
  const forecasts = size ** 2 * FORECAST, plans = Math.min(size ** 3, traded) * PLAN;
  const perCoin = size * ANALYSIS + Math.max(forecasts, plans);
  return BYTES * rows * (coins * perCoin + Math.min(size ** 4, traded) * ACCOUNT);
}
