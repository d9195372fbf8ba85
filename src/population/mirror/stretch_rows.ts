import { type ClockConfig, decisionRow, type PopulationConfig } from "../config.ts";
import type { StretchRows } from "./stretch.ts";

/** Windows of a population's stretch at most: with the default ten between two lessons the first stretch has eleven. */
export const MOST_WINDOWS = 11;

/**
 * First and last iteration of the stretch that holds iteration k. Genomes of iteration k live from the one after the
 * lesson before it to the next lesson; long lives are cut into stretches of at most `most` windows.
 */
function windowsOf(
  k: number,
  every: number,
  most: number,
): { readonly first: number; readonly last: number } {
  const lesson = Math.max(1, Math.ceil(k / every)) * every;
  const born = lesson === every ? 0 : lesson - every + 1;
  const first = born + Math.floor((k - born) / most) * most;
  return { first, last: Math.min(lesson, first + most - 1) };
}

/**
 * Rows of the stretch of iteration k. How long lives are cut moves no bit.
 *
 * @param most Windows of a stretch at most.
 */
export function stretchAt(
  k: number,
  { transferEvery }: Pick<PopulationConfig, "transferEvery">,
  clock: ClockConfig,
  most = MOST_WINDOWS,
): StretchRows {
  const { first, last } = windowsOf(k, transferEvery, most);
  return { from: decisionRow(first, clock), to: decisionRow(last + 1, clock) };
}
