/** Which errors are a person's to mend, and what is said of them: one table for all commands. */
import { asUserError } from "../adapters/files/system_error.ts";
import { ledgerRefusal } from "../adapters/ledger/ledger_file.ts";
import { UserError } from "../core/user_error.ts";

/** Errors of libraries that mean a mistake in what they were given, by what they say. */
const LIBRARY_MISTAKES: readonly (readonly [RegExp, string])[] = [
  [
    /^Unresolved alias \(the anchor must be set before the alias\): (.*)$/s,
    "Cannot read the settings as an alias of YAML must follow its anchor: current value is *$1",
  ],
  [
    /^Excessive alias count indicates a resource exhaustion attack$/,
    "Cannot read the settings as YAML's aliases must not multiply beyond measure: write the values out",
  ],
];

/** What to say of an error that a person can mend; null for a fault of the program. */
export function mistakeOf(error: unknown): string | null {
  if (error instanceof UserError || error instanceof RangeError) return error.message;
  const refused = asUserError(error) ?? ledgerRefusal(error);
  if (refused) return refused.message;
  if (!(error instanceof Error)) return null;
  for (const [pattern, sentence] of LIBRARY_MISTAKES) {
    if (pattern.test(error.message)) return error.message.replace(pattern, sentence);
  }
  return null;
}
