/** What every figure of a grid says of itself: which grid it is, and how many trials stand behind it. */
import type { EvidenceRecord } from "../experiments/evidence/evidence_record.ts";
import { termOf } from "../experiments/evidence/evidence_plan.ts";
import type { NamedUnit } from "../experiments/evidence/grid_units.ts";
import type { ClaimResult } from "../experiments/evidence/summarise.ts";
import { count } from "./format.ts";

/** Subtitle: source, grid, hash and distinct trials. */
export function evidenceSubtitle(
  { grid, gridHash, trials, provisional, source, cells }: EvidenceRecord,
): string {
  const markets = new Set(cells.map(({ market, marketSeed }) => `${market}.${marketSeed}`)).size;
  return [
    ...(provisional ? ["PROVISIONAL"] : []),
    ...(source === "real" ? [] : [source === "synthetic" ? "SYNTHETIC DATA" : "SYNTHETIC AND REAL DATA"]),
    `grid ${grid} ${gridHash.slice(0, 10)}`,
    `${count(markets)} ${markets === 1 ? "market" : "markets"}, ${count(cells.length)} cells`,
    `${count(trials)} trials`,
  ].join(" · ");
}

/** How an arm or a measure is called in figures and tables: noTransfer -> no transfer, populationMean -> population mean. */
export function armName(arm: string): string {
  return arm.includes("=") ? arm : arm.replace(/([a-z])([A-Z])/g, (_, a, b) => `${a} ${b.toLowerCase()}`);
}

/** What a grid's contrasts are about, in words: the population mean, or the strategies that they compare. */
export function measuresText({ registration: { evidence } }: Pick<EvidenceRecord, "registration">): string {
  const terms = Object.values(evidence.claims).flatMap(({ plus, minus }) => [...plus, ...minus]);
  return [...new Set(terms.map((term) => armName(termOf(term, evidence.outcome).measure)))].join(", ");
}

/** True if every contrast sets arms against arms in the outcome: then each is what a factor is worth. */
export function isOfArms({ registration: { evidence } }: Pick<EvidenceRecord, "registration">): boolean {
  return Object.values(evidence.claims).every(({ plus, minus }) =>
    [...plus, ...minus].every((term) => !term.includes("/"))
  );
}

/** What each claim is told over; called by its market, or by both where contrasts on one market differ in it. */
export function claimUnits(claims: readonly ClaimResult[]): NamedUnit[] {
  return claims.map(({ name, market, values: { over } }) => {
    const alike = claims.every((other) => other.market !== market || other.values.over === over);
    return { label: alike ? market : `${armName(name)} on ${market}`, over };
  });
}
