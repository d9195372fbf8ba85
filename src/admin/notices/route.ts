/** Which notices go through which channel. */
import { UserError } from "../../core/user_error.ts";
import type { AlertSeverity } from "../alert.ts";
import type { Notice } from "./notice.ts";

/** A channel with what it is sent. */
export interface NoticeRoute {
  readonly kind: "file" | "slack" | "mail";
  /** Of a file; empty of others. */
  readonly path: string;
  /** Alerts from this severity on; null for none. */
  readonly alerts: AlertSeverity | null;
  readonly reports: boolean;
}

const WORDS = ["warning", "critical", "reports"];

/**
 * Reads "slack", "mail=critical", "file:data/notices.jsonl=warning,reports" and the like; without words a channel is
 * sent everything.
 *
 * @throws {UserError} If it is none, or says something else.
 */
export function readRoute(text: string): NoticeRoute {
  const [, kind, path = "", given] = /^(file|slack|mail)(?::([^=]+))?(?:=(.*))?$/.exec(text) ?? [];
  const words = given?.split(",") ?? ["warning", "reports"];
  const isKnown = kind !== undefined && (kind === "file") === (path !== "") &&
    words.every((word) => WORDS.includes(word));
  if (!isKnown) {
    throw new UserError(
      "Cannot read --notify as it must be file:<path>, slack or mail, and may say what is sent, e.g. slack=critical or " +
        `mail=critical,reports (words: ${WORDS.join(", ")}): current value is ${text}`,
    );
  }
  return {
    kind: kind as NoticeRoute["kind"],
    path,
    alerts: words.includes("warning") ? "warning" : words.includes("critical") ? "critical" : null,
    reports: words.includes("reports"),
  };
}

/** The name of a route's channel. */
export function channelOf({ kind, path }: Pick<NoticeRoute, "kind" | "path">): string {
  return kind === "file" ? `file:${path}` : kind;
}

/** Whether a notice goes through a route. */
export function takes({ alerts, reports }: NoticeRoute, { severity }: Pick<Notice, "severity">): boolean {
  if (severity === null) return reports;
  return alerts === "warning" || (alerts === "critical" && severity === "critical");
}
