/** Whether what a grid shows holds under other terms: its two outer arms traded again, and what turned. */
import * as z from "zod";
import { mean } from "../../../stats/moments.ts";
import { pairedTest } from "../../../stats/paired.ts";
import type { EvidenceRecord } from "../evidence_record.ts";
import { AS_RUN, VARIATIONS } from "./variations.ts";

/** The arms that are traded again: the difference between them is all that the others are made of. */
export const AGAIN = ["full", "neither"] as const;
/** What is measured. */
export const MEASURES = ["populationMean", "champion", "committee"] as const;
export type Measure = (typeof MEASURES)[number];

const cellSchema = z.strictObject({
  label: z.string(),
  arm: z.enum(AGAIN),
  market: z.string(),
  marketSeed: z.int().nullable(),
  seed: z.int().nullable(),
  result: z.string().describe("SHA-256 of the result that its teams were stored with"),
  again: z.array(z.strictObject({
    variation: z.string(),
    populationMean: z.number(),
    champion: z.number(),
    committee: z.number(),
  })).describe("Annual net Sharpe ratios under each variation"),
});
/** results/<grid>_robust.json. */
export const robustSchema = z.strictObject({
  form: z.literal(1),
  grid: z.string(),
  cells: z.array(cellSchema),
});
export type RobustRecord = Readonly<z.output<typeof robustSchema>>;
export type RobustCell = RobustRecord["cells"][number];

/** One difference, full less neither, under one variation. */
export interface RobustEffect {
  readonly market: string;
  readonly measure: Measure;
  readonly variation: string;
  readonly label: string;
  readonly effect: number;
  /** Standard error over markets; null of one. */
  readonly se: number | null;
  readonly markets: number;
  /** True if its sign is another than as run. */
  readonly turned: boolean;
}

/** What came of each variation but the flipped histories. */
export function robustEffects({ cells }: Pick<RobustRecord, "cells">, measure: Measure): RobustEffect[] {
  return [...new Set(cells.map(({ market }) => market))].flatMap((market) => {
    const asRun = mean(differences(cells, market, measure, AS_RUN.name));
    return VARIATIONS.flatMap(({ name, label }) => {
      const values = differences(cells, market, measure, name);
      if (values.length === 0) return [];
      const effect = mean(values);
      return [{
        market,
        measure,
        variation: name,
        label,
        effect,
        se: values.length > 1 ? pairedTest(values).se : null,
        markets: values.length,
        turned: Math.sign(effect) !== Math.sign(asRun),
      }];
    });
  });
}

/** A test against sign-flipped histories: p = (1 + how many of them show as much) / (1 + how many there are). */
export interface FlipTest {
  readonly market: string;
  readonly measure: Measure;
  readonly effect: number;
  readonly histories: number;
  readonly asMuch: number;
  readonly p: number;
}

/** The test of each market whose histories were flipped. */
export function flipTests({ cells }: Pick<RobustRecord, "cells">, measure: Measure): FlipTest[] {
  return [...new Set(cells.map(({ market }) => market))].flatMap((market) => {
    const own = cells.filter((cell) => cell.market === market);
    const names = own[0]!.again.map(({ variation }) => variation).filter((name) => /^flip\d+$/.test(name));
    if (names.length === 0) return [];
    const effect = mean(differences(cells, market, measure, AS_RUN.name));
    const asMuch = names.filter((name) => mean(differences(cells, market, measure, name)) >= effect).length;
    return [{
      market,
      measure,
      effect,
      histories: names.length,
      asMuch,
      p: (1 + asMuch) / (1 + names.length),
    }];
  });
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
    const neither = own.find(({ arm, marketSeed, seed }) =>
      arm === "neither" && marketSeed === full.marketSeed && seed === full.seed
    );
    const a = valueOf(full), b = neither && valueOf(neither);
    return a === undefined || b === undefined ? [] : [a - b];
  });
}

/**
 * Cells that were traded again from other results than a grid's evidence holds, by label: what is said of them is about another grid.
 */
export function strangers({ cells }: EvidenceRecord, robust: RobustRecord): string[] {
  const results = new Map(cells.map(({ label, result }) => [label, result]));
  return robust.cells.filter(({ label, result }) => results.get(label) !== result).map(({ label }) => label);
}
