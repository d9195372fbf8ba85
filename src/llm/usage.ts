/** Tokens that a reply used, from the forms in which providers report them. */
import * as z from "zod";

/** @internal The shape stands in the schema. */
export const usageSchema = z.strictObject({
  /** Tokens of the prompt, cached ones included. */
  input: z.int().min(0),
  cachedInput: z.int().min(0),
  /** Tokens of the answer, thoughts included. */
  output: z.int().min(0),
  reasoning: z.int().min(0),
  /** What the provider says it charges, USD; null where it does not say. */
  reportedDollars: z.number().min(0).nullable(),
});

/**
 * Tokens used.
 *
 * @internal
 */
export type Usage = Readonly<z.output<typeof usageSchema>>;

const count = z.int().min(0).nullish().catch(null);
const details = z.looseObject({ cached_tokens: count, reasoning_tokens: count }).nullish().catch(null);
const reported = z.looseObject({
  prompt_tokens: count,
  input_tokens: count,
  completion_tokens: count,
  output_tokens: count,
  prompt_tokens_details: details,
  input_tokens_details: details,
  completion_tokens_details: details,
  output_tokens_details: details,
  /** DeepSeek's. */
  prompt_cache_hit_tokens: count,
  /** OpenRouter's, USD. */
  cost: z.number().min(0).nullish().catch(null),
});

/** The usage that a reply reports; null if it reports none that can be charged by. */
export function usageIn(value: unknown): Usage | null {
  const parsed = reported.safeParse(value);
  if (!parsed.success) return null;
  const one = parsed.data;
  const input = one.prompt_tokens ?? one.input_tokens;
  const output = one.completion_tokens ?? one.output_tokens;
  if (input == null || output == null) return null;
  const cached = one.prompt_cache_hit_tokens ??
    (one.prompt_tokens_details ?? one.input_tokens_details)?.cached_tokens ?? 0;
  return {
    input,
    cachedInput: Math.min(cached, input),
    output,
    reasoning: (one.completion_tokens_details ?? one.output_tokens_details)?.reasoning_tokens ?? 0,
    reportedDollars: one.cost ?? null,
  };
}
