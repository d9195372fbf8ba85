import { printable } from "../../core/printable.ts";
import { UserError } from "../../core/user_error.ts";

/** Most characters of a value that a message shows. */
const SHOWN = 60;

/** Where a CSV breaks a rule. The message says the same in words; of foreign text it shows what can be seen. */
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
      `Cannot read ${printable(file)}, line ${line}, column ${printable(column, SHOWN)}, as ${
        printable(rule)
      }: current value is ${value === "" ? "empty" : printable(value, SHOWN)}` +
        `${count > 1 ? ` (the first of ${count} such lines)` : ""}. ` +
        `Nothing was repaired: correct the file or download it again.`,
    );
  }
}

/** Line of the first row of a file; line 1 is the header. */
export const FIRST_LINE = 2;
