/** What is sent to a person: an alert or a report, as data that every channel writes in its own way. */
import type { AlertSeverity } from "../alert.ts";

/** A paragraph with its head; an empty head is none. */
export interface NoticeSection {
  /** One line; empty for none. */
  readonly head: string;
  /** Plain text. */
  readonly text: string;
}

/** Something that is sent to a person. Equal sessions make equal notices, also after a kill. */
export interface Notice {
  /** Unique among all notices of a session, and the same whenever it is made. */
  readonly id: string;
  /** What it tells of. */
  readonly kind: "alert" | "report";
  /** Of an alert; null of a report. */
  readonly severity: AlertSeverity | null;
  /** Name of the session's folder. */
  readonly session: string;
  /** Where its bars come from, in words; synthetic bars are said in capitals. */
  readonly source: string;
  /** Market time, ms UTC. */
  readonly time: number;
  /** One line. */
  readonly title: string;
  /** What a channel that shows little shows of it. */
  readonly sections: readonly NoticeSection[];
  /** Names and values, at most ten. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** Everything in plain text, as many lines as it takes. */
  readonly text: string;
  /** Paths of the files that hold it; of a report its text and its page. */
  readonly files: readonly string[];
}
