/** Where two outputs differ, bit by bit. */

/** Index of the first of `count` values that differ (-0 from 0 too; all NaNs are one), or -1. */
export function firstDifference(
  a: Float64Array | Int8Array,
  b: Float64Array | Int8Array,
  count: number,
): number {
  for (let i = 0; i < count; i++) {
    const x = a[i], y = b[i];
    if (x !== y || x === 0) { if (!Object.is(x, y)) return i; } // most values are equal and not 0
  }
  return -1;
}

/** The first pair of leaves that differ, or null. */
export function firstLeafApart(a: unknown, b: unknown): [unknown, unknown] | null {
  if (Object.is(a, b)) return null;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return [a, b];
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const apart = firstLeafApart((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]);
    if (apart) return apart;
  }
  return null;
}

export function countLeaves(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce((sum: number, item) => sum + countLeaves(item), 0);
}
