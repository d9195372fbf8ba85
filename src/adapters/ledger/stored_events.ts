import type { RecordedEvent } from "../../events/event.ts";
import type { ResultFiles } from "./result_files.ts";

/** The events of a cell, by the hash that they are kept under. @throws {UserError} If they are gone or were changed. */
export function storedEvents(results: ResultFiles, hash: string): RecordedEvent[] {
  const lines = new TextDecoder().decode(results.read(hash, "jsonl")).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as RecordedEvent);
}
