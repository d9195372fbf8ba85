import { distance } from "fastest-levenshtein";

/** Edits beyond which two words have nothing to do with one another. */
const MOST_EDITS = 3;
/** Names of one suggestion. */
const MOST_NAMES = 3;

/**
 * The names that somebody who wrote `word` may have meant, at most three, in their order: those that differ from
 * it in case, underscores and hyphens only, else those with the fewest edits (at most 3, and half the word),
 * else those it begins.
 */
export function nearest(word: string, names: readonly string[]): string[] {
  const asked = fold(word);
  if (asked.length < 2) return []; // one edit makes it anything
  const edits = names.map((name) => distance(asked, fold(name)));
  const fewest = Math.min(...edits);
  if (fewest <= Math.min(MOST_EDITS, Math.ceil(asked.length / 2))) {
    return names.filter((_, i) => edits[i] === fewest).slice(0, MOST_NAMES);
  }
  return asked.length < 3 ? [] : names.filter((name) => fold(name).startsWith(asked)).slice(0, MOST_NAMES);
}

/**
 * The keys that somebody who wrote the dotted path `word` may have meant: those with its last part (transferTau
 * for population.transferTau), else the nearest by their whole path, else by their last part.
 */
export function nearestKeys(word: string, keys: readonly string[]): string[] {
  const asked = fold(leafOf(word));
  const named = keys.filter((key) => fold(leafOf(key)) === asked);
  if (named.length > 0) return named.slice(0, MOST_NAMES);
  const whole = nearest(word, keys);
  if (whole.length > 0) return whole;
  const leaves = new Set(nearest(leafOf(word), [...new Set(keys.map(leafOf))]));
  return keys.filter((key) => leaves.has(leafOf(key))).slice(0, MOST_NAMES);
}

function leafOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

/** A word without what people vary. */
function fold(word: string): string {
  return word.slice(0, 80).toLowerCase().replace(/[-_ ]/g, "");
}
