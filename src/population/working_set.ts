import { committeeTeamsOf, type PopulationConfig } from "./config.ts";
import { drawnPipelines } from "./design.ts";

/** Values a row and coin: an analysis with its features and the design, a forecast as traders read it, a packed plan. */
const ANALYSIS = 30, FORECAST = 9, PLAN = 3;
/** Values a row: what an account earned, and what its risk agent was granted. */
const ACCOUNT = 2;
/** Columns of a coin that analysts read, each with the lookbacks of its own. */
const COLUMNS = 12;
/** Teams that are traded beside those drawn: the champion and the random ones. */
const BESIDE = 21;
const BYTES = 8;

/**
 * Bytes of all series that are read more than once while agents live as they are: from one lesson to the next. With so
 * much memory nothing is computed twice.
 */
export function workingSet(rows: number, coins: number, config: PopulationConfig): number {
  const { size, draw, transferEvery } = config;
  const drawn = drawnPipelines(draw, size) * transferEvery;
  const traded = drawn + (committeeTeamsOf(config) + BESIDE) * transferEvery;
  const perCoin = size * (ANALYSIS + COLUMNS) + size ** 2 * FORECAST + Math.min(size ** 3, traded) * PLAN;
  return BYTES * rows * (coins * perCoin + Math.min(size ** 4, traded) * ACCOUNT);
}
