/**
 * The innermost sums of regressions on z = (1, x) with `size` coefficients: written as loops, or as straight lines
 * of code made for one size (straight_line.ts), two to four times as fast. Both do the same operations in the same
 * order, so they give the same bits.
 */
import { factorCholesky, solveFactored } from "../../../core/linear.ts";
import { straightKernels } from "./straight_line.ts";

/** Sums over regressors for one number of coefficients. Matrices are row-major, their lower triangle counts. */
export interface Kernels {
  readonly size: number;
  /** gram = keep gram + z z' with z = (1, x from `offset` on). */
  readonly addOuter: (gram: Float64Array, x: Float64Array, offset: number, keep: number) => void;
  /** sum = keep sum + y z. */
  readonly addScaled: (sum: Float64Array, x: Float64Array, offset: number, y: number, keep: number) => void;
  /** Writes the Cholesky factor of gram + diag(penalty) to `out`; false if it is not positive definite. */
  readonly factor: (gram: Float64Array, penalty: Float64Array, out: Float64Array) => boolean;
  /** Solves L L' x = b in place. */
  readonly solve: (factor: Float64Array, b: Float64Array) => void;
  /** The same for three right-hand sides. */
  readonly solveThree: (factor: Float64Array, a: Float64Array, b: Float64Array, c: Float64Array) => void;
  /** |L^-1 z|^2 of each coin's regressors at `offset` of its design; written to `out`, shape [coin]. */
  readonly norms: (
    factor: Float64Array,
    design: readonly Float64Array[],
    offset: number,
    out: Float64Array,
  ) => void;
  /** Writes b . z of each coin's regressors at `offset` of its design to row t of its series. */
  readonly predict: (
    b: Float64Array,
    design: readonly Float64Array[],
    offset: number,
    out: readonly Float64Array[],
    t: number,
  ) => void;
  /** Writes b . z for each of several coefficient vectors b to `out`. */
  readonly products: (
    bs: readonly Float64Array[],
    x: Float64Array,
    offset: number,
    out: Float64Array,
  ) => void;
  /** Adds w w' of each row w of a block, row-major [n][size], to `gram`. */
  readonly addRows: (gram: Float64Array, rows: Float64Array, n: number) => void;
  /**
   * Writes for each row t of first+1..last the derivatives of the residual e_t of an ARMA regression with size - 3
   * regressors, then e_t itself, to `out`, row-major [last - first][size + 1]; see `fitArma`. `state` holds
   * derivatives, n_first and e_first on the way in and those of the last row on the way out, shape [size + 2].
   */
  readonly armaRows: (
    z: Float64Array,
    design: Float64Array,
    first: number,
    last: number,
    values: Float64Array,
    state: Float64Array,
    out: Float64Array,
  ) => void;
  /** Smoothed check loss of a block under coefficients `b`; see `CheckLoss`. */
  readonly checkLoss: CheckLoss;
}

/**
 * Sums the smoothed check loss of y - b . w over the rows w of a block, row-major [n][size]; see `fitQuantile`.
 *
 * @param descent Minus the gradient is sum (level - c) w with c the share of the kernel below 0. It is summed from
 *   the rarer side of the hyperplane, so that most rows cost one inner product and no update, and added here; null
 *   where nobody asks.
 * @param out The loss, and how many residuals lie inside the kernel.
 */
export type CheckLoss = (
  rows: Float64Array,
  y: Float64Array,
  n: number,
  b: Float64Array,
  level: number,
  halfWidth: number,
  descent: Float64Array | null,
  out: Float64Array,
) => void;

const straight = new Map<number, Kernels>(), plain = new Map<number, Kernels>();

/** Sizes beyond this are left to loops: a straight line grows with the cube of the size. */
const MOST_STRAIGHT = 24;

/** The kernels for `size` coefficients: straight lines, or loops where those are switched off. */
export function kernelsOf(size: number, straightLine = true): Kernels {
  const [made, make] = straightLine && size <= MOST_STRAIGHT
    ? [straight, straightKernels] as const
    : [plain, plainKernels] as const;
  const kernels = made.get(size) ?? make(size);
  made.set(size, kernels);
  return kernels;
}

/** b . (1, x from `offset` on). */
function product(b: Float64Array, x: Float64Array, offset: number): number {
  let sum = b[0]!;
  for (let i = 1; i < b.length; i++) sum += b[i]! * x[offset + i - 1]!;
  return sum;
}

