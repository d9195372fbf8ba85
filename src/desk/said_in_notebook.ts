/** Errors of a cell: what happened, where, and what to write next. */
import { fromHere } from "../adapters/files/from_here.ts";
import { UserError } from "../core/user_error.ts";

/** A run that its signal ended; `cause` is the signal's reason. */
export function stoppedError(reason: unknown, out: string, began: boolean): UserError {
  const why = reason instanceof Error ? reason.message : String(reason);
  return new UserError(
    began
      ? `The run was stopped by its signal (${why}). What it did is kept in ${
        fromHere(out)
      }: the same call with ` +
        "{ resume: true } goes on from there, without it the run begins anew."
      : `The run was not begun as its signal had been aborted before (${why}). Give a fresh signal.`,
    { cause: reason },
  );
}

/** A run that cannot be gone on from, with where it was looked for and what to write instead. */
export function resumeError(error: unknown, out: string): unknown {
  if (!(error instanceof UserError) || !error.message.startsWith("Cannot resume")) return error;
  return new UserError(
    `${error.message}\nLooked in ${fromHere(out)}. Give the settings and bars that it began with, or leave ` +
      "resume out to begin anew.",
    { cause: error },
  );
}

/** Advice for a command line, and what a notebook writes for it. Whatever is read from mod.ts must stand here. */
const NOTEBOOK_WORDS: readonly (readonly [RegExp, string])[] = [
  [
    /--set universe\.coins=\[BTC, \.\.\.\]/g,
    'coins: ["BTC"] in loadMarket, universe: { coins: ["BTC"] } in settings',
  ],
  [/--synthetic default/g, 'loadMarket({ synthetic: {} }), or data: { source: "synthetic" } in settings'],
  [/give --opening one of holdout open, or take/g, "the command line alone opens them; take"],
  [/without --resume/g, "without resume: true"],
  [/--extensions <path([^>]*)> \(in a notebook: [^)]*\)/g, "explain(run, { extensions: [path$1], ... })"],
  [/--extensions <path>/g, "extensions: [path]"],
  [/--extensions (\S+)/g, 'extensions: ["$1"]'],
  [/\(--data\)/g, "(folder: path, or market where it was given rows)"],
];

/** A message for a command line in the words of a notebook. */
export function notebookWords(message: string): string {
  return NOTEBOOK_WORDS.reduce((text, [command, cell]) => text.replace(command, cell), message);
}

/**
 * What `work` gives.
 *
 * @throws {UserError} Its own, with advice for a command line put as a notebook writes it; the first error is the cause.
 */
export async function inNotebookWords<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof UserError || cause instanceof RangeError)) throw cause;
    const said = notebookWords(cause.message);
    if (said === cause.message) throw cause;
    throw cause instanceof UserError ? new UserError(said, { cause }) : new RangeError(said, { cause });
  }
}
