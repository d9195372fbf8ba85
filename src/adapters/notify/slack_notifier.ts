/** A Slack incoming webhook. Its address is its key: it appears in no message of ours. */
import type { Delivery, Notifier } from "../../admin/notices/notifier.ts";
import { slackMessage } from "../../admin/notices/slack_message.ts";
import { UserError } from "../../core/user_error.ts";
import { type Environment, keyIn } from "../llm/secrets.ts";
import { failed } from "./failure.ts";
import { patience } from "./patience.ts";

/** The variable that is read. */
export const SLACK_VARIABLE = "SLACK_WEBHOOK_URL";

/** Slack's own, and this machine in tests. */
const WEBHOOK = /^https:\/\/hooks\.slack(-gov)?\.com\/[\w/-]+$|^http:\/\/127\.0\.0\.1:\d{1,5}\/[\w/-]*$/;

/** ms between two messages: Slack takes about one a second. */
const GAP_MS = 1100;
/** ms that an answer may take. */
const PATIENCE_MS = 15_000;

/** What the channel needs of the world. */
export interface SlackPorts {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** ms UTC. */
  readonly now: () => number;
  readonly patienceMs?: number;
  readonly gapMs?: number;
}

/** The address that is set. @throws {UserError} If there is none, or it is no webhook of Slack; it is not shown. */
export function slackWebhook(environment: Environment): string {
  const address = keyIn(environment, SLACK_VARIABLE);
  if (address !== null && WEBHOOK.test(address)) return address;
  throw new UserError(
    address === null
      ? `Cannot notify by slack as ${SLACK_VARIABLE} must be set (start it as deno task paper-notify, paper-bybit or one of the -language tasks)`
      : `Cannot notify by slack as ${SLACK_VARIABLE} must be an address of https://hooks.slack.com/services/...`,
  );
}

/** Opens a webhook's channel. */
export function slackNotifier(webhook: string, ports: SlackPorts): Notifier {
  const secrets = [webhook, new URL(webhook).pathname];
  const send: Notifier["send"] = async (notice, again, until) => {
    using limit = patience(ports.patienceMs ?? PATIENCE_MS, until);
    let response: Response, text: string;
    try {
      response = await ports.fetch(webhook, {
        method: "POST",
        headers: { "content-type": "application/json; charset=utf-8" },
        body: JSON.stringify(slackMessage(notice, again)),
        redirect: "manual", // the notice goes to Slack and nowhere else
        signal: limit.signal,
      });
      text = await response.text();
    } catch (error) {
      return unanswered(error, secrets, limit.signal.aborted);
    }
    return response.status === 200 && text.trim() === "ok"
      ? { sent: true }
      : refused(response, text, secrets, ports.now());
  };
  return { channel: "slack", gapMs: ports.gapMs ?? GAP_MS, send };
}

/** An error of the network names the address: nothing of its words is used. */
function unanswered(error: unknown, secrets: readonly string[], cut: boolean): Delivery {
  if (error instanceof Deno.errors.NotCapable) {
    const why =
      "this task has no leave to reach Slack: start it as deno task paper-notify, paper-bybit or one of the -language tasks";
    return failed(why, secrets, { never: true });
  }
  return failed(cut ? "no answer in time" : "the network fails", secrets, { maybe: true });
}

/** What Slack says instead of ok: plain text, in its own words. */
function refused(response: Response, text: string, secrets: readonly string[], now: number): Delivery {
  const { status } = response;
  const words = `HTTP ${status} ${text.trim().slice(0, 80)}`.trim();
  if (status === 429) return failed(words, secrets, { afterMs: askedWait(response.headers, now) });
  const never = status >= 300 && status < 500 && status !== 408;
  return failed(words, secrets, { never, maybe: !never });
}

/** ms of Retry-After, in seconds or as a date; null where it says neither. */
function askedWait(headers: Headers, now: number): number | null {
  const text = headers.get("retry-after") ?? "";
  const ms = /^\d+$/.test(text) ? 1000 * Number(text) : Date.parse(text) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}
