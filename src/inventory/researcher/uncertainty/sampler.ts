import type { Method } from "../../method.ts";
import type { ForecastTask } from "../task.ts";

/** Draws sums of residuals: what a fitted model does not explain over the next rows. */
export interface ResidualSampler {
  /** Draws a call gives. */
  readonly draws: number;
  /**
   * Sums over `horizon` rows of the last `window` residuals of every coin up to row `last`, centred, divided by
   * sqrt(horizon), without their sign; written to `out` in ascending order.
   *
   * @param residuals Of row t in units of the volatility known at row t - 1; [coin][rows].
   * @param last The window must begin after row 0.
   */
  readonly sums: (
    residuals: readonly Float64Array[],
    last: number,
    window: number,
    horizon: number,
    out: Float64Array,
  ) => void;
}

/** How residuals become draws. */
export type UncertaintyMethod = Method<ForecastTask, ResidualSampler>;
