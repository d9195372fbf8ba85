/** What a grid is to show: its claims as contrasts of arms, written in the grid's file before it is run. */
import * as z from "zod";
import { CLAIM_IDS } from "./claims.ts";

/** Name of an arm, or arm/measure: `full`, `full/champion`; `/singleAgent` is a strategy that runs beside the arms. */
const term = z.string().regex(
  /^([A-Za-z][\w=.+-]*)?(\/[A-Za-z]\w*)?$/,
  "must be an arm, arm/strategy, or /strategy for one that runs beside the arms",
).min(1);

const contrastSchema = z.strictObject({
  claim: z.enum(CLAIM_IDS).describe("The claim that it is about"),
  plus: z.array(term).min(1),
  minus: z.array(term).min(1),
}).refine(({ plus, minus }) => plus.length === minus.length, {
  message: "must name as many terms in plus as in minus: the i-th of each are compared",
});
/**
 * One contrast: the mean over `plus` less the mean over `minus`, market by market. The i-th of each differ in one
 * thing. Main effects and interaction of two factors of two levels so have one unit and one error.
 *
 * @internal
 * @see G. E. P. Box, J. S. Hunter, W. G. Hunter, Statistics for Experimenters (2005), section 5.4.
 */
export type Contrast = Readonly<z.output<typeof contrastSchema>>;

/** `evidence:` of a grid's file. */
export const evidencePlanSchema = z.strictObject({
  outcome: z.string().default("populationMean").describe(
    "What an arm is measured by where a term names no strategy: populationMean, or a strategy's net Sharpe ratio",
  ),
  alpha: z.number().gt(0).lt(0.5).default(0.05).describe("Chance of any false claim in the family"),
  margin: z.number().gt(0).default(0.25).describe("Differences below it are no effect, annual Sharpe ratio"),
  spread: z.number().gt(0).default(0.5).describe(
    "Planned standard deviation of a contrast over markets, annual Sharpe ratio: for the power alone",
  ),
  spreadFrom: z.string().default("a guess").describe("Where the planned spread is from"),
  power: z.number().gt(0.05).lt(1).default(0.8).describe("For the smallest detectable effect"),
  provisional: z.boolean().default(false).describe("True where no number of it is meant to be cited"),
  markets: z.array(z.string()).min(1).nullable().default(null).describe(
    "Markets that claims are tested on; null for all. The others are estimates without a verdict",
  ),
  describe: z.array(z.string()).default([]).describe(
    "Strategies that are shown beside the outcome, untested",
  ),
  same: z.record(z.string(), z.string()).default({}).describe(
    "Controls: arms that must equal another to the byte, such as tau 0 and none",
  ),
  claims: z.record(z.string().regex(/^[A-Za-z]\w{0,39}$/), contrastSchema).refine(
    (claims) => Object.keys(claims).length > 0,
    { message: "must hold at least one contrast" },
  ),
});
/**
 * What a grid is to show.
 *
 * @internal
 */
export type EvidencePlan = Readonly<z.output<typeof evidencePlanSchema>>;

/** A term taken apart. */
export interface Term {
  /** Null for a strategy that runs beside the arms. */
  readonly arm: string | null;
  /** `populationMean`, or the name of a strategy. */
  readonly measure: string;
}

/** The arm and the measure of a term. */
export function termOf(text: string, outcome: string): Term {
  const [arm, measure] = text.split("/") as [string, string?];
  return { arm: arm === "" ? null : arm, measure: measure ?? outcome };
}
