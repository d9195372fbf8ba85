import { adaptive } from "./adaptive.ts";
import { arimax } from "./arimax.ts";
import { bayesian } from "./bayesian.ts";
import { expandingMean } from "./default.ts";
import { ensemble } from "./ensemble.ts";
import type { ForecastMethod } from "./forecast.ts";
import { quantileRegression } from "./quantile_regression.ts";

/** Every forecasting method a researcher may name. Add a line here to add one. */
export const forecastMethods = {
  arimax,
  ensemble,
  bayesian,
  quantileRegression,
  adaptive,
  expandingMean,
} as const satisfies Record<string, ForecastMethod<never>>;
export type ForecastMethodName = keyof typeof forecastMethods;

/** The settings a method takes. */
export type ForecastParams<Name extends ForecastMethodName> = Parameters<(typeof forecastMethods)[Name]>[1];
