import type { GeneValues } from "../../../genome/gene.ts";
import type { Method } from "../../method.ts";
import type { Forecast } from "../../researcher/forecast.ts";

/** What a size is made of. */
export interface SizingInput {
  /** The researcher's output. */
  readonly forecast: Forecast;
  /** Expected return over the middle horizon as the trader sees it, [coin][rows]. */
  readonly expected: readonly Float64Array[];
  /** The trader's genes; a full position is baseSize x leverage of equity. */
  readonly genes: GeneValues;
}

/**
 * How large a position is once a style wants one: the share of a full position, in [0, 1], [coin][rows]. Without a sizing a
 * trader sizes by its edge per risk.
 */
export type SizingMethod = Method<SizingInput, readonly Float64Array[]>;

/**
 * Shares of a full position from wanted exposures.
 *
 * @param wanted Makes, for one coin, what says the wanted notional over equity, >= 0, at a row.
 */
export function sharesOf(
  { forecast, genes }: SizingInput,
  wanted: (coin: number) => (row: number) => number,
): Float64Array[] {
  const full = genes.baseSize! * genes.leverage!;
  return forecast.coins.map((_, coin) => {
    const out = new Float64Array(forecast.rows), exposure = wanted(coin);
    for (let t = 0; t < out.length; t++) out[t] = Math.min(1, exposure(t) / full);
    return out;
  });
}
