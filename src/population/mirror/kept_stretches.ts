/**
 * The last stretches that were walked on a desk. A stretch is large and read by its own windows alone, so it stays out
 * of the desk's memo: there the stretches of a whole run would pile up. Two are kept, for two learners may take turns.
 */
import type { KnownRows, Memo } from "../../core/memo.ts";
import type { MemberStretch } from "./stretch.ts";

/** A stretch and what it was made of. */
export interface KeptStretch {
  /** Rows that it was walked on. */
  readonly panel: KnownRows;
  /** Everything else that it depends on, but its rows. */
  readonly what: string;
  readonly to: number;
  readonly stretch: MemberStretch;
}

const MOST = 2;
const kept = new WeakMap<Memo, KeptStretch[]>();

/** The stretch of exactly these rows; else one of the same teams that it can be gone on from; else null. */
export function keptStretch(
  memo: Memo,
  { panel, what, to, from }: Omit<KeptStretch, "stretch"> & { readonly from: number },
): { readonly stretch: MemberStretch; readonly whole: boolean } | null {
  const same = (kept.get(memo) ?? []).filter((one) => one.what === what && isPart(one.panel, panel));
  const own = same.find((one) => one.stretch.from === from && one.to === to);
  if (own) return { stretch: own.stretch, whole: own.panel.hash === panel.hash };
  const before = same.find(({ stretch }) => stretch.from + stretch.returns[0]!.length === from);
  return before ? { stretch: before.stretch, whole: false } : null;
}

/** Keeps a stretch in the place of the one it went on from, or of the oldest. */
export function keepStretch(memo: Memo, one: KeptStretch): void {
  const others = (kept.get(memo) ?? []).filter(({ what }) => what !== one.what);
  kept.set(memo, [one, ...others].slice(0, MOST));
}

/** True if some rows are others, or those before the newest of them came. */
function isPart(part: KnownRows, whole: KnownRows): boolean {
  for (let rows: KnownRows | null = whole; rows !== null; rows = rows.grownFrom) {
    if (rows.hash === part.hash) return true;
  }
  return false;
}
