import type { Method } from "../../method.ts";
import type { HorizonForecast } from "../forecast.ts";
import type { ForecastTask } from "../task.ts";

/** Standardised predictions of one coin over one horizon, and what came of earlier ones. */
export interface CalibrationInput {
  /** What is forecast. */
  readonly task: ForecastTask;
  /** Index of the coin. */
  readonly coin: number;
  /** Index of the horizon. */
  readonly horizon: number;
  /** Standardised predictions; [rows]. */
  readonly prediction: Float64Array;
  /** Relative width of the predictive distribution, > 0; [rows]. */
  readonly spread: Float64Array;
  /** Standardised labels, read up to row t - h at row t; [rows]. */
  readonly label: Float64Array;
}

/** How standardised predictions become predictive distributions in units of price. */
export type CalibrationMethod = Method<CalibrationInput, HorizonForecast>;

/** A calibration method with its genes. */
export type Calibrate = (input: CalibrationInput) => HorizonForecast;
