/** Throws if a statistic has fewer values than it needs. */
export function requireCount(values: ArrayLike<number>, least: number, what: string): void {
  if (values.length < least) {
    throw new RangeError(
      `Cannot compute ${what} as it needs at least ${least} values: current value is ${values.length}`,
    );
  }
}

/** Throws if two series that belong together differ in length. */
export function requireSameLength(a: ArrayLike<unknown>, b: ArrayLike<unknown>, what: string): void {
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
