/** A point of a line: x and y in data units. */
export type Point = readonly [number, number];

/**
 * A line with few points that looks like the whole one: of every bucket of rows its first, lowest, highest
 * and last value are kept, so that no trough or peak is lost. Values that are not finite are left out.
 *
 * @param x Shape [n], ascending. @param y Shape [n].
 * @param buckets Number of buckets, about the width of the plot in px over 2; at most 4 points of each stay.
 */
export function thinLine(x: ArrayLike<number>, y: ArrayLike<number>, buckets = 300): Point[] {
  const n = y.length;
  const out: Point[] = [];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor(bucket * n / buckets), to = Math.floor((bucket + 1) * n / buckets);
    const kept = new Set<number>();
    let lowest = -1, highest = -1, last = -1;
    for (let i = from; i < to; i++) {
      if (!Number.isFinite(y[i]!)) continue;
      if (last < 0) kept.add(i);
      if (lowest < 0 || y[i]! < y[lowest]!) lowest = i;
      if (highest < 0 || y[i]! > y[highest]!) highest = i;
      last = i;
    }
    if (last < 0) continue;
    kept.add(lowest).add(highest).add(last);
    for (const i of [...kept].sort((a, b) => a - b)) out.push([x[i]!, y[i]!]);
  }
  return out;
}
