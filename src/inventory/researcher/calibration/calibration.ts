import type { Method } from "../../method.ts";
import type { Shape } from "../distribution/shape.ts";
import type { ForecastTask } from "../task.ts";

/** Standardised predictions of all coins over one horizon, and what came of earlier ones. */
export interface CalibrationInput {
  /** What is forecast. */
  readonly task: ForecastTask;
  /** Index of the horizon. */
  readonly horizon: number;
  /** Standardised predictions; [coin][rows]. */
  readonly centre: readonly Float64Array[];
  /** Relative width of the predictive distribution, > 0; [coin][rows]. Null for 1 everywhere. */
  readonly spread: readonly Float64Array[] | null;
  /** Standardised labels, read up to row t - h at row t; [coin][rows]. */
  readonly label: readonly Float64Array[];
  /** The shape that is moved: the width shared by all researchers, or what a method made of it. */
  readonly shape: Shape;
}

/** How past errors move the shape of predictive distributions. */
export type CalibrationMethod = Method<CalibrationInput, Shape>;

/** A calibration method with its genes. */
export type Calibrate = (input: CalibrationInput) => Shape;

/** Independent outcomes at which a method's own reading of the width counts as much as the shared one. */
export const SHARED_OUTCOMES = 100;

/** Weight of a method's own reading of the width made from so many independent outcomes, in [0, 1). */
export function trust(outcomes: number): number {
  return outcomes / (outcomes + SHARED_OUTCOMES);
}
