/** Names that somebody wrote into a request against those that there are: a typing error is told, never passed over. */
import { shown } from "./shown.ts";
import { nearest } from "./nearest.ts";

/**
 * Refuses a word that is none of `known`.
 *
 * @param what What could not be done, and what the word is: "Cannot trade as rules".
 * @throws {RangeError} With the nearest of the known names.
 */
export function requireKnown(what: string, word: unknown, known: readonly string[]): void {
  if (typeof word === "string" && known.includes(word)) return;
  throw new RangeError(
    `${what} must be one of ${known.join(", ")}: current value is ${shown(word)}.${hint(word, known)}`,
  );
}

/**
 * Refuses an object that holds keys beside `known`, and what is no object.
 *
 * @param what What could not be done, and what holds the keys: "Cannot trade as costs".
 * @throws {RangeError} With the first such key and the nearest of the known ones.
 */
export function requireKeys(what: string, given: unknown, known: readonly string[]): void {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new RangeError(
      `${what} must be an object of ${known.join(", ")}: current value is ${shown(given)}`,
    );
  }
  const odd = Object.keys(given).find((key) => !known.includes(key));
  if (odd === undefined) return;
  throw new RangeError(`${what} may hold ${known.join(", ")}: it holds ${shown(odd)}.${hint(odd, known)}`);
}

/** " Did you mean fees?", or nothing where no name is near; a name that the word begins with is near: stop of stoploss. */
export function hint(word: unknown, known: readonly string[]): string {
  if (typeof word !== "string") return "";
  const near = nearest(word, known);
  const meant = near.length > 0
    ? near
    : known.filter((name) => word.toLowerCase().startsWith(name.toLowerCase()));
  return meant.length === 0 ? "" : ` Did you mean ${meant.join(" or ")}?`;
}
