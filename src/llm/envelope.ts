/** The envelope of a chat completion, read loosely: what compatible servers leave out or add is no fault. */
import * as z from "zod";
import { type Failure, kindOf, messageIn } from "./failure.ts";
import { type Usage, usageIn } from "./usage.ts";

/** What a reply says, taken out of its envelope. */
export interface Completion {
  /** The text, or the arguments of the function that was called. */
  readonly text: string;
  readonly finish: string | null;
  readonly refusal: string | null;
  readonly usage: Usage | null;
  /** The model, its fingerprint and the host, as the reply names them. */
  readonly served: Served;
}

/** Who answered. */
export interface Served {
  /** The model. */
  readonly model: string | null;
  /** OpenAI's system_fingerprint. */
  readonly fingerprint: string | null;
  /** The host that OpenRouter chose. */
  readonly host: string | null;
}

/** A completion, an error that came with status 200, or something that is no completion at all. */
export type Envelope =
  | { readonly kind: "completion"; readonly completion: Completion }
  | { readonly kind: "error"; readonly failure: Failure; readonly usage: Usage | null }
  | { readonly kind: "foreign"; readonly what: "html" | "notJson" | "noChoice"; readonly text: string };

const text = z.string().nullish().catch(null);
const fault = z.union([z.string(), z.looseObject({})]);
const part = z.looseObject({ text });
const message = z.looseObject({
  content: z.union([z.string(), z.array(part)]).nullish().catch(null),
  refusal: text,
  tool_calls: z.array(z.looseObject({ function: z.looseObject({ arguments: text }) })).nullish().catch(null),
});
const body = z.looseObject({
  model: text,
  system_fingerprint: text,
  provider: text,
  choices: z.array(z.looseObject({ finish_reason: text, message, error: fault.nullish().catch(null) })).min(
    1,
  ),
  usage: z.unknown().optional(), // unknown alone makes the key required
});
const errorBody = z.looseObject({ error: fault });

/** Reads the body of a reply with status 200. */
export function envelopeOf(raw: string): Envelope {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    const what = /^\s*<(!doctype|html|head|body|\?xml)/i.test(raw) ? "html" : "notJson";
    return { kind: "foreign", what, text: raw };
  }
  const parsed = body.safeParse(value);
  if (!parsed.success) {
    const wrong = errorBody.safeParse(value);
    return wrong.success
      ? { kind: "error", failure: failureOf(wrong.data.error), usage: null }
      : { kind: "foreign", what: "noChoice", text: raw };
  }
  const { choices: [first], usage, model, system_fingerprint, provider } = parsed.data;
  if (first!.error) { // OpenRouter: the host failed while it wrote, and what it wrote is no answer
    return { kind: "error", failure: failureOf(first!.error), usage: usageIn(usage) };
  }
  const { content, refusal, tool_calls } = first!.message;
  const said = typeof content === "string" ? content : (content ?? []).map((one) => one.text ?? "").join("");
  return {
    kind: "completion",
    completion: {
      text: tool_calls?.[0]?.function.arguments ?? said,
      finish: first!.finish_reason ?? null,
      refusal: refusal || null, // some servers send ""
      usage: usageIn(usage),
      served: { model: model ?? null, fingerprint: system_fingerprint ?? null, host: provider ?? null },
    },
  };
}

/** An error in a body: its own number says what it is, where it has one. */
function failureOf(error: unknown): Failure {
  const code = typeof error === "object" ? Number((error as { readonly code?: unknown }).code) : NaN;
  const status = Number.isInteger(code) && code >= 400 && code < 600 ? code : 502;
  const raw = JSON.stringify({ error });
  return { kind: kindOf(status, raw), text: `HTTP 200 with an error: ${messageIn(raw)}`, retryAfterMs: null };
}
