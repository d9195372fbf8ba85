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
  /** Share of a role's starting diversity below which its non-elite mutate; null if nothing mutates. */
  readonly trigger: number | null;
}

/** All figures of a run in the order in which they are read; those over iterations only if there are any. */
export function runFigures({ result, events, series, trigger }: RunRecord): readonly Figure[] {
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
