/**
 * PopAgent's table of contents for notebooks: load a run, look at it, draw it, and the pieces to experiment
 * with. Long work belongs to `deno task`; a cell loads, calls and shows.
 */

// A run's folder and its figures.
export { readRun } from "./adapters/runs/run_files.ts";
export { removeRun } from "./adapters/runs/run_folders.ts";
export { listRuns, loadRun } from "./adapters/runs/run_list.ts";
export { runAnswer, runSummary, show } from "./adapters/notebook/display.ts";
export { championsFigure } from "./figures/champions.ts";
export { costsFigure } from "./figures/costs.ts";
export { creditHeatmapFigure } from "./figures/credit_heatmap.ts";
export { creditTable } from "./figures/credit_table.ts";
export { diversityFigure } from "./figures/diversity.ts";
export { drawdownFigure } from "./figures/drawdown.ts";
export { equityFigure } from "./figures/equity.ts";
export { genealogyTable } from "./figures/genealogy_table.ts";
export { learningCurvesFigure } from "./figures/learning_curves.ts";
export { notesTable, resultTable, tradingTable } from "./figures/result_table.ts";
export { sharpeIntervalsFigure } from "./figures/sharpe_intervals.ts";

// What happened in a run.
export { EVENTS, eventsOfType, eventSummary } from "./events/event.ts";

// Markets.
export { DECLARED_COINS } from "./core/universe.ts";
export { type Panel, slicePanel } from "./market/panel.ts";
export { syntheticMarket } from "./market/synthetic/synthetic_market.ts";
export { qualityReport } from "./market/quality.ts";

// Agents, and what they are made of.
export { pipelineOf } from "./agents/agent.ts";
export { declareVariant, variantNamed, VARIANTS } from "./agents/catalogue.ts";
export { declareMethod, POOLS } from "./inventory/pools.ts";
export { analysisOf, forecastOf, limitsOf, planOf, statedForecast } from "./agents/desk.ts";
export { startGenome } from "./agents/variant.ts";

// Runs and their metrics.
export { type PopulationRunConfig, populationRunConfig, settingsSchema } from "./experiments/config.ts";
export { createDesk, marketOf } from "./experiments/market.ts";
export { strategyMetrics } from "./experiments/metrics.ts";
export { tradePipeline } from "./experiments/references/trade.ts";

export type { Extension } from "./adapters/extensions/extension.ts";
