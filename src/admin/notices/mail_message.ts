/** A notice as a mail. */
import { hashJson } from "../../core/hash.ts";
import { cut, oneLine } from "./cut.ts";
import type { Notice } from "./notice.ts";

/** Lengths in UTF-16 units: of a subject, so that phones show it; of a body, far above any report. */
export const MAIL_LIMITS = { subject: 140, text: 200_000 } as const;

/** A mail without its sender and receivers. */
export interface MailMessage {
  readonly subject: string;
  readonly text: string;
  /** The same however often a notice is sent: mail programs show it once. */
  readonly messageId: string;
  /** Files that go with it. */
  readonly attachments: readonly string[];
}

/** The mail of a notice. Of its files only pages go with it, as its text holds the rest. @param again True if it may have been sent before. */
export function mailMessage(notice: Notice, again = false): MailMessage {
  const { session, title, text, files } = notice;
  const foot = again ? "\n\nMay have come before: its first sending was cut short." : "";
  return {
    subject: cut(oneLine(`[PopAgent] ${session}: ${title}`), MAIL_LIMITS.subject),
    text: `${cut(text, MAIL_LIMITS.text)}${foot}\n\n-- \n${notice.id}\n`,
    messageId: `<${hashJson(notice).slice(0, 32)}@popagent.invalid>`,
    attachments: files.filter((file) => file.endsWith(".html")),
  };
}
