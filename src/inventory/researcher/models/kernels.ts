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
  /** sum = keep sum + y z. */
  readonly addScaled: (sum: Float64Array, x: Float64Array, offset: number, y: number, keep: number) => void;
  /** Writes the Cholesky factor of gram + diag(penalty) to `out`; false if it is not positive definite. */
  readonly factor: (gram: Float64Array, penalty: Float64Array, out: Float64Array) => boolean;
  /** Solves L L' x = b in place. */
  readonly solve: (factor: Float64Array, b: Float64Array) => void;
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
}

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
  };
}
