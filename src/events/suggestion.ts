/** What a language model proposed for the genomes of a role at a transfer step. Everything here is deterministic. */
import * as z from "zod";
import type { Immutable } from "../core/immutable.ts";
import { ROLES } from "../genome/role.ts";
import { declareEvent } from "./event_kind.ts";

const count = z.int().min(0);

const suggestedSchema = z.strictObject({
  agent: count.describe("Index of the agent in its role"),
  changes: z.array(z.strictObject({
    gene: z.string(),
    value: z.number().describe("Natural value, within the gene's declared range"),
  })).min(1),
});
/** Genes of one agent, as they should be. */
export type Suggested = Immutable<z.output<typeof suggestedSchema>>;

const suggestionSchema = z.strictObject({
  type: z.literal("suggestion"),
  k: count,
  row: count.describe("Row t_k of the transfer step; what was shown was known before it was scored"),
  time: z.number().describe("Its close, ms UTC"),
  role: z.enum(ROLES),
  model: z.string(),
  version: z.string().describe("Hash of the question's words without its numbers"),
  outcome: z.enum(["answered", "abstained", "failed", "unasked"]),
  reason: z.string().nullable().describe("Why there is no answer"),
  repaired: z.boolean().describe("Whether the answer had to be mended, or asked for again"),
  mutants: z.array(suggestedSchema).describe("What is tested, at most one an agent"),
  clamped: count.describe("Values that left their gene's range and were taken at its end"),
  dropped: count.describe("Changes of agents or genes that there are none of, or were said before"),
  reply: z.string().nullable().describe("Hash of the last call, under which its cassette lies"),
  calls: count,
  inputTokens: count,
  outputTokens: count,
  dollars: z.number().min(0).describe("What the calls cost when they were made, USD; charged as USDT"),
});
/**
 * What a model proposed for a role.
 *
 * @internal
 */
export type SuggestionEvent = Immutable<z.output<typeof suggestionSchema>>;

export const suggestionEvent = declareEvent({
  schema: suggestionSchema,
  label: "Suggestion",
  summary: ({ k, role, outcome, reason, mutants }) =>
    `${k} ${role}: ${outcome}${reason === null ? "" : ` (${reason})`}, ${mutants.length} mutants proposed`,
});
