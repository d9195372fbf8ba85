/** Which bars of a span are not there. Pure. */
import type { Span } from "./pages.ts";

/**
 * Runs of open times from..to-1, on the grid of `step`, that are not in a set.
 *
 * @param has True for an open time (ms UTC) that is there.
 */
export function gapsIn({ from, to }: Span, step: number, has: (time: number) => boolean): Span[] {
  const gaps: { from: number; to: number }[] = [];
  for (let time = from; time < to; time += step) {
    if (has(time)) continue;
    const last = gaps.at(-1);
    if (last?.to === time) last.to += step;
    else gaps.push({ from: time, to: time + step });
  }
  return gaps;
}

/** A span as pieces of at most so many bars, ascending. */
export function piecesOf({ from, to }: Span, step: number, bars: number): Span[] {
  const pieces: Span[] = [];
  for (let start = from; start < to; start += bars * step) {
    pieces.push({ from: start, to: Math.min(to, start + bars * step) });
  }
  return pieces;
}
