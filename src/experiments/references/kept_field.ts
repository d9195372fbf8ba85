/**
 * The field of a market, traded once: arms that differ in what learners do, or in how teams are weighed, have the same.
 * It stays out of the desk's memo, as it is read as a whole or not at all.
 */
import { type Desk, termsOf } from "../../agents/desk.ts";
import type { Memo } from "../../core/memo.ts";
import { type Genomes, membersOf } from "../../population/members.ts";
import { agentKeys } from "../../population/mirror/stretch.ts";
import { type ChargesFor, type Field, tradeField } from "./field.ts";

const kept = new WeakMap<Memo, { readonly what: string; readonly field: Field }>();

/** As `tradeField`; the last field of the desk is answered again. */
export function fieldOf(
  desk: Desk,
  genomes: Genomes,
  from: number,
  onProgress: (done: number, total: number) => void,
  scoredBefore: readonly number[],
  chargesFor?: ChargesFor,
): Field {
  // what models cost is no part of what a field is kept by
  if (chargesFor) return tradeField(desk, genomes, from, onProgress, scoredBefore, chargesFor);
  const { memo, panel } = desk.market;
  const what = [
    panel.hash,
    from,
    scoredBefore.join(),
    desk.from,
    desk.startingEquity,
    termsOf(desk),
    agentKeys(desk, membersOf(genomes)),
  ].join("|");
  const known = kept.get(memo);
  if (desk.shortcuts?.askedAgain !== false && known?.what === what) return known.field;
  const field = tradeField(desk, genomes, from, onProgress, scoredBefore);
  kept.set(memo, { what, field });
  return field;
}
