/** One request to a provider, through the openai client, which is loaded when the first is made. */
import type OpenAI from "openai";
import type { ChatCall } from "../../llm/chat_call.ts";
import type { ServedModel } from "../../llm/ladder.ts";
import type { RawReply } from "../../llm/raw_reply.ts";
import { UserError } from "../../core/user_error.ts";
import { type Environment, keyIn, redacted } from "./secrets.ts";

/** Sends a call once. A failure is a reply too; nothing but a missing permission throws. */
export type Transport = (call: ChatCall, served: ServedModel) => Promise<RawReply>;

/** Characters of a reply beyond which it is no answer to a question of ours. */
const MOST_TEXT = 4_000_000;

/** Headers that are sent; what the client would add from the environment, or tells of the machine, is not. */
const SENT: ReadonlySet<string> = new Set(["accept", "authorization", "content-type"]);

/** What the system says of a connection that never was. */
export const NEVER_REACHED = /connection refused|dns error|failed to lookup|unreachable/i;

/** What stands for the key of a server that wants none: the client insists on one. */
const NO_KEY = "none";

/** @param environment Where the keys are. */
export function openaiTransport(environment: Environment): Transport {
  const clients = new Map<string, { readonly client: OpenAI; readonly secrets: readonly string[] }>();

  async function clientOf({ card, provider }: ServedModel) {
    const known = clients.get(card.provider);
    if (known) return known;
    const key = provider.key === null ? null : keyIn(environment, provider.key);
    const { default: Client } = await import("openai");
    const client = new Client({
      apiKey: key ?? NO_KEY,
      baseURL: provider.baseUrl,
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      maxRetries: 0,
      timeout: provider.timeoutSeconds * 1000,
      logLevel: "off",
      fetch: plainFetch,
    });
    const made = { client, secrets: key === null ? [] : [key] };
    clients.set(card.provider, made);
    return made;
  }

  return async (call, served) => {
    const { client, secrets } = await clientOf(served);
    const reply = await send(client, call, served);
    return "text" in reply ? { ...reply, text: redacted(reply.text, secrets) } : reply;
  };
}

function plainFetch(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  const headers = [...new Headers(init?.headers)].filter(([name]) => SENT.has(name));
  return fetch(url, { ...init, headers, redirect: "error" });
}

async function send(client: OpenAI, { body }: ChatCall, { name, provider }: ServedModel): Promise<RawReply> {
  const { APIError } = await import("openai");
  const deadline = new AbortController(); // the client's own timeout ends with the headers
  const timer = setTimeout(() => deadline.abort(), provider.timeoutSeconds * 1000);
  try {
    const response = await client.chat.completions.create(body as never, { signal: deadline.signal })
      .asResponse();
    return { kind: "body", text: await textOf(response) };
  } catch (error) {
    if (deadline.signal.aborted) {
      return { kind: "cut", reason: "timeout", text: `no whole reply within ${provider.timeoutSeconds} s` };
    }
    if (error instanceof APIError && error.status !== undefined) {
      const text = error.error === undefined ? error.message : JSON.stringify({ error: error.error });
      return {
        kind: "status",
        status: error.status,
        text: text.slice(0, MOST_TEXT),
        retryAfterMs: retryAfter(error.headers),
      };
    }
    if (isForbidden(error)) throw notAllowed(name, provider.baseUrl, error);
    const text = reasonOf(error);
    return { kind: "cut", reason: NEVER_REACHED.test(text) ? "unreachable" : "connection", text };
  } finally {
    clearTimeout(timer);
  }
}

/** The text of a reply, cut where it goes beyond all measure. */
export async function textOf(response: Response): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MOST_TEXT) break; // leaving the loop cancels the rest
  }
  return (text + decoder.decode()).slice(0, MOST_TEXT);
}

/** What the headers ask to wait, ms; null if nothing that can be understood. A date is left to our own patience. */
function retryAfter(headers: Headers | undefined): number | null {
  const number = (name: string) => {
    const text = headers?.get(name);
    return text != null && /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
  };
  const seconds = number("retry-after");
  return number("retry-after-ms") ?? (seconds === null ? null : 1000 * seconds);
}

/** The deepest cause of an error in words: the client itself says "Connection error." */
export function reasonOf(error: unknown): string {
  let last = error;
  while (last instanceof Error && last.cause !== undefined) last = last.cause;
  return (last instanceof Error ? last.message : String(last)).slice(0, 200);
}

function isForbidden(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause as Error) {
    if (one instanceof Deno.errors.NotCapable) return true;
  }
  return false;
}

function notAllowed(model: string, baseUrl: string, cause: unknown): UserError {
  return new UserError(
    `Cannot ask ${model} at ${
      new URL(baseUrl).host
    } as this command has no leave to reach it: start it as deno task llm, ` +
      "whose hosts are permissions.llm.net in deno.json, and add the host there if it is a new one.",
    { cause },
  );
}
