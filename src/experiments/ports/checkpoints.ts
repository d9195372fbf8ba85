import type { BookColumns } from "../../simulation/bar_book.ts";

/** What one iteration of a learner leaves, as plain JSON. */
export interface StoredIteration {
  readonly events: readonly unknown[];
  /** Accounting of the window's bars, by account and column. */
  readonly bars: Readonly<Record<string, BookColumns>>;
  /** What else was read off in it, by name and column. */
  readonly readings?: Readonly<Record<string, BookColumns>>;
  /** Returns by place, of a learner that has places. */
  readonly places?: readonly (readonly number[])[];
  /** What was asked for references alone. */
  readonly aside?: readonly unknown[];
}

/** Where a learner stood when it was last stored. */
export interface StoredProgress {
  /** Plain JSON, a few kB. */
  readonly state: unknown;
  /** All iterations so far, in order. */
  readonly iterations: readonly StoredIteration[];
}

/**
 * Port: keeps a learner's progress, so that a killed run loses at most the iteration under way. What an
 * iteration costs does not grow with those before it.
 */
export interface Checkpoints {
  /** Null if nothing is stored of this learner. */
  load(learner: string): StoredProgress | null;
  /** Adds an iteration, and the state after it. */
  append(learner: string, state: unknown, iteration: StoredIteration): void;
}

/** Keeps nothing: for runs that are not worth resuming. */
export const noCheckpoints: Checkpoints = { load: () => null, append: () => {} };
