/**
 * Splits of rows into training and test. A label of row t over h rows covers rows t..t+h: a training row is
 * purged if its label overlaps the test span, and rows after a test block are embargoed where training may
 * follow it (M. Lopez de Prado, Advances in Financial Machine Learning, 2018, ch. 7 and 12).
 */

/** Rows from..to-1. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

export interface Split {
  readonly train: readonly RowRange[];
  readonly test: readonly RowRange[];
}

/** Rows after a test block that stay out of training: one per cent of all rows, rounded up. */
export function embargoRows(rows: number, share = 0.01): number {
  return Math.ceil(rows * share);
}

export interface WalkForwardSettings {
  readonly rows: number;
  /** The first test row; all before it is training for the first fit. */
  readonly firstTest: number;
  /** Rows of one test block: the refit cadence, e.g. 42. */
  readonly every: number;
  /** Rows that a label looks ahead, >= 0: so many training rows are purged before each test block. */
  readonly horizon: number;
  /** Rows of a rolling training window, e.g. 720 or 2190; null keeps the window anchored at row 0 (expanding). */
  readonly window: number | null;
}

/**
 * Walk-forward splits: each block of `every` rows is tested by a fit on the rows before it, less the purged
 * ones. The blocks tile firstTest..rows-1; the last may be shorter. Nothing follows a test block in training, so
 * there is no embargo.
 *
 * @throws {RangeError} If a setting is out of range or the purge leaves the first fit without rows.
 */
export function walkForwardSplits({ rows, firstTest, every, horizon, window }: WalkForwardSettings): Split[] {
  requireInteger("rows", rows, 1);
  requireInteger("every", every, 1);
  requireInteger("horizon", horizon, 0);
  if (window !== null) requireInteger("window", window, 1);
  if (!(Number.isInteger(firstTest) && firstTest > horizon && firstTest < rows)) {
    throw new RangeError(
      `Cannot split rows as firstTest must be an integer in (${horizon}, ${rows}): current value is ${firstTest}`,
    );
  }
  const splits: Split[] = [];
  for (let from = firstTest; from < rows; from += every) {
    const end = from - horizon;
    splits.push({
      train: [{ from: window === null ? 0 : Math.max(0, end - window), to: end }],
      test: [{ from, to: Math.min(from + every, rows) }],
    });
  }
  return splits;
}

export interface CombinatorialSettings {
  readonly rows: number;
  /** Contiguous groups of (nearly) equal size, N [6]. */
  readonly groups: number;
  /** Groups that each split tests, k [2]. */
  readonly testGroups: number;
  readonly horizon: number;
  /** Rows kept out of training after the labels of a test block end; see embargoRows. */
  readonly embargo: number;
}

/**
 * Combinatorial purged cross-validation: every choice of k of N groups is tested once by a fit on the others.
 * Adjoining test groups form one block. Out of training stay the rows whose labels overlap a block's labels
 * and `embargo` rows after them.
 *
 * @returns C(N, k) splits in lexical order of their test groups; their tests combine into combinatorialPaths(N, k) histories.
 * @throws {RangeError} If a setting is out of range.
 */
export function combinatorialSplits(settings: CombinatorialSettings): Split[] {
  const { rows, groups, testGroups, horizon, embargo } = settings;
  requireInteger("groups", groups, 2);
  requireInteger("rows", rows, groups);
  requireInteger("horizon", horizon, 0);
  requireInteger("embargo", embargo, 0);
  requireTestGroups(groups, testGroups);
  const edge = (group: number) => Math.round(group * rows / groups);
  return choices(groups, testGroups).map((chosen) => {
    const test = merged(chosen.map((group) => ({ from: edge(group), to: edge(group + 1) })));
    const train: RowRange[] = [];
    let from = 0;
    for (const block of test) {
      const to = block.from - horizon;
      if (to > from) train.push({ from, to });
      from = block.to + horizon + embargo;
    }
    if (from < rows) train.push({ from, to: rows });
    return { train, test };
  });
}

/** Number of backtest paths of combinatorial cross-validation: phi = (k / N) C(N, k) = C(N-1, k-1). */
export function combinatorialPaths(groups: number, testGroups: number): number {
  requireInteger("groups", groups, 2);
  requireTestGroups(groups, testGroups);
  let paths = 1;
  for (let i = 1; i < testGroups; i++) paths = paths * (groups - i) / i;
  return Math.round(paths);
}

/** All ways to choose `count` of 0..size-1, in lexical order. */
function choices(size: number, count: number, from = 0): number[][] {
  if (count === 0) return [[]];
  const out: number[][] = [];
  for (let first = from; first <= size - count; first++) {
    for (const rest of choices(size, count - 1, first + 1)) out.push([first, ...rest]);
  }
  return out;
}

/** Ascending ranges with those that touch joined. */
function merged(ranges: readonly RowRange[]): RowRange[] {
  const out: RowRange[] = [];
  for (const range of ranges) {
    const last = out[out.length - 1];
    if (last && last.to === range.from) out[out.length - 1] = { from: last.from, to: range.to };
    else out.push(range);
  }
  return out;
}

function requireInteger(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(
      `Cannot split rows as ${name} must be an integer >= ${least}: current value is ${value}`,
    );
  }
}

function requireTestGroups(groups: number, testGroups: number): void {
  requireInteger("testGroups", testGroups, 1);
  if (testGroups >= groups) {
    throw new RangeError(
      `Cannot split rows as testGroups must be < groups = ${groups}: current value is ${testGroups}`,
    );
  }
}
