/** How often a model keeps to the form: at the first reply, and after what was mended. */
import { type Share, wilsonShare } from "../../stats/wilson.ts";
import type { ReplyRecord } from "./reply_record.ts";

/** Shares of questions, each with Wilson's interval. */
export interface FormFaults {
  /** Questions asked. */
  readonly asked: number;
  /** First replies that do not fit the form as they came: fenced, wordy, broken, of another shape, cut, empty. */
  readonly first: Share;
  /** Questions without an answer in the form after mending and one further turn; refusals are not among them. */
  readonly final: Share;
  /** Questions that the model, or its provider, would not answer. */
  readonly refused: Share;
  /** Calls that failed (timeouts, limits, no money): nothing of the model's, and left out of the other shares. */
  readonly failed: Share;
  /** How often each fault was found in a first reply. */
  readonly faults: Readonly<Record<string, number>>;
}

const REFUSALS: ReadonlySet<string> = new Set(["refused", "filtered"]);
/** Reasons of an abstention that are the reply's own; all others but refusals are failures of the call. */
const FORM_FAULTS: ReadonlySet<string> = new Set(["wrongSchema", "noJson", "empty", "truncated", "foreign"]);

/** Counts faults of form over questions of any kind. */
export function formFaults(records: readonly ReplyRecord[]): FormFaults {
  const isFailure = ({ reason }: ReplyRecord) =>
    reason !== null && !REFUSALS.has(reason) && !FORM_FAULTS.has(reason);
  const replied = records.filter((record) => !isFailure(record)), n = replied.length;
  const first = replied.map(firstVerdict);
  const faults: Record<string, number> = {};
  for (const verdict of first) {
    if (verdict !== "proposal") faults[verdict] = (faults[verdict] ?? 0) + 1;
  }
  const refused = replied.filter(({ reason }) => reason !== null && REFUSALS.has(reason)).length;
  return {
    asked: records.length,
    first: wilsonShare(first.filter((verdict) => !["proposal", "refused"].includes(verdict)).length, n),
    final: wilsonShare(replied.filter(({ reason }) => reason !== null && FORM_FAULTS.has(reason)).length, n),
    refused: wilsonShare(refused, n),
    failed: wilsonShare(records.length - n, records.length),
    faults,
  };
}

/** What the first reply on the rung that was used turned out to be; a rung that was refused brought none. */
function firstVerdict({ calls }: ReplyRecord): string {
  return calls.find(({ verdict }) => verdict !== "failed")?.verdict ?? "failed";
}
