/** A finished grid judged: each claim on each market, with the guards that it passed. */
import { UserError } from "../../core/user_error.ts";
import type { ClaimId } from "./claims.ts";
import { type ContrastValues, contrastValues, copiedMarkets } from "./contrast_values.ts";
import type { EvidenceRecord } from "./evidence_record.ts";
import { requireCells } from "./complete.ts";
import { type Contrast, termOf } from "./evidence_plan.ts";
import { claimGuards, gridGuards, type Guard } from "./guards.ts";
import { type Level, levelsOf } from "./levels.ts";
import { type ManipulationCheck, manipulationCheck } from "./manipulation.ts";
import { decide, type Decided, judge, type Judged, type Verdict } from "./verdict.ts";

/** A contrast on a market, judged. */
export interface ClaimResult extends Decided {
  /** Name of the contrast, such as transfer. */
  readonly name: string;
  /** The claim that it is about. */
  readonly claim: ClaimId;
  /** Name of the markets. */
  readonly market: string;
  /** Market by market. */
  readonly values: ContrastValues;
  /** What must hold. */
  readonly guards: readonly Guard[];
  /** Whether what its arms differ in ever happened. */
  readonly manipulations: readonly ManipulationCheck[];
  /** Null for an estimate: not registered, not tested here, a guard that decides fails, or a manipulation never fired. */
  readonly ruling: Verdict | null;
  /** Why there is no ruling; "" where there is one. */
  readonly reason: string;
}

/** A grid judged. */
export interface Summary {
  /** The grid. */
  readonly record: EvidenceRecord;
  /** What arms are measured by. */
  readonly outcome: string;
  /** What must hold. */
  readonly guards: readonly Guard[];
  /** In the order of the registration, the tested markets of each. */
  readonly claims: readonly ClaimResult[];
  /** What each arm earned. */
  readonly levels: readonly Level[];
}

/** How a grid is judged. */
export interface SummaryOptions {
  /** Another outcome than the registered one, for a look: it gives estimates and no verdict. */
  readonly outcome?: string;
  /** Resamples of each interval [4,999]. */
  readonly draws?: number;
}

/**
 * Judges a finished grid.
 *
 * @param record A grid as `loadRuns` gives it.
 * @throws {UserError} If cells that the registration names are missing; some are named.
 */
export function summarise(record: EvidenceRecord, { outcome, draws }: SummaryOptions = {}): Summary {
  const { registration } = record, { evidence, markets } = registration;
  const measured = outcome ?? evidence.outcome;
  requireCells(record);
  const guards = gridGuards(record);
  const tested = evidence.markets ?? Object.keys(markets);
  const entries = Object.entries(evidence.claims).flatMap(([name, contrast]) =>
    Object.keys(markets).map((market) => ({ name, contrast, market, tested: tested.includes(market) }))
  );
  const judged = entries.map((entry) => judgeEntry(record, entry, measured, draws));
  const family = judged.filter(({ tested }) => tested);
  // a comparison that is refused stays in the family with p = 1: what was planned is corrected for
  const decided = decide(
    family.map((one) => one.refusal === null ? one.judged : { ...one.judged, p: 1, equivalenceP: 1 }),
    evidence,
  );
  const failed = guards.find(({ decides, holds }) => decides && !holds);
  const reasonOf = (one: (typeof judged)[number]): string =>
    measured !== evidence.outcome
      ? `a look: the registered outcome is ${evidence.outcome}`
      : !one.tested
      ? "an estimate: not tested on this market"
      : failed
      ? `not ${failed.name}: ${failed.found}`
      : one.refusal ?? "";
  return {
    record,
    outcome: measured,
    guards,
    claims: judged.map((one): ClaimResult => {
      const at = family.indexOf(one), reason = reasonOf(one);
      const { name, claim, market, values, manipulations } = one;
      const { p, equivalenceP } = one.judged; // as measured, refused or not
      const full = at < 0 ? decide([one.judged], evidence)[0]! : { ...decided[at]!, p, equivalenceP };
      return {
        ...full,
        name,
        claim,
        market,
        values,
        manipulations,
        guards: claimGuards(values, one.judged, evidence.alpha),
        ruling: reason === "" ? full.verdict : null,
        reason,
      };
    }),
    levels: levelsOf(record, measured),
  };
}

interface Entry {
  readonly name: string;
  readonly contrast: Contrast;
  /** Name of the markets. */
  readonly market: string;
  readonly tested: boolean;
}

function judgeEntry(
  record: EvidenceRecord,
  { name, contrast, market, tested }: Entry,
  outcome: string,
  draws?: number,
) {
  const { cells, arms, registration: { evidence, tests, grid } } = record;
  const values = contrastValues(cells, contrast, market, outcome);
  requireSeveral(name, market, values, cells);
  const judged: Judged = judge(values.differences, evidence, tests, [grid, name, market], draws);
  const manipulations = contrast.plus.flatMap((text, i) => {
    const a = termOf(text, outcome).arm, b = termOf(contrast.minus[i]!, outcome).arm;
    return a === null || b === null || a === b ? [] : [manipulationCheck(cells, arms, [a, b], market)];
  });
  const refusal = manipulations.find((one) => one.refusal !== null)?.refusal ?? null;
  return { name, claim: contrast.claim, market, tested, values, judged, manipulations, refusal };
}

function requireSeveral(
  name: string,
  market: string,
  { units }: ContrastValues,
  cells: EvidenceRecord["cells"],
): void {
  if (units.length >= 2) return;
  const copied = copiedMarkets(cells.filter((cell) => cell.market === market));
  throw new UserError(
    `Cannot judge ${name} on ${market} as there must be two markets or more: current value is ${units.length}` +
      (copied.length === 0 ? "" : `. Copies of another market count as one with it: ${copied.join("; ")}`),
  );
}
