import { UserError } from "../core/user_error.ts";

/** Reads a flag that counts something. @throws {UserError} If it is no whole number, or below `least`. */
export function countOf(text: string, flag: string, least = 1): number {
  const value = /^\d+$/.test(text.trim()) ? Number(text) : NaN;
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new UserError(`Cannot read ${flag} as it must be an integer >= ${least}: current value is ${text}`);
}
