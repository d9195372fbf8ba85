import type { RunResult, RunSeries } from "../experiments/result.ts";
import type { IterationEvent } from "../population/events.ts";
import { championsFigure } from "./champions.ts";
import { costsFigure } from "./costs.ts";
import { creditHeatmapFigure } from "./credit_heatmap.ts";
import { diversityFigure } from "./diversity.ts";
import { drawdownFigure } from "./drawdown.ts";
import { equityFigure } from "./equity.ts";
import type { Figure } from "./figure.ts";
import { learningCurvesFigure } from "./learning_curves.ts";
import { sharpeIntervalsFigure } from "./sharpe_intervals.ts";

/** What the figures of a run are made of. */
export interface RunRecord {
  readonly result: RunResult;
  readonly events: readonly IterationEvent[];
  readonly series: RunSeries;
}

/**
 * All figures of a run in the order in which they are read. Figures over iterations need at least one.
 *
 * @param trigger `diversityTrigger` of the run's config, or null if nothing mutates.
 */
export function runFigures({ result, events, series }: RunRecord, trigger: number | null): readonly Figure[] {
  const overIterations = events.length === 0 ? [] : [
    learningCurvesFigure(result, events),
    championsFigure(result, events),
    creditHeatmapFigure(result, events),
    diversityFigure(result, events, trigger),
  ];
  return [
    equityFigure(result, series),
    sharpeIntervalsFigure(result),
    costsFigure(result),
    drawdownFigure(result, series),
    ...overIterations,
  ];
}
