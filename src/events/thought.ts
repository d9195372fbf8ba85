/** One question to a language model and what came of it: a line of the thought log. Everything here is deterministic. */
import * as z from "zod";
import type { Immutable } from "../core/immutable.ts";
import { declareEvent } from "./event_kind.ts";

const count = z.int().min(0);

/** What can come of a question; holds, abstentions and failed calls are told apart wherever they are counted. */
export const THOUGHT_OUTCOMES = ["answered", "held", "abstained", "failed", "unasked"] as const;

const decisionSchema = z.strictObject({
  action: z.enum(["long", "short", "flat", "hold"]),
  size: z.number().describe("Share of equity posted as margin"),
  leverage: z.number(),
  stop: z.number().describe("Fraction of the entry; 0 is none"),
  target: z.number().describe("Fraction of the entry; 0 is none"),
  confidence: z.number(),
  pUp: z.number().describe("Stated probability that the price is higher after the prompt's horizon"),
  rationale: z.string(),
});

const verdictSchema = z.strictObject({
  verdict: z.enum(["pass", "soft_fail", "hard_fail", "none"]),
  wanted: z.number().describe("Signed notional that the plan wished for, USDT"),
  allowed: z.number().nullable().describe(
    "Signed notional that was allowed, USDT; null leaves the coin as it is",
  ),
  cuts: z.array(z.string()).describe("Which limits cut the wish"),
});

const thoughtSchema = z.strictObject({
  type: z.literal("thought"),
  k: count,
  row: count.describe("Row whose close was the last that was shown"),
  time: z.number().describe("That close, ms UTC"),
  coin: z.string(),
  model: z.string(),
  prompt: z.string().describe("Key in the catalogue"),
  version: z.string().describe("Hash of the prompt's words"),
  observation: z.string().describe("Hash of what is known at that close"),
  outcome: z.enum(THOUGHT_OUTCOMES).describe(
    "answered: long, short or flat; held: kept what was said last; abstained: no reply in the form; failed: no reply; " +
      "unasked: nothing was sent",
  ),
  decision: decisionSchema.nullable().describe("The answer; null where there is none"),
  reason: z.string().nullable().describe("Why there is no answer"),
  cap: z.string().optional().describe("Of a question that no budget was left for: which cap, and what to do"),
  repaired: z.boolean().describe("Whether the answer had to be mended, or asked for again"),
  reply: z.string().nullable().describe("Hash of the last call, under which its cassette lies"),
  calls: count,
  inputTokens: count,
  outputTokens: count,
  dollars: z.number().min(0).describe("What the calls cost when they were made, USD; charged as USDT"),
  verdict: verdictSchema.nullable().describe(
    "What the champion's risk agent said to the champion's wish for this coin at this row; null where its trader does " +
      "not listen to the prompt",
  ),
});
/**
 * What a prompt was answered at a decision.
 *
 * @internal
 */
export type ThoughtEvent = Immutable<z.output<typeof thoughtSchema>>;
/** What the champion's risk agent said. */
export type ThoughtVerdict = NonNullable<ThoughtEvent["verdict"]>;

export const thoughtEvent = declareEvent({
  schema: thoughtSchema,
  label: "Thought",
  summary: ({ row, coin, prompt, outcome, decision, reason, verdict }) =>
    `${row} ${coin} ${prompt}: ${outcome === "answered" ? decision!.action : outcome}` +
    (reason === null ? "" : ` (${reason})`) + (verdict === null ? "" : `; risk: ${verdict.verdict}`),
});
