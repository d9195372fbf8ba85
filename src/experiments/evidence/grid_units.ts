/** What means and errors of a grid are over, in words for captions: markets, or seeds and weeks where one market stands alone. */
import { type ContrastValues, unitsOf } from "./contrast_values.ts";
import type { EvidenceRecord } from "./evidence_record.ts";

/** What one level or one claim is over, and what it is called where others are over something else. */
export interface NamedUnit {
  readonly label: string;
  readonly over: ContrastValues["over"];
}

/** How a unit stands after "over" and after "by", and alone. */
const WORDS = {
  over: {
    markets: "markets",
    weeks: "the weeks of one market, seeds averaged",
    seeds: "the seeds of one market",
  },
  by: { markets: "market", weeks: "week of one market, seeds averaged", seeds: "seed of one market" },
  of: { markets: "markets", weeks: "weeks", seeds: "seeds" },
} as const;

/** What levels are over on the markets of each name: the seeds of runs where there is one market. */
export function levelUnits({ cells }: Pick<EvidenceRecord, "cells">): NamedUnit[] {
  return [...Map.groupBy(cells, ({ market }) => market)].map(([label, own]) => ({
    label,
    over: unitsOf(own).several ? "markets" : "seeds",
  }));
}

/**
 * "markets" where all are over markets; "markets (real: the seeds of one market)" where some are not.
 *
 * @param form What stands before it: "over", "by", or nothing that asks for an article.
 */
export function unitsText(units: readonly NamedUnit[], form: keyof typeof WORDS = "over"): string {
  const words = WORDS[form], groups = [...Map.groupBy(units, ({ over }) => over)];
  const usual = groups.find(([over]) => over === "markets") ?? groups[0];
  if (usual === undefined) return words.markets;
  const others = groups.filter((group) => group !== usual).map(([over, own]) =>
    `${[...new Set(own.map(({ label }) => label))].join(", ")}: ${words[over]}`
  );
  return others.length === 0 ? words[usual[0]] : `${words[usual[0]]} (${others.join("; ")})`;
}
