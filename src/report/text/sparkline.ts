/** A line of values in one line of text. */

const BLOCKS = "▁▂▃▄▅▆▇█";

/**
 * The last values of a series as bars of eight heights, the newest at the right. Longer series are thinned to the last
 * value of each of `width` equal parts; equal values lie at the bottom.
 *
 * @param width Signs at most, an integer >= 1.
 */
export function sparkline(values: readonly number[], width: number): string {
  const n = values.length, signs = Math.min(width, n);
  const shown = Array.from({ length: signs }, (_, i) => values[Math.ceil((i + 1) * n / signs) - 1]!);
  const low = Math.min(...shown), span = Math.max(...shown) - low;
  return shown.map((value) => BLOCKS[span > 0 ? Math.min(7, Math.floor(8 * (value - low) / span)) : 0]).join(
    "",
  );
}
