/** What a run says of its agents one by one, out of sample. docs/METRICS.md has every formula. */
import * as z from "zod";
import type { Immutable } from "../../core/immutable.ts";
import { ROLES } from "../../genome/role.ts";

const share = z.number().min(0).max(1);
const index = z.int().min(0);

/**
 * What an agent's teams earned: of the equal-weight mix, split anew at every bar, of the shadow accounts of all drawn
 * teams that hold it, over the rows after each decision, t_k+1 up to the next one. An agent is a place in the population: its genome
 * at t_k trades the window, and learning may change it for the next.
 */
export const agentPerformanceSchema = z.strictObject({
  role: z.enum(ROLES),
  place: index,
  variant: z.string().describe("Variant of its genome in the last iteration"),
  rows: index.describe("Reported rows"),
  sharpe: z.number().describe("Annual Sharpe ratio"),
  sharpeError: z.number().min(0).nullable(),
  profit: z.number().describe("Compounded net return (PnL), a fraction"),
  hitRate: share.nullable().describe("Share of non-zero bar returns that are positive"),
});
export type AgentPerformance = Immutable<z.output<typeof agentPerformanceSchema>>;

/** How good a researcher's forecasts over its middle horizon were, the distributions that traders read mean, sd and probability of a rise of. */
export const researcherQualitySchema = z.strictObject({
  place: index,
  variant: z.string().describe("Variant of its genome in the last iteration"),
  count: index.describe("Outcomes; no two of a coin share a bar"),
  horizon: z.strictObject({ least: index, most: index }).describe("Bars; a gene, which learning may move"),
  baseRate: share.describe("Share of outcomes that rose"),
  brier: z.number().min(0).describe("Brier score of the probability of a rise; 0.25 is a coin flip"),
  ece: z.number().min(0).describe("Expected calibration error over ten bins"),
  eceNull95: z.number().min(0).describe("What calibrated forecasts stay below in 95 % of draws"),
  eceP: share.describe("p-value of the calibration error if outcomes were independent"),
  crps: z.number().describe("CRPS of the forecast quantiles at the dense levels, a fraction of price"),
  crpsOfPast: z.number().describe(
    "The same, for the same outcomes, of each coin's past returns (climatology); what a forecast has to beat",
  ),
  crpsSkill: z.number().nullable().describe("1 - crps / crpsOfPast; above 0 is better than climatology"),
  nominal: share.describe("Share of outcomes that should fall inside the central interval"),
  covered: share.describe("Share that did"),
  width: z.number().min(0).describe("Mean width of the interval, a fraction of price"),
});
export type ResearcherQuality = Immutable<z.output<typeof researcherQualitySchema>>;
