import { type ClockConfig, decisionRow, type PopulationConfig } from "../config.ts";
import type { StretchRows } from "./stretch.ts";

/** Windows of a stretch at most: with the default ten between two lessons the first stretch has eleven. */
const MOST_WINDOWS = 11;

/**
 * First and last iteration of the stretch that holds iteration k. Genomes of iteration k live from the one after the
 * lesson before it to the next lesson; long lives are cut into stretches of at most eleven windows.
 */
function windowsOf(k: number, every: number): { readonly first: number; readonly last: number } {
  const lesson = Math.max(1, Math.ceil(k / every)) * every;
  const born = lesson === every ? 0 : lesson - every + 1;
  const first = born + Math.floor((k - born) / MOST_WINDOWS) * MOST_WINDOWS;
  return { first, last: Math.min(lesson, first + MOST_WINDOWS - 1) };
}

/** Rows of the stretch of iteration k. */
/** Rows of the stretch of iteration k. */
export function stretchAt(
  k: number,
  { transferEvery }: Pick<PopulationConfig, "transferEvery">,
  clock: ClockConfig,
): StretchRows {
  const { first, last } = windowsOf(k, transferEvery);
  return { from: decisionRow(first, clock), to: decisionRow(last + 1, clock) };
}
