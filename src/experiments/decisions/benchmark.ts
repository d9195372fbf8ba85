/**
 * A decision-quality benchmark, frozen: decision points with what was known there and what came of it. Once drawn it no
 * longer depends on bars, forecasts or code, so that a model that is asked next year answers the same questions.
 */
import * as z from "zod";
import { hashJson } from "../../core/hash.ts";
import { TREND_NAMES, VOLATILITY_NAMES } from "../../market/regimes.ts";
import { PROMPT_KEYS } from "../../inventory/trader/prompts/catalogue.ts";
import { answerSchema } from "../language/answer.ts";
import { observationSchema } from "../language/observation.ts";

/** An answer without its rationale: what is scored. */
export const decisionSchema = answerSchema.omit({ rationale: true });

/** @internal The shape stands in the schema. */
export const pointSchema = z.strictObject({
  /** "001", "002" ...: any first part of the points is spread over regimes and coins as evenly as all are. */
  id: z.string(),
  coin: z.string(),
  /** Close of the last bar that is known, ms UTC. */
  closedAt: z.number(),
  trend: z.enum(TREND_NAMES),
  volatility: z.enum(VOLATILITY_NAMES),
  /** With coin and date; what is kept from a model is masked when it is asked. */
  observation: observationSchema,
  /** Return from the last known close to the close `horizon` bars later, a fraction: what forecasts are about. */
  move: z.number(),
  /** Return from the open after the decision to that close: what a position earns before costs. */
  traded: z.number(),
  /** What the rules-based desk makes of the same features. */
  rules: decisionSchema,
});

/** @internal The shape stands in the schema. */
export const benchmarkSchema = z.strictObject({
  version: z.literal(1),
  name: z.string(),
  /** Where the bars come from, in words. */
  source: z.string(),
  synthetic: z.boolean(),
  prompt: z.enum(PROMPT_KEYS as [string, ...string[]]),
  /** Bars ahead that are asked about. */
  horizon: z.int().min(1),
  seed: z.int().min(0),
  points: z.array(pointSchema).min(1),
});

/**
 * A frozen benchmark.
 *
 * @internal
 */
export type Benchmark = Readonly<z.output<typeof benchmarkSchema>>;
/**
 * One decision: what was known, and what came.
 *
 * @internal
 */
export type DecisionPoint = Readonly<z.output<typeof pointSchema>>;
/**
 * What is scored of an answer.
 *
 * @internal
 */
export type Decision = Readonly<z.output<typeof decisionSchema>>;

/** The address of a benchmark: answers to another one cannot be compared with answers to this. */
export function benchmarkHash(benchmark: Benchmark): string {
  return hashJson(benchmark).slice(0, 16);
}
