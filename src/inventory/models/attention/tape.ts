/** A matrix on a tape, with the derivative of the loss by it. */
export interface Node {
  readonly rows: number;
  readonly columns: number;
  readonly value: Float64Array;
  readonly gradient: Float64Array;
}

/**
 * Reverse-mode differentiation of matrices in double precision: every operation computes at once and notes how gradients flow back.
 *
 * A method of the inventory is a plain function whose bytes are equal on every machine; the libraries for it on npm start and
 * read asynchronously, or compute in single precision.
 *
 * @see A. Griewank, A. Walther, Evaluating Derivatives (2008), 3.2.
 */
export interface Tape {
  /** Puts values on the tape; `gradient` collects what flows back where it is given. */
  readonly leaf: (value: Float64Array, rows: number, columns: number, gradient?: Float64Array) => Node;
  readonly matmul: (a: Node, b: Node) => Node;
  /** a + b, b a matrix of the same shape or one row for all. */
  readonly add: (a: Node, b: Node) => Node;
  /** Products entry by entry, b of the same shape or one column for all. */
  readonly multiply: (a: Node, b: Node) => Node;
  readonly sigmoid: (a: Node) => Node;
  readonly tanh: (a: Node) => Node;
  /** Exponential linear unit. */
  readonly elu: (a: Node) => Node;
  /** Softmax of each row; entries whose mask is 0 are left out. */
  readonly softmax: (a: Node, mask?: Uint8Array) => Node;
  /** Rows brought to mean 0 and variance 1, times a gain, plus a shift (one row each). */
  readonly normalise: (a: Node, gain: Node, shift: Node) => Node;
  readonly transpose: (a: Node) => Node;
  readonly scale: (a: Node, factor: number) => Node;
  /** Columns from..from+count-1. */
  readonly columns: (a: Node, from: number, count: number) => Node;
  /** Rows of several matrices below one another. */
  readonly below: (parts: readonly Node[]) => Node;
  /** Columns of several matrices beside one another. */
  readonly beside: (parts: readonly Node[]) => Node;
  /** Row `row` alone. */
  readonly row: (a: Node, row: number) => Node;
  /** Sum of check losses of a [1][labels x levels] prediction of labels: a [1][1] loss. */
  readonly pinball: (a: Node, labels: Float64Array, levels: readonly number[]) => Node;
  /** Sets the loss's derivative to 1 and runs back. */
  readonly back: (loss: Node) => void;
}

/** Added to variances before their root. */
const EPSILON = 1e-6;

