/** What a language model wrote of a champion: a text and rules, and how often the rules act as it. Nothing in a run reads it. */
import * as z from "zod";
import type { Immutable } from "../core/immutable.ts";
import { ROLES } from "../genome/role.ts";
import { declareEvent } from "./event_kind.ts";

const count = z.int().min(0);
const share = z.number().min(0).max(1);
const act = z.enum(["long", "short", "flat"]);

const ruleSchema = z.strictObject({
  feature: z.string().describe("One of the features that were shown"),
  comparison: z.enum(["above", "below"]),
  threshold: z.number(),
  action: act,
});

const fidelitySchema = z.strictObject({
  from: count.describe("First row after the decision that was distilled"),
  to: count.describe("Last row that was looked at"),
  decisions: count.describe("Rows times coins that may be traded"),
  agreement: share.describe("Share of decisions in which the rules do what the champion's trader wishes"),
  baseline: share.describe("The same for the action that does best always, which is known afterwards alone"),
  baselineAction: act.describe("That action: the champion's most frequent one on these rows"),
  gain: z.number().describe("agreement - baseline"),
  gainError: z.number().min(0).describe("Its standard error: Newey-West over rows, a week of lags"),
});

const distillationSchema = z.strictObject({
  type: z.literal("distillation"),
  k: count,
  row: count.describe("Row t_k; what was shown was known at its close"),
  time: z.number().describe("That close, ms UTC"),
  team: z.record(z.enum(ROLES), z.string()).describe("The champion of the iteration, by variant"),
  model: z.string(),
  version: z.string().describe("Hash of the question's words without its numbers"),
  outcome: z.enum(["answered", "abstained", "failed", "unasked"]),
  reason: z.string().nullable().describe("Why there is no answer"),
  repaired: z.boolean().describe("Whether the answer had to be mended, or asked for again"),
  text: z.string().nullable().describe("What the model says that the champion does"),
  numbers: count.describe("Numbers that the text cites"),
  matched: count.describe("Those of them that were shown"),
  rules: z.array(ruleSchema).describe("The first whose condition holds says what is done"),
  otherwise: act.nullable().describe("What is done where none holds; null without an answer"),
  fidelity: fidelitySchema.nullable().describe("On later rows; null without an answer or later rows"),
  reply: z.string().nullable().describe("Hash of the last call, under which its cassette lies"),
  calls: count,
  inputTokens: count,
  outputTokens: count,
  dollars: z.number().min(0).describe("What the calls cost when they were made, USD; charged to no account"),
});
/**
 * What a model wrote of a champion, and how often its rules act as it.
 *
 * @internal
 */
export type DistillationEvent = Immutable<z.output<typeof distillationSchema>>;
/**
 * How often rules act as a champion, on rows after those that were shown.
 *
 * @internal
 */
export type Fidelity = Immutable<z.output<typeof fidelitySchema>>;

export const distillationEvent = declareEvent({
  schema: distillationSchema,
  label: "Distillation",
  summary: ({ k, outcome, reason, rules, fidelity }) =>
    `${k}: ${outcome}${reason === null ? "" : ` (${reason})`}, ${rules.length} rules` +
    (fidelity === null
      ? ""
      : `, agreement ${fidelity.agreement.toFixed(3)} against ${fidelity.baseline.toFixed(3)}`),
});
