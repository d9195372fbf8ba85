/** One call of a model: exactly what is sent, and the hash it is stored by. */
import * as z from "zod";
import { hashJson } from "../core/hash.ts";

/** Ways to ask for JSON, the strictest first: the rungs of the ladder. */
export const RUNGS: readonly Rung[] = ["jsonSchema", "jsonObject", "tool", "plain"];

/** A rung: enforced schema, enforced JSON, a forced function call, or nothing but the prompt. */
export type Rung = "jsonSchema" | "jsonObject" | "tool" | "plain";

/** One message of a conversation. */
export interface Message {
  /** Who speaks. */
  readonly role: "system" | "user" | "assistant";
  /** What is said. */
  readonly content: string;
}

/** @internal The shape stands in the schema. */
export const chatCallSchema = z.strictObject({
  /** The provider's name in the configuration; its address and key are no part of a call. */
  provider: z.string(),
  /** Null where free text is asked for. */
  form: z.strictObject({ name: z.string(), version: z.int() }).nullable(),
  rung: z.enum(RUNGS),
  /** 0, or the number of a repetition of the same question. */
  sample: z.int().min(0),
  /** The request as JSON: model, parameters, messages, schema. */
  body: z.record(z.string(), z.unknown()),
});

/**
 * A call: everything that can change the reply, nothing that is secret.
 *
 * @internal
 */
export type ChatCall = Readonly<z.output<typeof chatCallSchema>>;

/** SHA-256 of a call in canonical JSON: model, parameters, prompt and version of the schema. */
export function callHash(call: ChatCall): string {
  return hashJson(call);
}
