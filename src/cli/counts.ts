import { UserError } from "../core/user_error.ts";

/** Reads a flag that counts something. @throws {UserError} If it is no whole number, or not from `least` to `most`. */
export function countOf(text: string, flag: string, least = 1, most = Infinity): number {
  const value = /^\d+$/.test(text.trim()) ? Number(text) : NaN;
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  const range = most === Infinity ? `>= ${least}` : `from ${least} to ${most}`;
  throw new UserError(`Cannot read ${flag} as it must be an integer ${range}: current value is ${text}`);
}

/** Reads a flag that is a number in plain decimals. @throws {UserError} If it is none, or not from `least` to `most`. */
export function decimalOf(text: string, flag: string, least: number, most: number): number {
  const value = /^-?(\d+(\.\d*)?|\.\d+)$/.test(text.trim()) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new UserError(
    `Cannot read ${flag} as it must be a number from ${least} to ${most}: current value is ${text}`,
  );
}
