/** The finite values of a moving window in ascending order: what rolling medians and quantiles read. */
export interface SortedWindow {
  /** Values held; the first `size` of `values` are sorted. */
  readonly values: Float64Array;
  readonly size: number;
  /** Puts a value in. The window must not be full. */
  insert(value: number): void;
  /** Takes one value out that was put in before. */
  remove(value: number): void;
  /** Takes one value out and puts another in, moving only what lies between them: made for short windows. */
  replace(leaving: number, entering: number): void;
}

/** An empty window that can hold `capacity` values. Values must not be NaN. */
export function createSortedWindow(capacity: number): SortedWindow {
  const values = new Float64Array(capacity);
  let size = 0;

  /** Place of the first value that is not below `value`. */
  function position(value: number): number {
    let low = 0, high = size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    values,
    get size() {
      return size;
    },
    insert(value) {
      const at = position(value);
      values.copyWithin(at + 1, at, size);
      values[at] = value;
      size++;
    },
    remove(value) {
      const at = position(value);
      values.copyWithin(at, at + 1, size);
      size--;
    },
    replace(leaving, entering) {
      replaceIn(values, size, leaving, entering);
    },
  };
}

/** `SortedWindow.replace` on the first `size` of `values`, with nothing to be read but its arguments. */
export function replaceIn(values: Float64Array, size: number, leaving: number, entering: number): void {
  let at = 0, high = size;
  while (at < high) {
    const middle = (at + high) >> 1;
    if (values[middle]! < leaving) at = middle + 1;
    else high = middle;
  }
  if (entering > leaving) {
    const last = size - 1;
    for (; at < last; at++) {
      const next = values[at + 1]!;
      if (next >= entering) break;
      values[at] = next;
    }
  } else {
    for (; at > 0; at--) {
      const next = values[at - 1]!;
      if (next <= entering) break;
      values[at] = next;
    }
  }
  values[at] = entering;
}
