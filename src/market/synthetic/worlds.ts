/** A synthetic world by name; `default` and `null` have no planted edge. */
export type SyntheticMode =
  | "default"
  | "planted"
  | "null"
  | "flip"
  | "drift"
  | "one-role"
  | "unreadable"
  | "one-regime";

/**
 * The synthetic worlds and what is true in each. `default` is as real as it gets, with drift and jumps; `null` is a
 * martingale after funding; in all others a conditional mean of strength `ic` is planted, and there are no jumps.
 */
export const WORLDS: Readonly<Record<SyntheticMode, string>> = {
  default: "regimes with drift and jumps",
  planted: "a planted edge of momentum, reversal and crowding",
  null: "nothing to be found",
  flip: "the planted edge, its sign reversed from row 5478 on",
  drift: "the planted edge, its three strengths wandering over years",
  "one-role": "an edge in the product of two readings, momentum and crowding",
  unreadable: "an edge in a column that no agent reads",
  "one-regime": "an edge in bull markets alone, momentum",
};
export const SYNTHETIC_MODES = Object.keys(WORLDS) as [SyntheticMode, ...SyntheticMode[]];

/** True for worlds with a planted mean, whose strength must be given. */
export function isPlanted(mode: string): boolean {
  return mode in WORLDS && mode !== "default" && mode !== "null";
}

/** What a market of so many rows does not show of its world; null where it shows all. */
export function unreached(mode: SyntheticMode, rows: number): string | null {
  if (mode !== "flip" || rows > FLIP_ROW) return null;
  return `the edge is reversed from row ${FLIP_ROW} on, which a market of ${rows} rows never reaches: it is planted alike ` +
    "throughout. Take more rows to see both";
}

/** Row from which the planted mean of `flip` has the other sign: five eighths of four years. */
export const FLIP_ROW = 5478;
