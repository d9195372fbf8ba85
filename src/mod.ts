/**
 * PopAgent for notebooks: a market, its columns and signals, agents and what they do stage by stage, one's own
 * signals in an account, a grid of parameters, a population run, its figures and tables.
 * docs/LIBRARY.md shows each in a cell; what long work needs is in `deno task`.
 *
 * @module
 */

// A market in hand: bars, quality, columns, signals, feature frames.
export { loadMarket, type Market, type MarketRequest, type SyntheticRequest } from "./desk/market.ts";
export {
  type AnyColumn,
  barTables,
  column,
  columnNames,
  featureTables,
  quality,
  qualityTable,
  signals,
  type SignalSeries,
  signalTable,
} from "./desk/columns.ts";
export { DECLARED_COINS } from "./core/universe.ts";
export { slicePanel } from "./market/panel.ts";
export { ema } from "./features/ema.ts";
export { sma } from "./features/sma.ts";
export { rsi } from "./features/rsi.ts";

// Agents and pipelines: genes, and what each stage puts out.
export {
  agent,
  type AgentChoice,
  compareStages,
  genes,
  type GeneValue,
  type StageChange,
  type Stages,
  stages,
  stageSeries,
  stageTable,
  team,
  tradeTeam,
} from "./desk/agents.ts";
export { declareVariant, VARIANTS, type Variants } from "./agents/catalogue.ts";
export { declareMethod, type PoolName, POOLS, type Pools } from "./inventory/pools.ts";
export { declareColumn } from "./features/catalogue.ts";
export { declareStrategy } from "./experiments/strategies.ts";
export { declareFigure } from "./figures/run_figures.ts";

export { pipelineOf } from "./agents/agent.ts";
export { variantNamed } from "./agents/catalogue.ts";
export { startGenome } from "./agents/variant.ts";

// One's own signals in an account.
export {
  type AccountOptions,
  type Backtest,
  backtest,
  type BacktestRequest,
  type TimedFill,
} from "./desk/backtest.ts";
export type { BacktestLimits, ByCoin, Series, Signals, Sizing } from "./desk/signals.ts";
export type { BacktestCosts, TradingTerms } from "./desk/trading_terms.ts";
export type { RoundTrip } from "./desk/round_trips.ts";
export { backtestFigures, backtestTable, comparison, type NamedBacktests } from "./desk/comparison.ts";
export {
  type Grid,
  type GridValues,
  type Sweep,
  sweep,
  type SweepOptions,
  type SweepRow,
  sweepTable,
} from "./desk/sweep.ts";
export type { QuickMetrics } from "./desk/account_sheet.ts";

// A population: a whole run, or one part of an iteration after another.
export { configure, type SettingsRequest } from "./desk/configuration.ts";
export { type PopulationOptions, type PopulationProgress, runPopulation } from "./desk/run_population.ts";
export { type InsidePopulation, openPopulation, teamNames } from "./desk/inside_population.ts";
export type { Extension } from "./adapters/extensions/extension.ts";
export { reload } from "./adapters/notebook/reload.ts";

// Runs: their folders, what happened in them.
export { readRun, type StoredRun } from "./adapters/runs/run_files.ts";
export { removeRun } from "./adapters/runs/run_folders.ts";
export { listRuns, loadRun, type RunList } from "./adapters/runs/run_list.ts";
export { EVENTS, eventsOfType, eventSummary } from "./events/event.ts";

// Statistics of returns.
export { annualSharpe, sharpeError } from "./stats/sharpe.ts";
export { annualSortino, hitRate, totalReturn } from "./stats/return_ratios.ts";
export { annualGrowth } from "./stats/growth.ts";
export { drawdowns, maxDrawdown, ulcerIndex } from "./stats/drawdown.ts";
export { type DrawdownDuration, drawdownDuration } from "./stats/drawdown_duration.ts";
export { calmar } from "./stats/calmar.ts";
export { rollingSharpe } from "./stats/rolling_sharpe.ts";
export { type MonthlyReturn, monthlyReturns } from "./stats/monthly_returns.ts";
export { historicalTail, type TailLoss } from "./stats/value_at_risk.ts";
export { type PairedTest, pairedTest } from "./stats/paired.ts";
export { type SharpeDifference, sharpeDifferenceTest } from "./stats/ledoit_wolf.ts";
export { deflatedSharpe, type TrackRecord, trackRecord } from "./stats/deflated_sharpe.ts";
export { backtestOverfitting, type OverfittingReport } from "./stats/pbo.ts";
export { holm } from "./stats/multiple_testing.ts";

// Figures and tables.
export { type Markup, runAnswer, runSummary, show } from "./adapters/notebook/display.ts";
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
export { type RunFigure, runFigures, type RunRecord } from "./figures/run_figures.ts";

