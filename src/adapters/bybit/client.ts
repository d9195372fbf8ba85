/** Asks Bybit's public endpoints, one request at a time, patiently. */
import * as z from "zod";
import { printable } from "../../core/printable.ts";
import { UserError } from "../../core/user_error.ts";
import { envelopeSchema } from "./messages.ts";
import { adviceOn, type Failure } from "./patience.ts";

/** What a client needs of the world. */
export interface ClientPorts {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** ms UTC. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Told before every wait for another try: why, and for how long, ms. */
  readonly onWait: (why: string, ms: number) => void;
}

/** Parameters of a request; `cursor` comes encoded from the exchange and goes back as it is. */
export type Parameters = Readonly<Record<string, string | number>>;

/** Public endpoints as a function. */
export interface BybitClient {
  /** @throws {UserError} If the exchange refuses, or does not answer however often it is asked. */
  get<Schema extends z.ZodType>(
    path: string,
    parameters: Parameters,
    schema: Schema,
  ): Promise<z.output<Schema>>;
}

/** A request that takes longer is taken for cut, ms. */
const PATIENCE = 30_000;

/** @param baseUrl Such as https://api.bybit.com. */
export function bybitClient(baseUrl: string, ports: ClientPorts): BybitClient {
  let notBefore = 0; // the exchange said that the next request would be one too many

  async function once<Schema extends z.ZodType>(
    url: string,
    schema: Schema,
  ): Promise<{ readonly result: z.output<Schema> } | { readonly failure: Failure }> {
    let response: Response, text: string;
    try {
      const headers = { accept: "application/json" };
      response = await ports.fetch(url, {
        headers,
        signal: AbortSignal.timeout(PATIENCE),
        redirect: "error",
      });
      text = await response.text();
    } catch (error) {
      if (error instanceof Deno.errors.NotCapable) throw notAllowed(baseUrl);
      return { failure: { kind: "cut", reason: reasonOf(error) } };
    }
    const resetAt = numberIn(response.headers, "x-bapi-limit-reset-timestamp");
    if (response.headers.get("x-bapi-limit-status") === "0" && resetAt !== null) notBefore = resetAt;
    if (!response.ok) {
      const seconds = numberIn(response.headers, "retry-after");
      const retryAfter = seconds === null ? null : 1000 * seconds;
      return { failure: { kind: "status", status: response.status, text: text.slice(0, 500), retryAfter } };
    }
    const envelope = envelopeSchema.safeParse(jsonOf(text));
    if (!envelope.success) return { failure: { kind: "shape", text: printable(text, 60) } };
    const { retCode, retMsg, result } = envelope.data;
    if (retCode !== 0) {
      return { failure: { kind: "code", code: retCode, text: printable(retMsg, 200), resetAt } };
    }
    const parsed = schema.safeParse(result);
    if (parsed.success) return { result: parsed.data };
    const [issue] = parsed.error.issues;
    return { failure: { kind: "shape", text: `${z.core.toDotPath(issue!.path)} ${issue!.message}` } };
  }

  return {
    async get(path, parameters, schema) {
      const query = Object.entries(parameters).map(([name, value]) =>
        `${name}=${name === "cursor" ? value : encodeURIComponent(value)}`
      ).join("&");
      for (let attempt = 1;; attempt++) {
        const early = notBefore - ports.now();
        if (early > 0) await ports.sleep(Math.min(early, PATIENCE));
        const reply = await once(`${baseUrl}${path}${query === "" ? "" : `?${query}`}`, schema);
        if ("result" in reply) return reply.result;
        const advice = adviceOn(reply.failure, attempt, ports.now());
        if (advice.kind === "stop") {
          const of = parameters.symbol === undefined ? "" : ` of ${parameters.symbol}`;
          throw new UserError(`Cannot fetch ${path}${of} from ${printable(baseUrl)} as ${advice.why}.`);
        }
        ports.onWait(advice.why, advice.ms);
        await ports.sleep(advice.ms);
      }
    },
  };
}

function notAllowed(baseUrl: string): UserError {
  return new UserError(
    `Cannot reach ${
      printable(baseUrl)
    } as this command has no leave to: start it as deno task fetch, which ` +
      "may reach Bybit's public hosts (permissions.fetch in deno.json) and nothing else.",
  );
}

/** What went wrong below a failed fetch, which itself says "fetch failed" only. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function numberIn(headers: Headers, name: string): number | null {
  const text = headers.get(name);
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a page of a gateway, or cut: the schema refuses it
  }
}