/** An empty tape. */
export function createTape(): Tape {
  const steps: (() => void)[] = [];
  const node = (rows: number, columns: number): Node => ({
    rows,
    columns,
    value: new Float64Array(rows * columns),
    gradient: new Float64Array(rows * columns),
  });
  /** f entry by entry, its derivative told by the value that came out. */
  const entrywise = (a: Node, f: (x: number) => number, derivative: (y: number) => number): Node => {
    const out = node(a.rows, a.columns);
    for (let i = 0; i < out.value.length; i++) out.value[i] = f(a.value[i]!);
    steps.push(() => {
      for (let i = 0; i < out.value.length; i++) {
        a.gradient[i] = a.gradient[i]! + out.gradient[i]! * derivative(out.value[i]!);
      }
    });
    return out;
  };
  /** Copies entry source[i] of a to i. */
  const gather = (a: Node, rows: number, columns: number, source: (i: number) => number): Node => {
    const out = node(rows, columns);
    for (let i = 0; i < out.value.length; i++) out.value[i] = a.value[source(i)]!;
    steps.push(() => {
      for (let i = 0; i < out.value.length; i++) a.gradient[source(i)]! += out.gradient[i]!;
    });
    return out;
  };
  const together = (
    parts: readonly Node[],
    rows: number,
    columns: number,
    at: (part: number, i: number) => number,
  ) => {
    const out = node(rows, columns);
    parts.forEach(({ value }, p) => value.forEach((x, i) => out.value[at(p, i)] = x));
    steps.push(() => {
      parts.forEach(({ gradient }, p) => {
        for (let i = 0; i < gradient.length; i++) gradient[i] = gradient[i]! + out.gradient[at(p, i)]!;
      });
    });
    return out;
  };
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  return {
    leaf: (value, rows, columns, gradient = new Float64Array(value.length)) => ({
      rows,
      columns,
      value,
      gradient,
    }),
    matmul(a, b) {
      const out = node(a.rows, b.columns), n = a.columns, m = b.columns;
      for (let i = 0; i < a.rows; i++) {
        for (let k = 0; k < n; k++) {
          const x = a.value[i * n + k]!;
          for (let j = 0; j < m; j++) out.value[i * m + j] = out.value[i * m + j]! + x * b.value[k * m + j]!;
        }
      }
      steps.push(() => {
        for (let i = 0; i < a.rows; i++) {
          for (let k = 0; k < n; k++) {
            const x = a.value[i * n + k]!;
            let sum = 0;
            for (let j = 0; j < m; j++) {
              const g = out.gradient[i * m + j]!;
              sum += g * b.value[k * m + j]!;
              b.gradient[k * m + j] = b.gradient[k * m + j]! + x * g;
            }
            a.gradient[i * n + k] = a.gradient[i * n + k]! + sum;
          }
        }
      });
      return out;
    },
    add(a, b) {
      const out = node(a.rows, a.columns), size = b.value.length;
      for (let i = 0; i < out.value.length; i++) out.value[i] = a.value[i]! + b.value[i % size]!;
      steps.push(() => {
        for (let i = 0; i < out.value.length; i++) {
          a.gradient[i] = a.gradient[i]! + out.gradient[i]!;
          b.gradient[i % size] = b.gradient[i % size]! + out.gradient[i]!;
        }
      });
      return out;
    },
    multiply(a, b) {
      const out = node(a.rows, a.columns), one = b.columns === 1 && a.columns !== 1;
      const at = (i: number) => one ? Math.floor(i / a.columns) : i;
      for (let i = 0; i < out.value.length; i++) out.value[i] = a.value[i]! * b.value[at(i)]!;
      steps.push(() => {
        for (let i = 0; i < out.value.length; i++) {
          a.gradient[i] = a.gradient[i]! + out.gradient[i]! * b.value[at(i)]!;
          b.gradient[at(i)]! += out.gradient[i]! * a.value[i]!;
        }
      });
      return out;
    },
    sigmoid: (a) => entrywise(a, sigmoid, (y) => y * (1 - y)),
    tanh: (a) => entrywise(a, Math.tanh, (y) => 1 - y * y),
    elu: (a) => entrywise(a, (x) => x > 0 ? x : Math.expm1(x), (y) => y > 0 ? 1 : y + 1),
    softmax(a, mask) {
      const out = node(a.rows, a.columns), { columns } = a;
      for (let r = 0; r < a.rows; r++) {
        let most = -Infinity, total = 0;
        for (let k = r * columns; k < (r + 1) * columns; k++) {
          if (!mask || mask[k]) most = Math.max(most, a.value[k]!);
        }
        for (let k = r * columns; k < (r + 1) * columns; k++) {
          out.value[k] = !mask || mask[k] ? Math.exp(a.value[k]! - most) : 0;
          total += out.value[k]!;
        }
        for (let k = r * columns; k < (r + 1) * columns; k++) out.value[k] = out.value[k]! / total;
      }
      steps.push(() => {
        for (let r = 0; r < a.rows; r++) {
          let sum = 0;
          for (let k = r * columns; k < (r + 1) * columns; k++) sum += out.gradient[k]! * out.value[k]!;
          for (let k = r * columns; k < (r + 1) * columns; k++) {
            a.gradient[k] = a.gradient[k]! + out.value[k]! * (out.gradient[k]! - sum);
          }
        }
      });
      return out;
    },
    normalise(a, gain, shift) {
      const out = node(a.rows, a.columns), { columns } = a, unit = new Float64Array(a.value.length);
      const roots = new Float64Array(a.rows);
      for (let r = 0; r < a.rows; r++) {
        let mean = 0, squares = 0;
        for (let k = 0; k < columns; k++) mean += a.value[r * columns + k]! / columns;
        for (let k = 0; k < columns; k++) squares += (a.value[r * columns + k]! - mean) ** 2 / columns;
        roots[r] = Math.sqrt(squares + EPSILON);
        for (let k = 0; k < columns; k++) {
          unit[r * columns + k] = (a.value[r * columns + k]! - mean) / roots[r]!;
          out.value[r * columns + k] = unit[r * columns + k]! * gain.value[k]! + shift.value[k]!;
        }
      }
      steps.push(() => {
        for (let r = 0; r < a.rows; r++) {
          let mean = 0, along = 0;
          for (let k = 0; k < columns; k++) {
            const at = r * columns + k, g = out.gradient[at]!, scaled = g * gain.value[k]!;
            gain.gradient[k] = gain.gradient[k]! + g * unit[at]!;
            shift.gradient[k] = shift.gradient[k]! + g;
            mean += scaled / columns;
            along += scaled * unit[at]! / columns;
          }
          for (let k = 0; k < columns; k++) {
            const at = r * columns + k, scaled = out.gradient[at]! * gain.value[k]!;
            a.gradient[at] = a.gradient[at]! + (scaled - mean - unit[at]! * along) / roots[r]!;
          }
        }
      });
      return out;
    },
    transpose: (a) => gather(a, a.columns, a.rows, (i) => (i % a.rows) * a.columns + Math.floor(i / a.rows)),
    scale: (a, factor) => {
      const out = node(a.rows, a.columns);
      for (let i = 0; i < out.value.length; i++) out.value[i] = factor * a.value[i]!;
      steps.push(() => {
        for (let i = 0; i < out.value.length; i++) a.gradient[i] = a.gradient[i]! + factor * out.gradient[i]!;
      });
      return out;
    },
    columns: (a, from, count) =>
      gather(a, a.rows, count, (i) => Math.floor(i / count) * a.columns + from + i % count),
    row: (a, row) => gather(a, 1, a.columns, (i) => row * a.columns + i),
    below: (parts) => {
      const starts: number[] = [];
      let length = 0;
      for (const { value } of parts) {
        starts.push(length);
        length += value.length;
      }
      return together(parts, length / parts[0]!.columns, parts[0]!.columns, (p, i) => starts[p]! + i);
    },
    beside: (parts) => {
      const starts: number[] = [];
      let width = 0;
      for (const { columns } of parts) {
        starts.push(width);
        width += columns;
      }
      return together(parts, parts[0]!.rows, width, (p, i) => {
        const { columns } = parts[p]!;
        return Math.floor(i / columns) * width + starts[p]! + i % columns;
      });
    },
    pinball(a, labels, levels) {
      const out = node(1, 1), count = levels.length;
      for (let k = 0; k < a.value.length; k++) {
        const error = labels[Math.floor(k / count)]! - a.value[k]!, level = levels[k % count]!;
        out.value[0] = out.value[0]! + (error < 0 ? (level - 1) * error : level * error);
      }
      steps.push(() => {
        for (let k = 0; k < a.value.length; k++) {
          const level = levels[k % count]!, below = labels[Math.floor(k / count)]! < a.value[k]!;
          a.gradient[k] = a.gradient[k]! + out.gradient[0]! * (below ? 1 - level : -level);
        }
      });
      return out;
    },
    back(loss) {
      loss.gradient[0] = 1;
      for (let i = steps.length - 1; i >= 0; i--) steps[i]!();
    },
  };
}