// Names that types are made of: what there is of each.
export { COLUMN_NAMES } from "./market/panel.ts";
export { SIGNAL_NAMES } from "./features/signals/signals.ts";
export { CATALOGUE } from "./features/catalogue.ts";
export { ROLES } from "./genome/role.ts";
export { FILL_KINDS } from "./simulation/trace.ts";
export { BAR_BOOK_COLUMNS } from "./simulation/bar_book.ts";
export { LIMITS } from "./simulation/limits.ts";
export { DEPLOYED_ACCOUNTS } from "./population/state.ts";
export { QUALITY_ISSUES } from "./market/quality/finding.ts";
export { DERIVED_COLUMNS } from "./market/derived_columns.ts";

// Types that what stands above is made of.
export type { BarTable, FrameLike, TableColumn } from "./adapters/bars/table_bars.ts";
export type { BrokenRun, RunEntry } from "./adapters/runs/run_list.ts";
export type { Agent, Pipeline } from "./agents/agent.ts";
export type { Analysis, CoinAnalysis } from "./agents/contracts.ts";
export type { Desk } from "./agents/desk.ts";
export type { DerivativesColumn, Identities, Variant } from "./agents/variant.ts";
export type { Immutable } from "./core/immutable.ts";
export type { KnownRows, Memo, MemoCounts } from "./core/memo.ts";
export type { Coin, Instrument, InstrumentTerms, RiskTier } from "./core/universe.ts";
export type { EventOf, EventType, RecordedEvent } from "./events/event.ts";
export type { IterationEvent, Team } from "./events/iteration.ts";
export type { AccountSeries } from "./experiments/account_series.ts";
export type { Settings } from "./experiments/config.ts";
export type { Provenance } from "./experiments/provenance.ts";
export type { PassiveReference } from "./experiments/references/passive.ts";
export type { RunResult, RunSeries, StrategyMetrics, StrategyResult } from "./experiments/result.ts";
export type { StrategyDescription } from "./experiments/strategy.ts";
export type { CatalogueEntry, CatalogueName, ColumnSpec } from "./features/catalogue.ts";
export type { CoinFrames } from "./features/frame.ts";
export type { MarketView } from "./features/market_view.ts";
export type { SignalName } from "./features/signals/signals.ts";
export type { Figure, LegendEntry, LegendShape } from "./figures/figure.ts";
export type { Column, Row, Table } from "./figures/table.ts";
export type { Gene, GeneValues } from "./genome/gene.ts";
export type { Genome } from "./genome/genome.ts";
export type { Role } from "./genome/role.ts";
export type { Lookbacks, ReadingInput, ReadingMethod } from "./inventory/analyst/features/reading.ts";
export type { RegimeInput, RegimeMethod } from "./inventory/analyst/regimes/standardised_move.ts";
export type { MixtureInput, TrendMethod } from "./inventory/analyst/trends/mixture.ts";
export type { BarSdInput, VolatilityMethod } from "./inventory/analyst/volatility/bar_sd.ts";
export type { Method, Need } from "./inventory/method.ts";
export type {
  Calibrate,
  CalibrationInput,
  CalibrationMethod,
} from "./inventory/researcher/calibration/calibration.ts";
export type { CoinForecast, Forecast, HorizonForecast } from "./inventory/researcher/forecast.ts";
export type { ForecastingInput, ForecastingMethod } from "./inventory/researcher/forecasting/forecasting.ts";
export type { ForecastTask } from "./inventory/researcher/task.ts";
export type { ResidualSampler, UncertaintyMethod } from "./inventory/researcher/uncertainty/sampler.ts";
export type { CheckInput, CheckMethod, Grant } from "./inventory/risk/checks/check.ts";
export type { Proposal, Proposals } from "./inventory/trader/proposal.ts";
export type { Stance, StanceInput, StanceMethod } from "./inventory/trader/stances/stance.ts";
export type { EndedPlan, StyleInput, StyleMethod } from "./inventory/trader/styles/style.ts";
export type { ViewInput, ViewMethod } from "./inventory/trader/views/view.ts";
export type { DerivedBars, DerivedName } from "./market/derived_columns.ts";
export type { CoinBars, ColumnName, MarketSource, Panel, SyntheticSource } from "./market/panel.ts";
export type { QualityReport } from "./market/quality.ts";
export type { FileForm } from "./market/quality/file_form.ts";
export type { QualityFinding, QualityIssue, Severity } from "./market/quality/finding.ts";
export type { QualitySettings } from "./market/quality/settings.ts";
export type { Credits } from "./population/credit.ts";
export type { Decision } from "./population/decide.ts";
export type { Genomes, Members } from "./population/members.ts";
export type { Ranking, RoleRanking } from "./population/ranking.ts";
export type { DeployedAccount, PopulationState, TeamGenomes } from "./population/state.ts";
export type { StepResult } from "./population/step.ts";
export type { Traded } from "./population/trade.ts";
export type { Arena } from "./simulation/arena.ts";
export type { BarBook, BarBookColumn } from "./simulation/bar_book.ts";
export type { Limits } from "./simulation/limits.ts";
export type { Mandate } from "./simulation/mandate.ts";
export type { Plan } from "./simulation/plan.ts";
export type { Totals } from "./simulation/report.ts";
export type { Fill, FillKind } from "./simulation/trace.ts";
export type { Panel as FigurePanel } from "./figures/figure.ts";
export type { Limits as QualityLimits } from "./market/quality/finding.ts";
