import { UserError } from "../../core/user_error.ts";

/** Where a CSV breaks a rule. The message says the same in words. */
export class BybitCsvError extends UserError {
  override readonly name = "BybitCsvError";
  constructor(
    readonly file: string,
    /** Line of the file, the header being 1. */
    readonly line: number,
    readonly column: string,
    readonly value: string,
    readonly rule: string,
    /** Lines that break this rule in this column. */
    readonly count: number,
  ) {
    super(
      `Cannot read ${file}, line ${line}, column ${column}, as ${rule}: current value is ${
        value === "" ? "empty" : value
      }` +
        `${count > 1 ? ` (the first of ${count} such lines)` : ""}. ` +
        `Nothing was repaired: correct the file or download it again.`,
    );
  }
}

/** Line of the first row of a file; line 1 is the header. */
export const FIRST_LINE = 2;
