/** Why a call brought no reply: told apart, since some pass by waiting and some never do. */
import type { RawReply } from "./raw_reply.ts";

/** Kinds of failure. */
export type FailureKind =
  | "rateLimited"
  | "quota"
  | "serverFault"
  | "timeout"
  | "connection"
  | "unreachable"
  | "keyRefused"
  | "modelUnknown"
  | "notSupported"
  | "badRequest"
  | "filtered"
  | "budget"
  | "priceUnknown"
  | "keyMissing"
  | "notRecorded"
  | "tooLong";

/** A failure in words. */
export interface Failure {
  /** What can be done about it. */
  readonly kind: FailureKind;
  /** The provider's words, shortened. */
  readonly text: string;
  /** What the provider asked to wait, ms; null if nothing. */
  readonly retryAfterMs: number | null;
}

/** Failures that may be over at the next try. */
const PASSING: ReadonlySet<FailureKind> = new Set([
  "rateLimited",
  "serverFault",
  "timeout",
  "connection",
  "unreachable",
]);

/** Failures that the same call meets again: it is the call that is wrong. */
const LASTING: ReadonlySet<FailureKind> = new Set(["notSupported", "badRequest", "filtered"]);

/** Failures that say nothing of a model: who asked had no key, money, network, price or cassette, or a wrong name. */
const UNPUT: ReadonlySet<string> = new Set<FailureKind>([
  "budget",
  "priceUnknown",
  "keyMissing",
  "keyRefused",
  "quota",
  "unreachable",
  "modelUnknown",
  "notRecorded",
]);

/** True of a reason for which a question was never put to the model. @param reason Of an abstention; null without one. */
export function isUnput(reason: string | null): boolean {
  return reason !== null && UNPUT.has(reason);
}

/** True if the same call may succeed later. */
export function mayPass({ kind }: Failure): boolean {
  return PASSING.has(kind);
}

/** True if the same call fails for ever, so that a recording of it is worth keeping. */
export function lasts({ kind }: Failure): boolean {
  return LASTING.has(kind);
}

/** True if it is certain that nothing was charged for: the provider refused, or was never reached. */
export function isFree({ kind }: Failure): boolean {
  return kind !== "timeout" && kind !== "connection";
}

/** The failure in a reply that is none, or null for a body that is to be read. */
export function failureIn(reply: RawReply): Failure | null {
  switch (reply.kind) {
    case "body":
      return null;
    case "cut":
      return { kind: reply.reason, text: reply.text, retryAfterMs: null };
    case "unasked":
      return { kind: reply.reason, text: reply.text, retryAfterMs: null };
    case "status":
      return {
        kind: kindOf(reply.status, reply.text),
        text: `HTTP ${reply.status}: ${messageIn(reply.text)}${waitText(reply.retryAfterMs)}`,
        retryAfterMs: reply.retryAfterMs,
      };
  }
}

/** What the provider asks to wait, which may be why it was not asked again. */
function waitText(ms: number | null): string {
  return ms === null ? "" : ` (it asks to wait ${Math.ceil(ms / 1000)} s)`;
}

/** The kind of an error by its status (or the number in its body) and its words. Sources: the providers' error pages. */
export function kindOf(status: number, text: string): FailureKind {
  if (status === 402 || NO_MONEY.test(text)) return "quota";
  if (status === 429) return "rateLimited";
  if (status === 401) return "keyRefused";
  if (status === 403) return /moderation|flagged|policy/i.test(text) ? "filtered" : "keyRefused";
  if (status === 404 || /model_not_found/.test(text)) return "modelUnknown";
  if (status === 408 || status === 409 || status >= 500) return "serverFault";
  if (/content_filter|content_policy/.test(text)) return "filtered";
  return NOT_SUPPORTED.test(text) ? "notSupported" : "badRequest";
}

/** What providers say when the account is empty. Anthropic says it with status 400, as of a request that is wrong. */
const NO_MONEY = /insufficient[_ ](quota|balance|credits)|credit balance is too low/i;

/** What providers say of a way to ask for JSON that they do not know. */
const NOT_SUPPORTED =
  /response_format|json_schema|json_object|tool_choice|\btools?\b.{0,40}(support|allowed)|function.?call/i;

/** The message in an error's JSON, whatever its form; the beginning of anything else. */
export function messageIn(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text.slice(0, 200); // a page of a gateway
  }
  const { error, message } = (value ?? {}) as { readonly error?: unknown; readonly message?: unknown };
  const inner = typeof error === "object" && error !== null
    ? (error as { readonly message?: unknown }).message
    : error;
  const words = inner ?? message ?? text;
  return (typeof words === "string" ? words : JSON.stringify(words)).slice(0, 200);
}
