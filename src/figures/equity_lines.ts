/** Equity curves as lines to draw, and the frame that leaves room for them. */
import { BAR_MS } from "../core/universe.ts";
import type { RunResult, RunSeries, StrategyResult } from "../experiments/result.ts";
import { signedPercent } from "./format.ts";
import { relativeEquity } from "./relative_equity.ts";
import { oracleMark, type StrategyStyle, strategyStyles } from "./strategy_style.ts";
import { plainText } from "./text.ts";
import { logTicks } from "./ticks.ts";
import { type Point, thinLine } from "./thin.ts";

/** Accounts below 1 % of their start are closed; no axis reaches lower. */
export const FLOOR = 0.01;

/** One strategy's curve. */
export interface EquityLine {
  readonly strategy: StrategyResult;
  readonly style: StrategyStyle;
  /** [ms UTC, multiple of the start], not below FLOOR. */
  readonly points: readonly Point[];
  readonly low: number;
  readonly high: number;
  /** Its name, what an oracle knows ("" for others) and its total net return. */
  readonly label: { readonly text: string; readonly mark: string; readonly figure: string };
}

/** A line for every strategy that has a series, in the order in which they are drawn. */
export function equityLines(result: RunResult, series: RunSeries, buckets: number): EquityLine[] {
  const styles = strategyStyles(result.strategies, result.headline);
  const closes = series.openTime.map((time) => time + BAR_MS);
  return result.strategies.filter(({ name }) => series.equity[name] !== undefined).map((strategy) => {
    const equity = relativeEquity(strategy, series.equity[strategy.name]!).map((x) => Math.max(x, FLOOR));
    return {
      strategy,
      style: styles.get(strategy.name)!,
      points: [[series.openTime[0]!, 1] as const, ...thinLine(closes, equity, buckets)],
      low: equity.reduce((a, b) => Math.min(a, b), 1),
      high: equity.reduce((a, b) => Math.max(a, b), 1),
      label: {
        text: plainText(strategy.label),
        mark: oracleMark(strategy),
        figure: signedPercent(strategy.metrics.totalReturn, 0),
      },
    };
  }).sort((a, b) => a.style.layer - b.style.layer);
}

/** A line may make the frame of the others this many times as high; one that wants more leaves it. */
const SQUEEZE = 2.5;

/**
 * A frame for lines on a log scale, with a little air and at least 2 % either way. Where one line would squeeze the
 * others, the frame is theirs and that line leaves it; the line that matters is always inside.
 *
 * @param inside Names of lines that the frame must hold.
 */
export function equityFrame(
  lines: readonly EquityLine[],
  inside: readonly string[],
): { readonly domain: readonly [number, number]; readonly outside: readonly EquityLine[] } {
  const span = (some: readonly EquityLine[]) => {
    const low = some.reduce((a, line) => Math.min(a, line.low), 1 / 1.02);
    const high = some.reduce((a, line) => Math.max(a, line.high), 1.02);
    return { low, high, height: Math.log(high / low) };
  };
  let kept = [...lines];
  for (;;) {
    const { height } = span(kept);
    const least = kept.filter(({ strategy }) => !inside.includes(strategy.name))
      .map((line) => ({ line, without: span(kept.filter((other) => other !== line)).height }))
      .sort((a, b) => a.without - b.without)[0];
    if (!least || kept.length < 3 || height <= SQUEEZE * least.without) break;
    kept = kept.filter((line) => line !== least.line);
  }
  const { low, high } = span(kept), air = (high / low) ** 0.03;
  return { domain: [low / air, high * air], outside: lines.filter((line) => !kept.includes(line)) };
}

/** 1.25 -> "1.25×", a multiple of the start. */
export function multiple(tick: number): string {
  return `${String(Number(tick.toFixed(3)))}×`;
}

/**
 * The part of a line that lies within a frame: it ends at the edge and begins there again, with a gap (NaN) between.
 * Cut here and not by the drawing, whose clip paths have names that depend on what was drawn before.
 */
export function withinFrame(points: readonly Point[], [low, high]: readonly [number, number]): Point[] {
  const out: Point[] = [];
  const inside = (y: number) => y >= low && y <= high;
  points.forEach(([x, y], i) => {
    const before = points[i - 1];
    if (before && inside(before[1]) !== inside(y)) {
      const edge = (inside(y) ? before[1] : y) < low ? low : high;
      const share = Math.log(edge / before[1]) / Math.log(y / before[1]); // straight on a log scale
      const crossing: Point = [before[0] + share * (x - before[0]), edge];
      out.push(...(inside(y) ? [crossing] : [crossing, [x, NaN] as Point]));
    }
    if (inside(y)) out.push([x, y]);
  });
  return out;
}

const STEPS = [1, 1.25, 1.5, 2, 3, 4, 5, 6, 8];

/**
 * Ticks of a log axis of equity, the start among them: of round multiples at most `most`, as evenly spread as their
 * ratios allow.
 */
export function equityTicks([low, high]: readonly [number, number], most: number): number[] {
  const all = [-2, -1, 0, 1, 2, 3].flatMap((power) =>
    STEPS.map((step) => Number((step * 10 ** power).toPrecision(3)))
  )
    .filter((tick) => tick >= low && tick <= high);
  const apart = Math.log(high / low) / (most + 1);
  const kept: number[] = all.filter((tick) => tick === 1);
  for (const tick of all) {
    if (kept.every((other) => Math.abs(Math.log(tick / other)) >= apart)) kept.push(tick);
  }
  return kept.length > 2 ? kept.sort((a, b) => a - b) : logTicks(low, high);
}
