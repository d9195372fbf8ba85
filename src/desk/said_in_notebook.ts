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