function plainKernels(size: number): Kernels {
  return {
    size,
    addOuter(gram, x, offset, keep) {
      gram[0] = keep * gram[0]! + 1;
      for (let i = 1; i < size; i++) {
        const xi = x[offset + i - 1]!, row = i * size;
        gram[row] = keep * gram[row]! + xi;
        for (let k = 1; k <= i; k++) gram[row + k] = keep * gram[row + k]! + xi * x[offset + k - 1]!;
      }
    },
    addScaled(sum, x, offset, y, keep) {
      sum[0] = keep * sum[0]! + y;
      for (let i = 1; i < size; i++) sum[i] = keep * sum[i]! + y * x[offset + i - 1]!;
    },
    factor(gram, penalty, out) {
      out.set(gram);
      for (let i = 0; i < size; i++) out[i * size + i] = out[i * size + i]! + penalty[i]!;
      return factorCholesky(out, size);
    },
    solve: solveFactored,
    solveThree(l, a, b, c) {
      for (const side of [a, b, c]) solveFactored(l, side);
    },
    norms(l, design, offset, out) {
      const work = new Float64Array(size);
      design.forEach((x, coin) => {
        let square = 0; // by forward substitution
        for (let i = 0; i < size; i++) {
          let sum = i === 0 ? 1 : x[offset + i - 1]!;
          for (let k = 0; k < i; k++) sum -= l[i * size + k]! * work[k]!;
          const value = sum / l[i * size + i]!;
          work[i] = value;
          square += value * value;
        }
        out[coin] = square;
      });
    },
    predict(b, design, offset, out, t) {
      for (let c = 0; c < design.length; c++) out[c]![t] = product(b, design[c]!, offset);
    },
    products(bs, x, offset, out) {
      for (let k = 0; k < bs.length; k++) out[k] = product(bs[k]!, x, offset);
    },
    addRows(gram, rows, n) {
      for (let row = 0; row < n; row++) {
        const at = row * size;
        for (let i = 0; i < size; i++) {
          const xi = rows[at + i]!, target = i * size;
          for (let k = 0; k <= i; k++) gram[target + k] = gram[target + k]! + xi * rows[at + k]!;
        }
      }
    },
    armaRows(z, design, first, last, values, state, out) {
      const width = size - 3, phi = values[width + 1]!, theta = values[width + 2]!;
      for (let t = first + 1, at = 0; t <= last; t++, at += size + 1) {
        const now = (t - 1) * width, past = now - width, before = state[size]!, e = state[size + 1]!;
        let n = z[t]! - values[0]!;
        for (let i = 0; i < width; i++) n -= values[i + 1]! * design[now + i]!;
        state[0] = phi - 1 - theta * state[0]!;
        for (let i = 1; i <= width; i++) {
          state[i] = phi * design[past + i - 1]! - design[now + i - 1]! - theta * state[i]!;
        }
        state[width + 1] = -before - theta * state[width + 1]!;
        state[width + 2] = -e - theta * state[width + 2]!;
        state[size + 1] = n - phi * before - theta * e;
        state[size] = n;
        for (let i = 0; i < size; i++) out[at + i] = state[i]!;
        out[at + size] = state[size + 1]!;
      }
    },
    checkLoss(rows, y, n, b, level, halfWidth, descent, out) {
      const inverse = 1 / (2 * halfWidth), base = level > 0.5 ? 1 : 0;
      let loss = 0, near = 0;
      for (let row = 0; row < n; row++) {
        const at = row * size;
        let fitted = b[0]! * rows[at]!;
        for (let i = 1; i < size; i++) fitted += b[i]! * rows[at + i]!;
        const r = y[row]! - fitted;
        let below: number;
        if (r >= halfWidth) {
          below = 0;
          loss += level * r;
        } else if (r <= -halfWidth) {
          below = 1;
          loss += (level - 1) * r;
        } else {
          below = 0.5 - r * inverse;
          loss += r * r * inverse / 2 + halfWidth / 4 + (level - 0.5) * r;
          near++;
        }
        const share = base - below;
        if (descent !== null && share !== 0) {
          for (let i = 0; i < size; i++) descent[i] = descent[i]! + share * rows[at + i]!;
        }
      }
      out[0] = loss;
      out[1] = near;
    },
  };
}
