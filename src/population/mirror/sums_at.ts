/** Sums of a stretch's returns at a decision. Decisions follow one another: each goes on from the one before. */
import { addReturns, type ReturnSums } from "./return_sums.ts";
import type { MemberStretch } from "./stretch.ts";

/** The decision row of a stretch that was asked for last, and its sums. */
const last = new WeakMap<MemberStretch, { readonly row: number; readonly sums: ReturnSums }>();

/**
 * The sums over rows <= `row` of a stretch, to the same bits from wherever they go on.
 *
 * @param goesOn False to add up from the first row of the stretch.
 */
export function sumsAt(stretch: MemberStretch, row: number, goesOn: boolean): ReturnSums {
  const { from, returns } = stretch;
  const known = goesOn ? last.get(stretch) : undefined;
  const begun = known && known.row <= row ? known : { row: from, sums: stretch.sums };
  const sums = addReturns(
    begun.sums,
    row - begun.row,
    (team) => returns[team]!.subarray(begun.row - from),
  );
  last.set(stretch, { row, sums });
  return sums;
}
