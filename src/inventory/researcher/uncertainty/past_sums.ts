import { plainMethod } from "../../method.ts";
import { pooledSums } from "./pooled_sums.ts";
import type { ResidualSampler, UncertaintyMethod } from "./sampler.ts";

/** Sums that are looked at. */
const DRAWS = 400;

/** What residuals of neighbouring rows came to in the window: no resampling, the quantiles of what was. */
export const pastSums: UncertaintyMethod = plainMethod(
  "Quantiles of what neighbouring residuals of the calibration window came to, coins pooled; nothing is drawn",
  (task): ResidualSampler => ({
    draws: DRAWS,
    sums: (residuals, last, window, horizon, out) => {
      const starts = Math.max(1, window - horizon + 1), perCoin = Math.ceil(DRAWS / residuals.length);
      pooledSums(residuals, task.sd, last, window, Math.min(horizon, window), out, (draw, step, before) => {
        if (step > 0) return before + 1;
        return Math.floor(Math.floor(draw / residuals.length) * starts / perCoin); // spread evenly over the window
      });
    },
  }),
  { source: "R. Koenker, Quantile Regression (2005), 1.3" },
);
