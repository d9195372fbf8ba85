/** What a model may have read of the time of a decision. */
import { BAR_MS } from "../../core/universe.ts";
import { monthsBefore } from "../../market/seal.ts";
import type { Benchmark, DecisionPoint } from "./benchmark.ts";

/** Months around a stated cutoff in which nobody knows. */
const GREY_MONTHS = 6;

/**
 * `synthetic`: a made market, which nobody can have read of. Of real ones `pre`, `grey` and `post`: before the model's
 * cutoff less six months, within six months of it, and after; `unstated` where its makers name no cutoff.
 */
export const STRATA = ["synthetic", "pre", "grey", "post", "unstated"] as const;
/**
 * One of them: synthetic, pre, grey, post, unstated.
 *
 * @internal
 */
export type Stratum = (typeof STRATA)[number];

/**
 * The stratum of a decision.
 *
 * @param cutoff Month up to which the model may have read, such as "2024-06", its last day included; null if unstated.
 */
export function stratumOf(
  { synthetic, horizon }: Pick<Benchmark, "synthetic" | "horizon">,
  { closedAt }: DecisionPoint,
  cutoff: string | null,
): Stratum {
  if (synthetic) return "synthetic";
  if (cutoff === null) return "unstated";
  const [year, month] = cutoff.split("-").map(Number) as [number, number];
  const end = Date.UTC(year, month), outcomeAt = closedAt + horizon * BAR_MS;
  if (outcomeAt < monthsBefore(end, GREY_MONTHS)) return "pre";
  return closedAt < monthsBefore(end, -GREY_MONTHS) ? "grey" : "post";
}
