import { integer } from "../../../genome/gene.ts";
import type { Method } from "../../method.ts";
import type { Calibrate } from "../calibration/calibration.ts";
import type { Forecast } from "../forecast.ts";
import type { ForecastTask } from "../task.ts";
import type { ResidualSampler } from "../uncertainty/sampler.ts";

/** What a forecasting method is asked, and the methods that a variant puts beside it. */
export interface ForecastingInput {
  /** What is forecast. */
  readonly task: ForecastTask;
  /** How past errors move the shared width; null where a variant names no calibration. */
  readonly calibrate: Calibrate | null;
  /** How its residuals become draws; null where a variant names no uncertainty method. */
  readonly sample: ResidualSampler | null;
}

/** A forecasting method: the label of row s over h rows enters training at row s + h, never earlier. */
export type ForecastingMethod = Method<ForecastingInput, Forecast>;

/** Rows over which a regression forgets half, or looks back. */
export const memory = integer("memory", 180, 2880);

/** What a method cannot do without. @throws {RangeError} If its variant names none. */
export function required<Value>(method: Value | null, what: "calibration" | "uncertainty"): Value {
  if (method !== null) return method;
  throw new RangeError(
    `Cannot forecast as this method needs a method of ${what} beside it: its variant names none in identity.${what}`,
  );
}
