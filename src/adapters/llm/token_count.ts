/** Tokens of a text, by the tokenizers that are public. Their tables are large and loaded when first asked for. */
import type { ModelCard } from "../../llm/model_card.ts";

/** Counts the tokens of a text. */
export type TokenCount = (text: string) => number;

/** An estimate: by the model's tokenizer, or by OpenAI's where its own is not public (off by a fifth or so). */
export async function estimator(tokenizer: ModelCard["tokenizer"]): Promise<TokenCount> {
  const { countTokens } = tokenizer === "cl100k_base"
    ? await import("gpt-tokenizer/encoding/cl100k_base")
    : await import("gpt-tokenizer/encoding/o200k_base");
  return (text) => countTokens(text, { disallowedSpecial: new Set() });
}

/** Share by which a template may exceed the text that is counted. */
const MARGIN = 1.1;

/**
 * A number of tokens that a text cannot exceed. Without a public tokenizer that is its bytes: every tokenizer in
 * use falls back to bytes at worst, so no token stands for less than one.
 */
export async function tokenBound(tokenizer: ModelCard["tokenizer"]): Promise<TokenCount> {
  if (tokenizer === null) return (text) => new TextEncoder().encode(text).length;
  const count = await estimator(tokenizer);
  return (text) => Math.ceil(MARGIN * count(text));
}
