import { requireBinary, requireProbabilities, requireSameLength } from "./require.ts";

/** The logistic recalibration of stated probabilities. */
export interface CalibrationLine {
  /** Log odds of an outcome at a stated probability of 1/2: 0 if unbiased. */
  readonly intercept: number;
  /** What the stated log odds are worth: 1 if calibrated, below 1 if overconfident, 0 if they say nothing. */
  readonly slope: number;
  /** Its standard error. */
  readonly slopeError: number;
}

/** Probabilities are kept so far from 0 and 1 that their log odds exist. */
const EDGE = 1e-6;
const MOST_STEPS = 50, CONVERGED = 1e-12, MOST_SLOPE = 1e3;

/**
 * Regresses outcomes on the log odds of their forecasts (Newton's method). Null where no line exists: one outcome or one
 * probability throughout, or forecasts that part the outcomes without a mistake.
 *
 * @param probabilities Forecast P(outcome = 1), in [0, 1]; certainties count as 1e-6 short of certain.
 * @param outcomes 0 or 1, same length.
 * @see D. R. Cox, Biometrika 45 (1958) 562.
 */
export function calibrationLine(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
): CalibrationLine | null {
  requireSameLength(probabilities, outcomes, "a calibration line");
  requireProbabilities(probabilities, "a calibration line");
  requireBinary(outcomes, "a calibration line");
  const odds = Float64Array.from(probabilities, (p) => {
    const kept = Math.min(1 - EDGE, Math.max(EDGE, p));
    return Math.log(kept / (1 - kept));
  });
  const n = odds.length;
  if (n < 3 || odds.every((one) => one === odds[0])) return null;
  let intercept = 0, slope = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    let g0 = 0, g1 = 0, h00 = 0, h01 = 0, h11 = 0; // gradient and information of the likelihood
    for (let i = 0; i < n; i++) {
      const x = odds[i]!, fitted = 1 / (1 + Math.exp(-intercept - slope * x));
      const residual = outcomes[i]! - fitted, weight = fitted * (1 - fitted);
      g0 += residual;
      g1 += residual * x;
      h00 += weight;
      h01 += weight * x;
      h11 += weight * x * x;
    }
    const determinant = h00 * h11 - h01 * h01;
    if (!(determinant > 1e-14 * h00 * h11)) return null;
    const down = (h11 * g0 - h01 * g1) / determinant, along = (h00 * g1 - h01 * g0) / determinant;
    intercept += down;
    slope += along;
    if (!(Math.abs(slope) < MOST_SLOPE)) return null;
    if (Math.abs(down) + Math.abs(along) < CONVERGED) {
      return { intercept, slope, slopeError: Math.sqrt(h00 / determinant) };
    }
  }
  return null;
}
