/** Whether what a grid shows holds under other terms: its two outer arms traded again, and what turned. */
import * as z from "zod";
import { UserError } from "../../../core/user_error.ts";
import { mean } from "../../../stats/moments.ts";
import { pairedTest } from "../../../stats/paired.ts";
import type { EvidencePlan } from "../evidence_plan.ts";
import type { EvidenceRecord } from "../evidence_record.ts";
import { AS_RUN, VARIATIONS } from "./variations.ts";

/** The arms that are traded again: the difference between them is all that the others are made of. */
export const AGAIN = ["full", "neither"] as const;
/** What is measured. */
export const MEASURES = ["populationMean", "champion", "committee", "mirrored"] as const;
export type Measure = (typeof MEASURES)[number];

/** What a grid's robustness is told in: its outcome where that is traded again, else the population mean. */
export function robustMeasure(evidence: Pick<EvidencePlan, "outcome"> | null): Measure {
  return MEASURES.find((one) => one === evidence?.outcome) ?? "populationMean";
}

const cellSchema = z.strictObject({
  label: z.string(),
  arm: z.string(),
  market: z.string(),
  marketSeed: z.int().nullable(),
  seed: z.int().nullable(),
  result: z.string().describe("SHA-256 of the result that its teams were stored with"),
  again: z.array(z.strictObject({
    variation: z.string(),
    populationMean: z.number(),
    champion: z.number().nullable(),
    committee: z.number().nullable(),
    mirrored: z.number().nullable().optional().describe(
      "The mirrored committee, by the weights of the run; left out by those who did not trade it",
    ),
  })).describe(
    "Annual net Sharpe ratios under each variation; null of accounts that were not traded under it",
  ),
});
/** results/<grid>_robust.json. */
export const robustSchema = z.strictObject({
  form: z.literal(1),
  grid: z.string(),
  cells: z.array(cellSchema),
});
/**
 * What is stored of a grid traded again under other terms.
 *
 * @internal
 */
export type RobustRecord = Readonly<z.output<typeof robustSchema>>;
export type RobustCell = RobustRecord["cells"][number];

/** One difference, full less neither, under one variation. */
export interface RobustEffect {
  readonly market: string;
  readonly measure: Measure;
  readonly variation: string;
  readonly label: string;
  readonly effect: number;
  /** Standard error over pairs of full and neither, be it over markets or over seeds on one; null of one pair. */
  readonly se: number | null;
  /** Pairs of full and neither. */
  readonly pairs: number;
  /** True if its sign is another than as run. */
  readonly turned: boolean;
}

/** What came of each variation but the flipped histories. */
export function robustEffects({ cells }: Pick<RobustRecord, "cells">, measure: Measure): RobustEffect[] {
  return [...new Set(cells.map(({ market }) => market))].flatMap((market) => {
    const asRun = differences(cells, market, measure, AS_RUN.name);
    return VARIATIONS.flatMap(({ name, label }) => {
      const values = differences(cells, market, measure, name);
      if (values.length === 0 || asRun.length === 0) return [];
      const effect = mean(values);
      return [{
        market,
        measure,
        variation: name,
        label,
        effect,
        se: values.length > 1 ? pairedTest(values).se : null,
        pairs: values.length,
        turned: Math.sign(effect) !== Math.sign(mean(asRun)),
      }];
    });
  });
}

/** Where a cell of a grid stands. */
export type RobustPlace = Pick<RobustCell, "market" | "marketSeed" | "seed"> & {
  readonly arm: string | null;
};

/** How much of a market was traded again. */
export interface Coverage {
  readonly market: string;
  /** Pairs of full and neither of which both were traded again. */
  readonly traded: number;
  /** Pairs that the grid has. */
  readonly pairs: number;
}

/** How much of each market of a grid was traded again. @param places All cells of the grid. */
export function coverageOf(
  { cells }: Pick<RobustRecord, "cells">,
  places: readonly RobustPlace[],
): Coverage[] {
  const pairsIn = (some: readonly RobustPlace[], market: string) =>
    some.filter((full) =>
      full.arm === AGAIN[0] && full.market === market &&
      some.some((one) => one.arm === AGAIN[1] && isSameRun(one, full))
    ).length;
  return [...new Set(places.filter(({ arm }) => arm === AGAIN[0]).map(({ market }) => market))]
    .map((market) => ({ market, traded: pairsIn(cells, market), pairs: pairsIn(places, market) }));
}

function isSameRun(one: RobustPlace, other: RobustPlace): boolean {
  return one.market === other.market && one.marketSeed === other.marketSeed && one.seed === other.seed;
}

/** The accounts that a population deploys. */
export const ACCOUNTS = ["champion", "committee", "mirrored"] as const satisfies readonly Measure[];

/** The differences of all deployed accounts on one market under one variation; null of one that was not traded under it. */
export type AccountEffects =
  & Pick<RobustEffect, "market" | "variation" | "label">
  & Readonly<Record<(typeof ACCOUNTS)[number], RobustEffect | null>>;

/** What came of each variation but the flipped histories, account beside account. */
export function accountEffects(record: Pick<RobustRecord, "cells">): AccountEffects[] {
  const [champion, committee, mirrored] = ACCOUNTS.map((account) => robustEffects(record, account));
  return champion!.map((one) => {
    const same = ({ market, variation }: RobustEffect) =>
      market === one.market && variation === one.variation;
    const { market, variation, label } = one;
    return {
      ...{ market, variation, label },
      champion: one,
      committee: committee!.find(same) ?? null,
      mirrored: mirrored!.find(same) ?? null,
    };
  });
}

