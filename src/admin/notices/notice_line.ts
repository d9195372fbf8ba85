/** A notice as a line of a file: JSON, with its time as a person and as a program reads it. */
import type { Notice } from "./notice.ts";

/** Without the line's end. */
export function noticeLine(
  { id, kind, severity, session, source, time, title, text, files }: Notice,
): string {
  const at = new Date(time).toISOString();
  return JSON.stringify({ id, kind, severity, session, source, time, at, title, text, files });
}
