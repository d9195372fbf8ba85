/** A reply, read: what it is worth is an outcome to count, never a crash. */
import type { AnswerForm } from "./answer_form.ts";
import { envelopeOf, type Served } from "./envelope.ts";
import { type Failure, failureIn } from "./failure.ts";
import { jsonIn, type Mending } from "./json_text.ts";
import type { RawReply } from "./raw_reply.ts";
import type { Usage } from "./usage.ts";

/** What a reply turned out to be. */
export type Verdict<Value> =
  /** Fits the form as it came. */
  | { readonly kind: "proposal"; readonly value: Value }
  /** Fits the form after its fence, words around it or faults in its JSON were mended. */
  | { readonly kind: "repaired"; readonly value: Value; readonly mendings: readonly Mending[] }
  | { readonly kind: "wrongSchema"; readonly issues: readonly string[]; readonly text: string }
  | { readonly kind: "noJson"; readonly text: string }
  | { readonly kind: "empty" }
  | { readonly kind: "refused"; readonly text: string }
  | { readonly kind: "truncated"; readonly text: string }
  /** Status 200 with a page, broken JSON or no choice in it. */
  | { readonly kind: "foreign"; readonly what: "html" | "notJson" | "noChoice"; readonly text: string }
  /** No reply, or an error with status 200. */
  | { readonly kind: "failed"; readonly failure: Failure };

/** A verdict and what the reply said about itself. */
export interface Reading<Value> {
  readonly verdict: Verdict<Value>;
  readonly usage: Usage | null;
  readonly served: Served;
}

const NOBODY: Served = { model: null, fingerprint: null, host: null };

/** Reads a reply against a form; without one its text is the value. */
export function readReply<Value>(reply: RawReply, form: AnswerForm<Value> | null): Reading<Value> {
  const failure = failureIn(reply);
  if (failure) return { verdict: { kind: "failed", failure }, usage: null, served: NOBODY };
  const envelope = envelopeOf(reply.text);
  if (envelope.kind === "error") {
    const { failure, usage } = envelope;
    return { verdict: { kind: "failed", failure }, usage, served: NOBODY };
  }
  if (envelope.kind === "foreign") return { verdict: envelope, usage: null, served: NOBODY };
  const { text, finish, refusal, usage, served } = envelope.completion;
  return { verdict: verdictOf(text, finish, refusal, form), usage, served };
}

function verdictOf<Value>(
  text: string,
  finish: string | null,
  refusal: string | null,
  form: AnswerForm<Value> | null,
): Verdict<Value> {
  if (refusal !== null || finish === "content_filter" || finish === "refusal") {
    return { kind: "refused", text: refusal ?? text };
  }
  if (finish === "length" || finish === "max_tokens") return { kind: "truncated", text };
  if (text.trim() === "") return { kind: "empty" };
  if (form === null) return { kind: "proposal", value: text as Value };
  const json = jsonIn(text);
  if (json.kind === "cut") return { kind: "truncated", text };
  if (json.kind === "none") {
    return REFUSAL.test(text) ? { kind: "refused", text } : { kind: "noJson", text };
  }
  const checked = form.schema.safeParse(json.value);
  if (!checked.success) {
    const issues = checked.error.issues.slice(0, 8).map(({ path, message }) =>
      `${path.map(String).join(".") || "(root)"}: ${message}`
    );
    return { kind: "wrongSchema", issues, text };
  }
  return json.mendings.length === 0
    ? { kind: "proposal", value: checked.data }
    : { kind: "repaired", value: checked.data, mendings: json.mendings };
}

/** How models begin that will not answer, where no field says so. */
const REFUSAL = /^\W*(I('m| am) sorry|sorry|I (can('|no)t|am unable|won't)|as an AI)\b/i;
