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

/** What the figures of a run are made of. */
export interface RunRecord {
  readonly result: RunResult;
  readonly events: readonly RecordedEvent[];
  readonly series: RunSeries;
}

/**
 * All figures of a run in the order in which they are read; those over iterations only if there are any.
 *
 * @param size What they are laid out for; those that have one layout only come in that.
 */
export function runFigures(
  { result, events, series }: RunRecord,
  size: FigureWidth = "page",
): readonly Figure[] {
  const overIterations = eventsOfType(events, "iteration").length === 0 ? [] : [
    learningCurvesFigure(result, events, size),
    championsFigure(result, events, size),
    genealogyFigure(result, events, size),
    creditHeatmapFigure(result, events, size),
    diversityFigure(result, events, size),
  ];
  return [
    equityFigure(result, series, size),
    sharpeIntervalsFigure(result, size),
    costsFigure(result),
    drawdownFigure(result, series, size),
    ...overIterations,
  ];
}
