import beta from "@stdlib/math-base-special-beta";
import { nelderMead } from "./nelder_mead.ts";

/**
 * GARCH(1,1): h_t = omega + (alpha + gamma 1{r_{t-1} < 0}) r_{t-1}^2 + beta h_{t-1}. gamma is the leverage term of Glosten,
 * Jagannathan and Runkle, 0 without it; nu the degrees of freedom of Student innovations of unit variance, Infinity for
 * normal ones.
 */
export interface Garch {
  readonly omega: number;
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly nu: number;
}

/** A variance below this is taken for this: prices that stand still. */
const LEAST_VARIANCE = 1e-12;

/** By what a shock raises the variance, on average over both signs. */
const meanAlpha = ({ alpha, gamma }: Garch) => alpha + gamma / 2;

/** The variance that a model returns to; Infinity if it does not. */
export function unconditionalVariance(model: Garch): number {
  const left = 1 - meanAlpha(model) - model.beta;
  return left > 0 ? model.omega / left : Infinity;
}

/** The variance of the next row from that of this one and its return. */
export function nextVariance(
  { omega, alpha, beta: carry, gamma }: Garch,
  variance: number,
  r: number,
): number {
  return omega + (r < 0 ? alpha + gamma : alpha) * r * r + carry * variance;
}

/** Mean of squares of rows first..last: the variance that a likelihood starts from. */
export function meanSquare(returns: Float64Array, first: number, last: number): number {
  let sum = 0;
  for (let t = first; t <= last; t++) sum += returns[t]! * returns[t]!;
  return Math.max(LEAST_VARIANCE, sum / (last - first + 1));
}

/** Products of variances are turned into a logarithm where they leave these bounds. */
const LEAST_PRODUCT = 1e-100, MOST_PRODUCT = 1e100;

/**
 * Log likelihood of returns first..last, the first variance being their mean square. -Infinity outside the region where
 * variances stay positive and finite.
 *
 * @see T. Bollerslev, Journal of Econometrics 31 (1986) 307; L. Glosten, R. Jagannathan, D. Runkle, Journal of Finance 48
 *   (1993) 1779.
 */
export function garchLogLikelihood(returns: Float64Array, first: number, last: number, model: Garch): number {
  const { nu } = model, n = last - first + 1;
  const rest = likelihoodOfVariances(returns, first, last, model, meanSquare(returns, first, last));
  return nu === Infinity
    ? rest - .5 * n * Math.log(2 * Math.PI)
    : rest - n * (.5 * Math.log(nu - 2) + Math.log(beta(.5, nu / 2)));
}

/**
 * What of the log likelihood moves with omega, alpha, beta and gamma. A sum of logarithms is the logarithm of a product, taken
 * once in many rows: two of them a row would be most of the work.
 */
function likelihoodOfVariances(
  returns: Float64Array,
  first: number,
  last: number,
  model: Garch,
  start: number,
): number {
  const { omega, alpha, beta: carry, gamma, nu } = model, down = alpha + gamma, normal = nu === Infinity;
  if (!(omega > 0 && alpha >= 0 && down >= 0 && carry >= 0 && meanAlpha(model) + carry < 1)) {
    return -Infinity;
  }
  const unit = normal ? 1 : nu - 2;
  let h = start, variances = 1, tails = 1, logs = 0, rest = 0;
  for (let t = first; t <= last; t++) {
    const r = returns[t]!, square = r * r, score = square / (h * unit);
    variances *= h;
    if (!(variances > LEAST_PRODUCT && variances < MOST_PRODUCT)) {
      logs += Math.log(variances);
      variances = 1;
    }
    if (normal) rest += score;
    else {
      tails *= 1 + score;
      if (tails > MOST_PRODUCT) {
        rest += Math.log(tails);
        tails = 1;
      }
    }
    h = omega + (r < 0 ? down : alpha) * square + carry * h;
  }
  logs += Math.log(variances);
  rest += Math.log(tails);
  return -.5 * logs - (normal ? .5 : (nu + 1) / 2) * rest;
}

/** The variance known at row `last` for row last + 1. */
export function variancePast(returns: Float64Array, first: number, last: number, model: Garch): number {
  let h = meanSquare(returns, first, last);
  for (let t = first; t <= last; t++) h = nextVariance(model, h, returns[t]!);
  return h;
}

/** Sum of the expected variances of the next `rows` rows, `next` being that of the first. */
export function summedVariance(model: Garch, next: number, rows: number): number {
  const carry = meanAlpha(model) + model.beta, level = unconditionalVariance(model);
  const powers = carry < 1 ? (1 - Math.pow(carry, rows)) / (1 - carry) : rows;
  return level === Infinity ? rows * next : rows * level + (next - level) * powers;
}

/** Odds are finite within these. */
const clamp = (p: number) => Math.max(1e-4, Math.min(.999, p));
const odds = (p: number) => Math.log(p / (1 - p)), fromOdds = (x: number) => 1 / (1 + Math.exp(-x));

/**
 * The model without leverage of highest likelihood for rows first..last, sought from `start`, whose nu is kept.
 *
 * The search is over ln(omega), the odds of the persistence alpha + beta and those of alpha's share in it.
 */
export function fitGarch(
  returns: Float64Array,
  first: number,
  last: number,
  start: Garch,
  evaluations: number,
): Garch {
  const { nu } = start,
    persistence = clamp(start.alpha + start.beta),
    share = clamp(start.alpha / persistence);
  const usual = meanSquare(returns, first, last);
  if (usual <= LEAST_VARIANCE) return start; // nothing moved: nothing to be told
  const modelAt = (at: Float64Array): Garch => {
    const whole = fromOdds(at[1]!), share = fromOdds(at[2]!);
    return { omega: Math.exp(at[0]!), alpha: whole * share, beta: whole * (1 - share), gamma: 0, nu };
  };
  const { at } = nelderMead(
    (point) => -likelihoodOfVariances(returns, first, last, modelAt(point), usual),
    [Math.log(start.omega), odds(persistence), odds(share)],
    [.3, .3, .3],
    { evaluations, tolerance: 1e-10 },
  );
  return modelAt(at);
}

/** Where a search begins before anything is known: daily crypto volatility's usual persistence at this variance. */
export function usualGarch(variance: number): Garch {
  return { omega: .03 * variance, alpha: .08, beta: .89, gamma: 0, nu: Infinity };
}
