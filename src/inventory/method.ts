import type { Gene, GeneValues } from "../genome/gene.ts";

/** What a method reads beside the prices of the market. */
export type Need =
  | "turnover"
  | "openInterest"
  | "funding"
  | "longRatio"
  | "index"
  | "signals"
  | "proposals"
  | "answers";

/**
 * A method of the inventory: data and a pure function of whole series, of which value t reads rows <= t only.
 * Equal inputs and genes give equal bytes; while it warms up, and where what it reads is missing, its output is
 * the neutral value that its pool states, never NaN.
 */
export interface Method<Input, Output> {
  /** What it does, in one line. */
  readonly summary: string;
  /** Genes of its own, in the order of a genome's coordinates. */
  readonly genes: readonly Gene[];
  /** Their declared values; a variant may state others. */
  readonly start: GeneValues;
  /** Rows before its output means anything. */
  readonly warmUp: number;
  /**
   * The same by number of coins and, in bars, horizon, where it hangs on them: `warmUp` is then that of five coins and the
   * middle horizon of the declared researchers.
   */
  readonly warmUpOn?: (coins: number, horizon: number) => number;
  /** Rows between two fits; 1 where nothing is fitted or everything is at every row. */
  readonly refitEvery: number;
  /** What it reads beside prices. */
  readonly needs: readonly Need[];
  /** Where its formulas come from: author, title or journal, year, or `OWN_RULE`. One's own may leave it out. */
  readonly source?: string;
  /** The function of whole series. */
  readonly run: (input: Input, genes: GeneValues) => Output;
  /**
   * Goes on from what it gave for the first rows of the same input: equal to `run` over all rows, to the byte.
   * Methods without it are computed again from row 0.
   */
  resume?(before: Output, input: Input, genes: GeneValues): Output;
  /**
   * Values of genes of its own that are worth handing on, as it has learned them from rows <= `row`: what its agent teaches in
   * their place. Methods without it teach what their genes are.
   */
  learned?(input: Input, genes: GeneValues, row: number): GeneValues;
}

/** The source of a method whose rule is the house's own. */
export const OWN_RULE = "own: rule stated in docs/INVENTORY.md";

/** A method without genes that fits nothing. */
export function plainMethod<Input, Output>(
  summary: string,
  run: (input: Input) => Output,
  rest: Partial<Pick<Method<Input, Output>, "warmUp" | "warmUpOn" | "refitEvery" | "needs" | "source">> = {},
): Method<Input, Output> {
  return { summary, genes: [], start: {}, warmUp: 0, refitEvery: 1, needs: [], ...rest, run };
}
