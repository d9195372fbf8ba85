/** What a language model answers about one coin at one decision. */
import * as z from "zod";
import { type AnswerForm, answerForm } from "../../llm/answer_form.ts";

/** What can be decided; `hold` keeps and renews what the same prompt said last of the coin. */
export const ACTIONS: readonly Action[] = ["long", "short", "flat", "hold"];
/** One of them. */
export type Action = "long" | "short" | "flat" | "hold";

/** Levels of the stated quantiles by field, ascending. */
export const QUANTILE_LEVELS: QuantileLevels = { p05: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p95: 0.95 };
/** Their levels, by field. */
export interface QuantileLevels {
  /** .05 */
  readonly p05: number;
  /** .25 */
  readonly p25: number;
  /** The median. */
  readonly p50: number;
  /** .75 */
  readonly p75: number;
  /** .95 */
  readonly p95: number;
}

/** Characters of a rationale that are kept. */
export const MOST_RATIONALE = 600;

/** An answer that fits the form; see `answerSchema` for units. */
export interface TraderAnswer {
  /** Why. */
  readonly rationale: string;
  /** What is decided. */
  readonly action: Action;
  /** Share of equity posted as margin. */
  readonly size: number;
  /** Multiple of the margin. */
  readonly leverage: number;
  /** Distance as a fraction of the entry; 0 for none. */
  readonly stop: number;
  /** Distance as a fraction of the entry; 0 for none. */
  readonly target: number;
  /** Probability that the action is right. */
  readonly confidence: number;
  /** Probability that the price is higher after the prompt's horizon. */
  readonly pUp: number;
  /** Quantiles of the return over the horizon, fractions. */
  readonly quantiles: QuantileLevels;
}

const share = z.number().min(0).max(1);
/** A return over the horizon, a fraction: below -1 there is nothing left to lose. */
const move = z.number().min(-1).max(10);

/**
 * The answer. Providers' strict decoders know ranges of numbers but no lengths of text and no order between fields:
 * those two are looked at when the reply is read, and are no part of what is sent.
 *
 * @internal The shape stands in the schema.
 */
export const answerSchema = z.strictObject({
  rationale: z.string().refine((text) => text.length <= MOST_RATIONALE, {
    error: `must have at most ${MOST_RATIONALE} characters`,
  }).describe("Why, in at most 60 words, citing the numbers it rests on"),
  action: z.enum(ACTIONS),
  size: share.describe("Share of equity posted as margin"),
  leverage: z.number().min(1).max(10),
  stop: z.number().min(0).max(0.5).describe("Distance of the stop as a fraction of the entry; 0 for none"),
  target: z.number().min(0).max(1).describe("Distance of the take-profit as a fraction; 0 for none"),
  confidence: share.describe("Probability that the action is right"),
  pUp: share.describe("Probability that the price is higher after the horizon"),
  quantiles: z.strictObject({ p05: move, p25: move, p50: move, p75: move, p95: move })
    .refine(({ p05, p25, p50, p75, p95 }) => p05 <= p25 && p25 <= p50 && p50 <= p75 && p75 <= p95, {
      error: "must not fall from p05 to p95",
    }).describe("Quantiles of the return over the horizon, fractions"),
});

/** The form that models are held to; its version is part of every call's hash. */
export const ANSWER_FORM: AnswerForm<TraderAnswer> = answerForm("trade", 2, answerSchema);
