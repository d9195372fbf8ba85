import * as z from "zod";
import { answerForm } from "popagent/llm/answer_form.ts";
import type { ServedModel } from "popagent/llm/ladder.ts";
import { type ModelCard, modelSchema, type Provider, providerSchema } from "popagent/llm/model_card.ts";

/** A small decision, as a trader's will be. */
export const decision = answerForm(
  "decision",
  1,
  z.strictObject({ side: z.enum(["long", "short", "flat"]), size: z.number().min(0).max(1) }),
);

/** A model that takes everything, but for what a test changes. */
export function served(card: Partial<ModelCard> = {}, provider: Partial<Provider> = {}): ServedModel {
  return {
    name: "m",
    card: modelSchema.parse({
      provider: "local",
      id: "fake-1",
      structured: ["jsonSchema", "jsonObject", "tool", "plain"],
      temperature: 2,
      topP: true,
      seed: true,
      limitField: "max_tokens",
      context: 8000,
      maxOutput: 1000,
      tokenizer: null,
      price: { input: 1, output: 4, cachedInput: 0.1, date: "2026-09-23", source: "a test" },
      cutoff: null,
      ...card,
    }),
    provider: providerSchema.parse({ baseUrl: "http://127.0.0.1:1/v1", key: null, ...provider }),
  };
}

/** A chat completion as OpenAI sends it. */
export function completion(content: unknown, more: Record<string, unknown> = {}, finish = "stop"): string {
  return JSON.stringify({
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1795348530,
    model: "fake-1",
    system_fingerprint: "fp_x",
    choices: [{
      index: 0,
      finish_reason: finish,
      message: typeof content === "string" ? { role: "assistant", content, refusal: null } : content,
    }],
    usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
    ...more,
  });
}

export const LONG = `{"side":"long","size":0.2}`;
