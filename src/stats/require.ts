import { shown } from "../core/shown.ts";

/** Throws if what is given is no list of numbers: a whole back-test has no length, and every loop over it is empty. */
export function requireSeries(values: ArrayLike<unknown>, what: string): void {
  if (typeof values === "object" && typeof (values as typeof values | null)?.length === "number") return;
  throw new RangeError(
    `Cannot compute ${what} as it must be given a list of numbers, such as a back-test's returns: current value is ${
      shown(values)
    }`,
  );
}

/** Throws if a statistic has fewer values than it needs. */
export function requireCount(values: ArrayLike<number>, least: number, what: string): void {
  requireSeries(values, what);
  if (values.length < least) {
    throw new RangeError(
      `Cannot compute ${what} as it needs at least ${least} values: current value is ${values.length}`,
    );
  }
}

/** Throws if two series that belong together differ in length. */
export function requireSameLength(a: ArrayLike<unknown>, b: ArrayLike<unknown>, what: string): void {
  requireSeries(a, what);
  requireSeries(b, what);
  if (a.length !== b.length) {
    throw new RangeError(
      `Cannot compute ${what} as both series must have the same length: current value is ${a.length} and ${b.length}`,
    );
  }
}

/** Throws if a count, such as a number of draws, bins or trials, is not an integer >= least. */
export function requireInteger(value: number, least: number, what: string): void {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`Cannot go on as ${what} must be an integer >= ${least}: current value is ${value}`);
  }
}

/** Throws if a value is not in the open interval (0, 1). */
export function requireFraction(value: number, what: string): void {
  if (!(value > 0 && value < 1)) {
    throw new RangeError(`Cannot go on as ${what} must be in (0, 1): current value is ${value}`);
  }
}

/**
 * Throws if a value is NaN or infinite. A NaN compares false with everything, so that a count of "at least as
 * extreme" would take it for the strongest evidence there is.
 */
export function requireFinite(values: ArrayLike<number>, what: string): void {
  requireSeries(values, what);
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new RangeError(
        `Cannot compute ${what} as every value must be a finite number: current value at ${i} is ${
          values[i]
        }`,
      );
    }
  }
}

/** Throws if an outcome is neither 0 nor 1. */
export function requireBinary(values: ArrayLike<number>, what: string): void {
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== 0 && values[i] !== 1) {
      throw new RangeError(
        `Cannot compute ${what} as every outcome must be 0 or 1: current value at ${i} is ${values[i]}`,
      );
    }
  }
}

/** Throws if a probability is outside [0, 1] or NaN. */
export function requireProbabilities(values: ArrayLike<number>, what: string): void {
  for (let i = 0; i < values.length; i++) {
    if (!(values[i]! >= 0 && values[i]! <= 1)) {
      throw new RangeError(
        `Cannot compute ${what} as every probability must be in [0, 1]: current value at ${i} is ${
          values[i]
        }`,
      );
    }
  }
}

/** Throws if a statistic is NaN; returns it. `distribution` is the one its p-value is read from. */
export function requireStatistic(statistic: number, distribution: string): number {
  if (Number.isNaN(statistic)) {
    throw new RangeError(
      `Cannot find a p-value of the ${distribution} distribution as the statistic must be a number: current value is NaN`,
    );
  }
  return statistic;
}
