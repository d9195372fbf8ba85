/** What a cell left, cut down to what claims are told from: small enough to be kept in the repository. */
import * as z from "zod";
import { hashJson } from "../../core/hash.ts";

const count = z.int().min(0);
const text = z.string().min(1);

const piecesSchema = z.record(z.string(), z.record(z.string(), z.number().nullable()));
/**
 * A strategy by part of its rows: by `fold`, `quarter`, `trend` and `volatility` its annual net Sharpe ratio, null
 * where it never moved; by `coin` its net profit over starting equity.
 *
 * @internal
 */
export type Pieces = Readonly<z.output<typeof piecesSchema>>;

/** One cell. */
export const evidenceCellSchema = z.strictObject({
  label: text,
  arm: text.nullable().describe("Null for what runs beside the arms"),
  market: text,
  marketSeed: z.int().nullable(),
  seed: z.int().nullable(),
  key: text.describe("Hash of all that its bytes follow from"),
  rowsHash: text,
  result: text.describe("SHA-256 of its result.json"),
  series: text.nullable().describe("SHA-256 of its series"),
  measures: z.record(z.string(), z.number()).describe(
    "populationMean where there is one, and the annual net Sharpe ratio of each strategy",
  ),
  weeks: z.array(z.number()).optional().describe(
    "Where the market is the only one: what each week of the last third added to populationMean (weekly_outcome.ts)",
  ),
  costs: z.record(z.string(), z.array(z.number().nullable())).describe(
    "Annual Sharpe ratio of each described strategy at each cost of COST_LEVELS, trades as they were",
  ),
  pieces: z.record(z.string(), piecesSchema).describe("By described strategy"),
  selection: z.strictObject({
    pipelines: count,
    overfitting: z.number().nullable(),
    deflatedSharpe: z.number().nullable(),
  }).nullable().describe("What choosing the best of the field is worth: PBO and deflated Sharpe ratio"),
  changes: z.strictObject({ lessons: count, mutants: count, fired: count }).nullable().describe(
    "How often genomes changed: lessons taken, mutants taken, iterations and roles in which mutation fired",
  ),
});
/**
 * One cell; see the schema above.
 *
 * @internal
 */
export type EvidenceCell = Readonly<z.output<typeof evidenceCellSchema>>;

/** Fees and slippage per side at which accounts are priced again, fractions of traded notional (protocol 1.3). */
export const COST_LEVELS = [0, 2e-4, 5.5e-4, 7.5e-4, 10e-4, 15e-4] as const;

/** Hash of a cell's record. */
export function cellHash(cell: EvidenceCell): string {
  return hashJson(cell);
}