/** Arms whose mean outcome is told from that of others. */
export interface ArmContrast {
  /** For a reader. */
  readonly name: string;
  readonly plus: readonly string[];
  readonly minus: readonly string[];
}

/** What flipped histories test: the outer arms, then each claim of a grid that is about the population mean of arms alone. */
export function flipContrasts(evidence: Pick<EvidencePlan, "claims" | "outcome"> | null): ArmContrast[] {
  const outer = { name: "full less neither", plus: [AGAIN[0]], minus: [AGAIN[1]] };
  if (evidence === null || evidence.outcome !== "populationMean") return [outer];
  const claims = Object.entries(evidence.claims).filter(([, { plus, minus }]) =>
    [...plus, ...minus].every((term) => !term.includes("/"))
  );
  return [outer, ...claims.map(([name, { plus, minus }]) => ({ name, plus, minus }))];
}

/** A test against sign-flipped histories: p = (1 + how many of them show as much) / (1 + how many there are). */
export interface FlipTest {
  readonly market: string;
  /** What was told apart. */
  readonly contrast: string;
  /** Runs that are averaged: those whose arms were all traded on the histories. */
  readonly runs: number;
  /** Runs of the market that were traded again in any way. */
  readonly of: number;
  readonly effect: number;
  readonly histories: number;
  /** Histories whose effect is at least as large, in the direction that is claimed. */
  readonly asMuch: number;
  readonly p: number;
}

/** The tests of each market whose histories were flipped, of the contrasts whose arms were all traded on all of them. */
export function flipTests(
  { cells }: Pick<RobustRecord, "cells">,
  contrasts: readonly ArmContrast[],
): FlipTest[] {
  return [...new Set(cells.map(({ market }) => market))].flatMap((market) => {
    const isFlip = ({ variation }: { readonly variation: string }) => /^flip\d+$/.test(variation);
    const own = cells.filter((cell) => cell.market === market && cell.again.some(isFlip)); // maybe not of all seeds
    const histories = [
      ...new Set(own.flatMap(({ again }) => again.filter(isFlip).map((one) => one.variation))),
    ];
    if (histories.length === 0) return [];
    const of = runsOf(cells.filter((cell) => cell.market === market)).length;
    return contrasts.flatMap(({ name, plus, minus }) => {
      const whole = runsOf(own).filter((run) =>
        [...plus, ...minus].every((arm) => own.some((cell) => cell.arm === arm && isSameRun(cell, run)))
      );
      const paired = own.filter((cell) => whole.some((run) => isSameRun(cell, run)));
      const [effect, ...flipped] = [AS_RUN.name, ...histories].map((variation) =>
        armsMean(paired, plus, variation) - armsMean(paired, minus, variation)
      );
      if (![effect, ...flipped].every(Number.isFinite)) return [];
      const asMuch = flipped.filter((value) => value >= effect!).length;
      const p = (1 + asMuch) / (1 + histories.length);
      const told = { market, contrast: name, runs: whole.length, of };
      return [{ ...told, effect: effect!, histories: histories.length, asMuch, p }];
    });
  });
}

/** One cell for each run, whatever its arm. */
function runsOf(cells: readonly RobustCell[]): RobustCell[] {
  return cells.filter((cell, i) => cells.findIndex((one) => isSameRun(one, cell)) === i);
}

/** Mean over arms of the mean population mean of an arm's cells; NaN if one was not traded so. */
function armsMean(cells: readonly RobustCell[], arms: readonly string[], variation: string): number {
  return mean(arms.map((arm) => {
    const values = cells.filter((cell) => cell.arm === arm).map(({ again }) =>
      again.find((one) => one.variation === variation)?.populationMean ?? NaN
    );
    return values.length === 0 ? NaN : mean(values);
  }));
}

/** Full less neither, pair by pair, where both were traded again so. */
function differences(
  cells: RobustRecord["cells"],
  market: string,
  measure: Measure,
  variation: string,
): number[] {
  const valueOf = ({ again }: RobustCell) => again.find((one) => one.variation === variation)?.[measure];
  const own = cells.filter((cell) => cell.market === market);
  return own.filter(({ arm }) => arm === "full").flatMap((full) => {
    const neither = own.find((cell) => cell.arm === "neither" && isSameRun(cell, full));
    const a = valueOf(full), b = neither && valueOf(neither);
    return typeof a !== "number" || typeof b !== "number" ? [] : [a - b];
  });
}

/**
 * Cells that were traded again from other results than a grid's evidence holds, by label: what is said of them is about another grid.
 */
export function strangers({ cells }: EvidenceRecord, robust: RobustRecord): string[] {
  const results = new Map(cells.map(({ label, result }) => [label, result]));
  return robust.cells.filter(({ label, result }) => results.get(label) !== result).map(({ label }) => label);
}

/** @throws {UserError} If what was traded again is not of a grid's cells. */
export function requireOwnCells(record: EvidenceRecord, robust: RobustRecord): void {
  const others = strangers(record, robust);
  if (others.length === 0) return;
  throw new UserError(
    `Cannot tell how robust ${record.grid} is as what was traded again must be of its cells: ${
      others.slice(0, 3).join(", ")
    } of ${robust.grid} are not. Read what belongs to it.`,
  );
}
