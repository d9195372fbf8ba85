/**
 * Openings of sealed data: who opened them for which experiment and why, and each use of an opening. A line of JSON
 * each, in one file, each with the hash of the line before, so that none can be changed or taken out unseen.
 */
import { dirname } from "node:path";
import { canonicalJson, sha256 } from "../../core/hash.ts";
import { printable } from "../../core/printable.ts";
import { UserError } from "../../core/user_error.ts";

/** Leave to see what is sealed, for one experiment. */
export interface Opening {
  /** Ten signs that commands take: --opening. */
  readonly id: string;
  /** Name of the experiment it is for. */
  readonly experiment: string;
  /** Hash of its registration; null where it had none, and what is made from it only explores. */
  readonly registration: string | null;
  readonly reason: string;
  /** ISO time. */
  readonly time: string;
}

/** One use of an opening, as it stands in the log: what was opened, and when. */
export type OpeningUse = Readonly<Record<string, string | number>>;

/** What a log of openings holds. */
export interface OpeningLog {
  readonly openings: readonly Opening[];
  readonly uses: readonly OpeningUse[];
}

/**
 * Opens sealed data for an experiment: an entry in the log, and nothing is read yet.
 *
 * @throws {UserError} If experiment or reason is blank, or the log was changed.
 */
export function openHoldout(logFile: string, asked: Omit<Opening, "id">): Opening {
  for (const [flag, text] of [["--experiment", asked.experiment], ["--reason", asked.reason]] as const) {
    if (text.trim() === "") {
      throw new UserError(
        `Cannot open sealed data as ${flag} must say something: current value is ${printable(text)}`,
      );
    }
  }
  const previous = lastHash(logFile);
  const id = sha256(canonicalJson({ ...asked, previous: previous ?? "" })).slice(0, 10);
  append(logFile, { opening: id, ...asked });
  return { id, ...asked };
}

/** Everything in a log; nothing where there is none. @throws {UserError} If a line was changed or taken out. */
export function readOpenings(logFile: string): OpeningLog {
  const entries = linesOf(logFile).map((line) => JSON.parse(line) as Record<string, unknown>);
  return {
    openings: entries.filter(({ opening }) => typeof opening === "string").map(
      ({ opening, previous: _, ...said }) => ({ id: opening, ...said }) as unknown as Opening,
    ),
    uses: entries.filter(({ opening }) => opening === undefined) as unknown as OpeningUse[],
  };
}

/** The opening of an ID. @throws {UserError} If the log holds none, or was changed. */
export function openingNamed(logFile: string, id: string): Opening {
  const { openings } = readOpenings(logFile);
  const found = openings.find((one) => one.id === id);
  if (found) return found;
  throw new UserError(
    `Cannot open sealed data as --opening must name one that holdout open gave: ${
      printable(id)
    } is none of ` +
      `${openings.length === 0 ? "none" : openings.map((one) => one.id).join(", ")}. ` +
      "deno task popagent holdout open --experiment <grid> --reason <text>",
  );
}

/** Enters a use of an opening, before any row is handed out. */
export function useOpening(logFile: string, { id }: Opening, opened: OpeningUse, time: string): void {
  append(logFile, { ...opened, used: id, time });
}

function append(logFile: string, entry: Readonly<Record<string, unknown>>): void {
  const line = canonicalJson({ ...entry, previous: lastHash(logFile) });
  Deno.mkdirSync(dirname(logFile), { recursive: true });
  Deno.writeTextFileSync(logFile, `${line}\n`, { append: true });
}

/** Hash of the last line; null in an empty log. */
function lastHash(logFile: string): string | null {
  const last = linesOf(logFile).at(-1);
  return last === undefined ? null : sha256(last);
}

/** The lines, their chain checked; those of version 0.1.0, which have none, come first. */
function linesOf(logFile: string): string[] {
  const lines = textOf(logFile).split("\n").filter((line) => line !== "");
  let chained = false;
  lines.forEach((line, i) => {
    const entry = entryIn(line);
    chained ||= entry !== null && "previous" in entry;
    const before = i === 0 ? null : sha256(lines[i - 1]!);
    if (entry !== null && (!chained || entry.previous === before)) return;
    throw new UserError(
      `Cannot trust ${logFile} as each line must hold the hash of the one before: line ${
        i + 1
      } does not, so that ` +
        "one was changed or taken out. Take the file back from a copy.",
    );
  });
  return lines;
}

function entryIn(line: string): Record<string, unknown> | null {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null; // said by the caller, with its line
  }
}

function textOf(logFile: string): string {
  try {
    return Deno.readTextFileSync(logFile);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}
