/** Whether the numbers that a rationale cites stand in what the model was shown. */

/** Counts of numbers in a rationale. */
export interface Grounding {
  readonly numbers: number;
  /** Found in what was shown. */
  readonly matched: number;
  /** Found in the observation of another decision: what luck and common numbers give. */
  readonly elsewhere: number;
}

const TOLERANCE = 0.01;
/** As many as a number can be told to have; small models write zeros by the hundred. */
const MOST_DECIMALS = 15;

/**
 * Counts the numbers of a rationale that an observation holds: within 1 %, or equal to it when rounded to the digits that
 * are cited, as a fraction or in percent, whatever the sign ("fell 2 %" cites -0.02).
 *
 * @param shown What the model saw.
 * @param other What it did not see.
 */
export function groundingOf(rationale: string, shown: unknown, other: unknown): Grounding {
  const cited = [...rationale.matchAll(/\d+(?:\.\d+)?(?:e-?\d+)?/gi)].map(([text]) => text);
  const here = numbersIn(shown), there = numbersIn(other);
  const found = (numbers: readonly number[]) => cited.filter((text) => isAmong(text, numbers)).length;
  return { numbers: cited.length, matched: found(here), elsewhere: found(there) };
}

/** Absolute values of all numbers in plain data, keys that are numbers included (horizons, levels). */
function numbersIn(value: unknown): readonly number[] {
  if (typeof value === "number") return [Math.abs(value)];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(numbersIn);
  return Object.entries(value).flatMap(([name, one]) => [
    ...(/^\d+(\.\d+)?$/.test(name) ? [Number(name)] : []),
    ...numbersIn(one),
  ]);
}

function isAmong(text: string, numbers: readonly number[]): boolean {
  const cited = Number(text), decimals = Math.min(MOST_DECIMALS, /\.(\d+)/.exec(text)?.[1]?.length ?? 0);
  return numbers.some((number) =>
    [number, 100 * number].some((value) =>
      Math.abs(cited - value) <= TOLERANCE * value || Number(value.toFixed(decimals)) === cited
    )
  );
}
