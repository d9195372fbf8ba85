/** Rows between two refits; they fall where the absolute row is divisible by it. */
export const REFIT_EVERY = 42;
