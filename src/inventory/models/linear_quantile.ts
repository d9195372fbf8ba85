import { factorCholesky, solveFactored } from "../../core/linear.ts";

/** Complementarity gap at which an optimum is taken for found, and the most steps to it. */
const GAP = 1e-10, STEPS = 60;
/** Share of the way to the border that a step goes. */
const SHARE = .9995;

/**
 * Linear quantile regression: the b that minimises sum rho_level(y - x b), by the interior point method of Portnoy and Koenker with
 * Mehrotra's corrector on the dual max y'a, X'a = (1 - level) X'1, 0 <= a <= 1.
 *
 * @param columns Regressors; [width], shape [rows]. A column of ones is an intercept.
 * @returns Coefficients, [width]; null if a column is empty or another's multiple to the last bit.
 * @see S. Portnoy, R. Koenker, Statistical Science 12 (1997) 279.
 */
export function linearQuantile(
  y: Float64Array,
  columns: readonly Float64Array[],
  level: number,
): Float64Array | null {
  const n = y.length, width = columns.length, x = new Float64Array(n * width);
  columns.forEach((column, i) => column.forEach((value, t) => x[t * width + i] = value));
  const zeros = () => new Float64Array(n);
  const a = zeros().fill(1 - level), s = zeros().fill(level), z = zeros(), w = zeros();
  const da = zeros(), dz = zeros(), dw = zeros(), q = zeros(), rest = zeros(), correction = zeros();
  const b = new Float64Array(width), db = new Float64Array(width), bound = new Float64Array(width);
  const gram = new Float64Array(width * width);
  for (let t = 0; t < n; t++) {
    for (let i = 0; i < width; i++) bound[i] = bound[i]! + (1 - level) * x[t * width + i]!;
  }

  /** Writes the Cholesky factor of X' diag(q) X. */
  const factor = () => {
    gram.fill(0);
    for (let t = 0; t < n; t++) {
      for (let i = 0; i < width; i++) {
        const part = q[t]! * x[t * width + i]!;
        for (let k = 0; k <= i; k++) gram[i * width + k] = gram[i * width + k]! + part * x[t * width + k]!;
      }
    }
    return factorCholesky(gram, width);
  };
  /** Solves for a step of b: X' diag(q) X db = X' diag(q) right. */
  const solve = (right: Float64Array, out: Float64Array) => {
    out.fill(0);
    for (let t = 0; t < n; t++) {
      for (let i = 0; i < width; i++) out[i] = out[i]! + q[t]! * right[t]! * x[t * width + i]!;
    }
    solveFactored(gram, out);
  };
  const product = (coefficients: Float64Array, t: number) => {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += coefficients[i]! * x[t * width + i]!;
    return sum;
  };
  const reach = (values: Float64Array, steps: Float64Array, sign: number) => {
    let least = 1e20;
    for (let t = 0; t < n; t++) {
      if (sign * steps[t]! < 0) least = Math.min(least, -values[t]! / (sign * steps[t]!));
    }
    return least;
  };
  const gapOf = () => {
    let gap = 0;
    for (let t = 0; t < n; t++) gap += w[t]! - y[t]! * a[t]!;
    for (let i = 0; i < width; i++) gap -= b[i]! * bound[i]!;
    return gap;
  };

  q.fill(1);
  if (!factor()) return null;
  const minus = y.map((value) => -value);
  solve(minus, b);
  for (let t = 0; t < n; t++) {
    const r = minus[t]! - product(b, t) || .001;
    z[t] = Math.max(r, 0);
    w[t] = Math.max(-r, 0);
  }
  for (let it = 0; it < STEPS && gapOf() > GAP; it++) {
    for (let t = 0; t < n; t++) {
      q[t] = 1 / (z[t]! / a[t]! + w[t]! / s[t]!);
      rest[t] = z[t]! - w[t]!;
    }
    if (!factor()) break; // as near as doubles come
    solve(rest, db);
    for (let t = 0; t < n; t++) {
      da[t] = q[t]! * (product(db, t) - rest[t]!);
      dz[t] = -z[t]! * (1 + da[t]! / a[t]!);
      dw[t] = -w[t]! * (1 - da[t]! / s[t]!);
    }
    let primal = Math.min(1, SHARE * Math.min(reach(a, da, 1), reach(s, da, -1)));
    let dual = Math.min(1, SHARE * Math.min(reach(z, dz, 1), reach(w, dw, 1)));
    if (Math.min(primal, dual) < 1) {
      let mu = 0, after = 0;
      for (let t = 0; t < n; t++) {
        mu += z[t]! * a[t]! + w[t]! * s[t]!;
        after += (z[t]! + dual * dz[t]!) * (a[t]! + primal * da[t]!) +
          (w[t]! + dual * dw[t]!) * (s[t]! - primal * da[t]!);
      }
      mu *= (after / mu) ** 3 / (2 * n);
      for (let t = 0; t < n; t++) {
        correction[t] = da[t]! * dz[t]! / a[t]! + da[t]! * dw[t]! / s[t]! - mu * (1 / a[t]! - 1 / s[t]!);
        rest[t] = rest[t]! + correction[t]!;
      }
      solve(rest, db);
      for (let t = 0; t < n; t++) {
        const crossZ = da[t]! * dz[t]!, crossW = -da[t]! * dw[t]!;
        const step = q[t]! * (product(db, t) - rest[t]!);
        dz[t] = mu / a[t]! - z[t]! - z[t]! * step / a[t]! - crossZ / a[t]!;
        dw[t] = mu / s[t]! - w[t]! + w[t]! * step / s[t]! - crossW / s[t]!;
        da[t] = step;
      }
      primal = Math.min(1, SHARE * Math.min(reach(a, da, 1), reach(s, da, -1)));
      dual = Math.min(1, SHARE * Math.min(reach(z, dz, 1), reach(w, dw, 1)));
    }
    for (let t = 0; t < n; t++) {
      a[t] = a[t]! + primal * da[t]!;
      s[t] = s[t]! - primal * da[t]!;
      z[t] = z[t]! + dual * dz[t]!;
      w[t] = w[t]! + dual * dw[t]!;
    }
    for (let i = 0; i < width; i++) b[i] = b[i]! + dual * db[i]!;
  }
  return b.map((value) => -value);
}

/** Sum of the check loss rho_level(y - x b). */
export function checkLoss(y: Float64Array, x: Float64Array, b: Float64Array, level: number): number {
  const width = b.length;
  let loss = 0;
  for (let t = 0; t < y.length; t++) {
    let error = y[t]!;
    for (let i = 0; i < width; i++) error -= b[i]! * x[t * width + i]!;
    loss += error < 0 ? (level - 1) * error : level * error;
  }
  return loss;
}
