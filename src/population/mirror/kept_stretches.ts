/**
 * The stretch that was walked last on a desk. It is large and read by its own windows alone, so it stays out of the
 * desk's memo: there the stretches of a whole run would pile up. Learners follow one another, so one is enough.
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

const kept = new WeakMap<Memo, KeptStretch>();

/** What is asked for. */
export type AskedStretch = Omit<KeptStretch, "stretch"> & { readonly from: number };

/** The stretch of exactly these rows; null if it is not kept. */
export function keptStretch(memo: Memo, { panel, what, from, to }: AskedStretch): MemberStretch | null {
  const one = kept.get(memo);
  const same = one?.what === what && one.panel.hash === panel.hash && one.stretch.from === from &&
    one.to === to;
  return same ? one.stretch : null;
}

/**
 * The kept stretch, if it is one of the same teams that the one asked for can be gone on from: fewer of its rows, or those
 * before it. It is kept no more either way: two at a time would take twice the memory.
 */
export function takeStretch(memo: Memo, { panel, what, from, to }: AskedStretch): MemberStretch | null {
  const one = kept.get(memo);
  kept.delete(memo);
  if (one === undefined || one.what !== what || !isPart(one.panel, panel)) return null;
  const { stretch } = one;
  const begun = stretch.from === from && one.to === to;
  return begun || stretch.from + stretch.returns[0]!.length === from ? stretch : null;
}

/** Keeps a stretch. */
export function keepStretch(memo: Memo, one: KeptStretch): void {
  kept.set(memo, one);
}

/** Keeps none: whoever read the last one has ended. */
export function dropStretch(memo: Memo): void {
  kept.delete(memo);
}

/** True if some rows are others, or those before the newest of them came. */
function isPart(part: KnownRows, whole: KnownRows): boolean {
  for (let rows: KnownRows | null = whole; rows !== null; rows = rows.grownFrom) {
    if (rows.hash === part.hash) return true;
  }
  return false;
}
