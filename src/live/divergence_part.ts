/** A part of the divergence report, and from where on it is a fault. */

/** From where on a part of the report is a fault. */
export interface DivergenceLimits {
  /** Orders that are missing, too many or of another quantity, over all: a fraction. */
  readonly decisions: number;
  /** Mean of what fills lost against the simulation's, basis points of notional. */
  readonly slippage: number;
  /** Mean difference of fees, basis points of notional. */
  readonly fees: number;
  /** Mean difference of funding, basis points of the position's value. */
  readonly funding: number;
  /** Longest time from the open that an order was decided for to its fill, minutes; limit orders left out. */
  readonly latency: number;
}

export const DECLARED_DIVERGENCE: DivergenceLimits = {
  decisions: 0,
  slippage: 2,
  fees: 0.1,
  funding: 0.1,
  latency: 10,
};

/** One part of the report. */
export interface DivergencePart {
  /** What was compared. */
  readonly part: "decisions" | "lag" | "slippage" | "fees" | "funding" | "latency" | "tick";
  /** How far apart they are, in `unit`. */
  readonly value: number;
  /** From where on that is a fault. */
  readonly limit: number;
  /** Of both. */
  readonly unit: string;
  /** How many were compared. */
  readonly compared: number;
  /** Whether the limit was passed. */
  readonly fault: boolean;
  /** The first one that differs, and how; empty where none does. */
  readonly first: string;
}

/** Where something differs. */
export function place({ row, coin }: { readonly row: number; readonly coin: string }): string {
  return `row ${row} ${coin}`;
}
