import { displayed } from "./displayed.ts";
import type { RunResult, RunSeries } from "../experiments/result.ts";
import { eventsOfType, type RecordedEvent } from "../events/event.ts";
import { championsFigure } from "./champions.ts";
import { costsFigure } from "./costs.ts";
import { creditHeatmapFigure } from "./credit_heatmap.ts";
import { diversityFigure } from "./diversity.ts";
import { drawdownFigure } from "./drawdown.ts";
import { equityFigure } from "./equity.ts";
import type { Figure } from "./figure.ts";
import { genealogyFigure } from "./genealogy.ts";
import { learningCurvesFigure } from "./learning_curves.ts";
import { sharpeIntervalsFigure } from "./sharpe_intervals.ts";
import type { FigureWidth } from "./theme.ts";
import { requireRun } from "./run_parts.ts";

/** What the figures of a run are made of. */
export interface RunRecord {
  /** result.json. */
  readonly result: RunResult;
  /** What happened, in order. */
  readonly events: readonly RecordedEvent[];
  /** Equity bar by bar. */
  readonly series: RunSeries;
}

/**
 * All figures of a run in the order in which they are read; those over iterations only if there are any.
 *
 * @param size What they are laid out for; those that have one layout only come in that.
 */
export function runFigures(
  run: RunRecord,
  size: FigureWidth = "page",
): readonly Figure[] {
  requireRun(run);
  const { result, events, series } = run;
  const overIterations = eventsOfType(events, "iteration").length === 0 ? [] : [
    learningCurvesFigure(result, events, size),
    championsFigure(result, events, size),
    genealogyFigure(result, events, size),
    creditHeatmapFigure(result, events, size),
    diversityFigure(result, events, size),
  ];
  return displayed([
    equityFigure(result, series, size),
    sharpeIntervalsFigure(result, size),
    costsFigure(result),
    drawdownFigure(result, series, size),
    ...overIterations,
    ...[...own.values()].map((make) => make({ result, events, series })),
  ]);
}

/** Makes a figure of a run. */
export type RunFigure = (run: RunRecord) => Figure;

const own = new Map<string, RunFigure>();

/** Figures of one's own, by name. */
export const OWN_FIGURES: ReadonlyMap<string, RunFigure> = own;

/**
 * Adds a figure of one's own to those of every run. The same one again changes nothing.
 *
 * @throws {RangeError} If there is another one of that name.
 */
export function declareFigure(name: string, figure: RunFigure): void {
  if (own.has(name) && own.get(name) !== figure) {
    throw new RangeError(`Cannot declare a figure as its name must be new: current value is ${name}`);
  }
  own.set(name, figure);
}

/** Takes a figure of one's own back, so that another one may have its name. */
export function withdrawFigure(name: string): void {
  own.delete(name);
}
