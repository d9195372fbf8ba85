/**
 * PopAgent's table of contents for notebooks: load a run, look at it, draw it, and the pieces to experiment
 * with. Long work belongs to `deno task`; a cell loads, calls and shows.
 */

// A run's folder and its figures.
export { readRun } from "./adapters/runs/run_files.ts";
export { removeRun } from "./adapters/runs/run_folders.ts";
export { readPlaces } from "./adapters/runs/parquet_places.ts";
export { listRuns, loadRun } from "./adapters/runs/run_list.ts";
export { runAnswer, runSummary, show } from "./adapters/notebook/display.ts";
export { agentPerformanceTable } from "./figures/agent_performance_table.ts";
export { championsFigure } from "./figures/champions.ts";
export { coinProfitTable } from "./figures/coin_profit_table.ts";
export { costsFigure } from "./figures/costs.ts";
export { creditHeatmapFigure } from "./figures/credit_heatmap.ts";
export { creditTable } from "./figures/credit_table.ts";
export { diversityFigure } from "./figures/diversity.ts";
export { drawdownFigure } from "./figures/drawdown.ts";
export { equityFigure } from "./figures/equity.ts";
export { genealogyFigure } from "./figures/genealogy.ts";
export { genealogyTable } from "./figures/genealogy_table.ts";
export { learningCurvesFigure } from "./figures/learning_curves.ts";
export { monthlyTable } from "./figures/monthly_table.ts";
export { ratiosTable } from "./figures/ratios_table.ts";
export { researcherQualityTable } from "./figures/researcher_quality_table.ts";
export { notesTable, resultTable, riskTable, tradingTable } from "./figures/result_table.ts";
export { roundTripsTable } from "./figures/round_trips_table.ts";
export { sharpeIntervalsFigure } from "./figures/sharpe_intervals.ts";
export { tailsTable } from "./figures/tails_table.ts";
export { timeTable } from "./figures/time_table.ts";

// What a run says, in words and numbers.
export { compareSharpe, headlineComparisons } from "./experiments/comparison.ts";
export { GLOSSARY } from "./figures/glossary.ts";
export { dataAnswer } from "./figures/data_answer.ts";
export { learningAnswer } from "./figures/learning_answer.ts";
export { marketAnswer } from "./figures/market_answer.ts";
export { moneyTable } from "./figures/money_answer.ts";

// Figures of plain data: a backtest, a strategy of a run, a table of one's own.
export { accountFigures, accountsOf } from "./figures/account_figures.ts";
export type { AccountLine, FigureHead } from "./figures/account_line.ts";
export { type CandlesData, candlesFigure } from "./figures/candles.ts";
export { candlesData, chartFills, type FillColumns } from "./figures/candles_data.ts";
export { coinProfitFigure, type CoinProfits } from "./figures/coin_profit.ts";
export { exposureFigure, type ExposureLine } from "./figures/exposure.ts";
export type { ChartFill } from "./figures/fill_style.ts";
export { monthlyReturnsFigure } from "./figures/monthly_returns.ts";
export { rollingSharpeFigure } from "./figures/rolling_sharpe.ts";
export { underwaterFigure } from "./figures/underwater.ts";

// Figures and tables that leave the house.
export { figureFile } from "./adapters/draw/figure_files.ts";
export { figureSvg } from "./report/svg/figure_svg.ts";
export { interactive } from "./report/html/interactive_page.ts";
export { csvTable, metricsCsv } from "./report/text/csv_table.ts";
export { latexTable } from "./report/text/latex_table.ts";
export { markdownTable } from "./report/text/markdown_table.ts";

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
export { accountMetrics } from "./experiments/metrics/account_metrics.ts";
export { roundTripsOf } from "./experiments/metrics/round_trips.ts";
export { barReturns } from "./experiments/account_series.ts";
export { storedAccount } from "./experiments/stored_account.ts";
export { monthlyReturns } from "./stats/monthly_returns.ts";
export { rollingSharpe } from "./stats/rolling_sharpe.ts";
export { placeSharpes, populationMean } from "./experiments/population_mean.ts";
export { tradePipeline } from "./experiments/references/trade.ts";
