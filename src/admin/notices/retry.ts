/** How often a notice is tried, and how long after a failure: data. */

/** Terms of trying again. */
export interface RetryTerms {
  /** Sendings of one notice, the first included. */
  readonly tries: number;
  /** ms after the first failure, and by what it grows with each that follows. */
  readonly firstMs: number;
  readonly factor: number;
  /** Most ms of a wait of our own, and of one that a channel asks for. */
  readonly mostMs: number;
  readonly mostAskedMs: number;
}

/** About an hour for a notice whose channel is down. */
export const DECLARED_RETRY: RetryTerms = {
  tries: 12,
  firstMs: 5000,
  factor: 2,
  mostMs: 600_000,
  mostAskedMs: 3_600_000,
};

/**
 * ms to wait after a failure.
 *
 * @param failures Of the channel in a row, >= 1.
 * @param asked ms that the channel asks for; null where it says nothing.
 */
export function waitAfter(terms: RetryTerms, failures: number, asked: number | null): number {
  const own = Math.min(terms.mostMs, terms.firstMs * terms.factor ** (failures - 1));
  return asked === null ? own : Math.max(own, Math.min(terms.mostAskedMs, asked));
}
