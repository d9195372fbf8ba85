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
  signals,
  type SignalSeries,
  signalTable,
} from "./desk/columns.ts";
export { qualityTable } from "./desk/quality_table.ts";
export { frameTable } from "./desk/frame_table.ts";
export { marketFigure, marketSource, marketTable } from "./desk/market_summary.ts";
export { signalsFigure, signalsTable } from "./desk/signals_figure.ts";
export { type Foresight, foresight, foresightAnswer, foresightTable } from "./desk/foresight.ts";
export { leakCheck, type LeakCheckOptions, leakCheckTable } from "./desk/leak_check.ts";
export type { LeakLayer } from "./experiments/leakage/leakcheck.ts";
export type { FirstChange, PartFinding } from "./experiments/leakage/own_checks.ts";
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
  researchOf,
  type StageChange,
  type Stages,
  stages,
  stageSeries,
  stageTable,
  team,
  tradeTeam,
} from "./desk/agents.ts";
export { agentsTable, alikeTable, roster, rosterFigure, tradeRole } from "./desk/roster.ts";
export { VARIANTS, type Variants } from "./agents/catalogue.ts";
export {
  declareColumn,
  declareFigure,
  declareMethod,
  declareStrategy,
  declareVariant,
} from "./desk/declare_parts.ts";
export { type ForecastQuality, forecastQuality } from "./desk/forecast_quality.ts";
export type { HorizonQuality } from "./experiments/forecast_quality.ts";
export {
  forecastPitFigure,
  forecastQualityTable,
  forecastReliabilityFigure,
  type QualityByForecaster,
} from "./figures/forecast_quality.ts";
export {
  poolFigure,
  type ReadingChoices,
  readingChoices,
  SHOWN_POOLS,
  verdictsTable,
} from "./desk/pool_page.ts";
export { selectionFigure, selectionTable } from "./figures/selection.ts";
export { costAnswer, inventory, inventoryTable } from "./desk/inventory.ts";
export type { InventoryEntry } from "./inventory/listing.ts";
export { selectingCheck } from "./inventory/selection/selected_check.ts";
export { selectingForecaster } from "./inventory/selection/selected_forecast.ts";
export { selectingStyle } from "./inventory/selection/selected_style.ts";
export type { SelectingMethod } from "./inventory/selection/selecting_method.ts";
export type { MethodSelection } from "./inventory/selection/select.ts";
export type { SelectionSettings } from "./inventory/selection/settings.ts";
export type { PrunedMethod } from "./inventory/selection/pruning.ts";
export { type PoolName, POOLS, type Pools } from "./inventory/pools.ts";

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
export type { ByCoin, Series, Signals } from "./desk/signals.ts";
export type { BacktestLimits, Sizing } from "./desk/sizing.ts";
export type { BacktestCosts, TradingTerms } from "./desk/trading_terms.ts";
export type { RoundTrip } from "./desk/round_trips.ts";
export { sharpeAnswer } from "./desk/sharpe_answer.ts";
export { backtestFigures, backtestTable, comparison, type NamedBacktests } from "./desk/comparison.ts";
export {
  type Grid,
  type GridValues,
  type Sweep,
  sweep,
  type SweepOptions,
  type SweepRow,
} from "./desk/sweep.ts";
export { sweepTable } from "./desk/sweep_table.ts";
export type { QuickMetrics } from "./desk/account_sheet.ts";

// A population: a whole run, or one part of an iteration after another.
export { configure, type SettingsRequest } from "./desk/configuration.ts";
export { type PopulationOptions, type PopulationProgress, runPopulation } from "./desk/run_population.ts";
export { type PaperOptions, type PaperSession, paperSession } from "./desk/paper_session.ts";
export { sessionFigure } from "./desk/session_figure.ts";
export type { SessionSummary } from "./live/summary.ts";
export { DECLARED_GUARDS, type GuardLimits, type GuardState } from "./live/guards.ts";
export { type Alert, type AlertRule, type AlertSeverity, SEVERITIES } from "./admin/alert.ts";
export type { MeasureName } from "./admin/measures.ts";
export { alertsOf } from "./admin/alert_fold.ts";
export { DECLARED_ALERTS } from "./admin/alert_rules.ts";
export { noticesOf } from "./admin/notices/notices_of.ts";
export type { NoticeOrigin } from "./admin/notices/alert_notice.ts";
export type { Notice, NoticeSection } from "./admin/notices/notice.ts";
export {
  type SlackBlock,
  type SlackMarked,
  type SlackMessage,
  slackMessage,
  type SlackPlain,
} from "./admin/notices/slack_message.ts";
export { type AlertRow, alertsTable } from "./figures/alerts_table.ts";
export type { DivergencePart } from "./live/divergence_part.ts";
export { type DivergenceRow, divergenceTable } from "./figures/divergence_table.ts";
export { type InsidePopulation, openPopulation, teamNames } from "./desk/inside_population.ts";
export type { Extension } from "./adapters/extensions/extension.ts";
export { reload } from "./adapters/notebook/reload.ts";

// Runs: their folders, what happened in them.
export { readRun, type StoredRun } from "./adapters/runs/run_files.ts";
export { removeRun } from "./adapters/runs/run_folders.ts";
export { readPlaces } from "./adapters/runs/parquet_places.ts";
export { listRuns, loadRun, type RunList } from "./adapters/runs/run_list.ts";
export { collectRuns, findRun } from "./adapters/runs/run_collection.ts";
export { prunableRuns, pruneRuns } from "./adapters/runs/prune.ts";
export { compareRuns, settingDifferences } from "./experiments/compare_runs.ts";
export { explain, type ExplainRequest } from "./desk/explain_stored.ts";
export { explainedStrategies, explainRun } from "./experiments/explain/explain_run.ts";
export { branch, type BranchRequest, lesions, type ReplayRequest, replayWinner } from "./desk/genealogy.ts";
export { niches, regimeSpecialists, roleEffects } from "./desk/specialists.ts";
export type { StoredPlaces } from "./desk/stored_places.ts";
export { EVENTS, eventsOfType, eventSummary } from "./events/event.ts";
export { accountMetrics } from "./experiments/metrics/account_metrics.ts";
export { roundTripsOf } from "./experiments/metrics/round_trips.ts";
export { barReturns } from "./experiments/account_series.ts";
export { storedAccount } from "./experiments/stored_account.ts";
export { placeSharpes, populationMean } from "./experiments/population_mean.ts";

// Grids of runs.
export { type GridFrame, gridFrame } from "./adapters/ledger/grid_frame.ts";

// Evidence: what a finished grid shows, claim by claim (docs/EXPERIMENTS.md).
export { loadRobust } from "./adapters/evidence/load_robust.ts";
export { loadRuns } from "./adapters/evidence/load_runs.ts";
export { CLAIMS } from "./experiments/evidence/claims.ts";
export { summarise, type SummaryOptions } from "./experiments/evidence/summarise.ts";
export { ablationFigure } from "./figures/ablation.ts";
export { costCurveFigure } from "./figures/cost_curve.ts";
export { evidenceAnswer } from "./figures/evidence_answer.ts";
export { claimsTable, guardsTable, levelsTable, partsTable } from "./figures/evidence_tables.ts";
export { profilesFigure } from "./figures/performance_profiles.ts";
export { powerFigure } from "./figures/power_curve.ts";
export { robustAnswer, robustTables } from "./figures/robust_tables.ts";
export { summaryText } from "./report/text/evidence_text.ts";
export { detectableEffect, equivalencePower, pairedPower } from "./stats/power.ts";

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
export { folded, type Markup, runAnswer, runSummary, show, type Shown } from "./adapters/notebook/display.ts";
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
export { baselinesAnswer, baselinesFigure, baselinesTable } from "./figures/baselines.ts";
export { branchFigure, branchTable } from "./figures/branch.ts";
export { type Learned, learnedAnswer } from "./figures/learned_answer.ts";
export { lesionsFigure, lesionsTable } from "./figures/lesions.ts";
export { nichesTable } from "./figures/niches_table.ts";
export { genomePathsFigure } from "./figures/genome_paths.ts";
export { lineageFigure } from "./figures/lineage.ts";
export { replayFigure, replayTable } from "./figures/replay.ts";
export { roleEffectsFigure, roleEffectsTable } from "./figures/role_effects.ts";
export { specialistsFigure, specialistsTable } from "./figures/specialists.ts";
export { changesTable } from "./figures/changes_table.ts";
export { genealogyTable } from "./figures/genealogy_table.ts";
export { learningCurvesFigure } from "./figures/learning_curves.ts";
export { monthlyTable } from "./figures/monthly_table.ts";
export { ratiosTable } from "./figures/ratios_table.ts";
export { pitFigure, type PitValues } from "./figures/pit.ts";
export { reliabilityFigure, type StatedProbabilities } from "./figures/reliability.ts";
export {
  type ResearcherForecasts,
  researcherForecasts,
} from "./experiments/readings/researcher_forecasts.ts";
export { researcherQualityTable } from "./figures/researcher_quality_table.ts";
export { notesTable, resultTable, riskTable, tradingTable } from "./figures/result_table.ts";
export { roundTripsTable } from "./figures/round_trips_table.ts";
export { sharpeIntervalsFigure } from "./figures/sharpe_intervals.ts";
export { tailsTable } from "./figures/tails_table.ts";
export { riskAgentsTable, scalingTable } from "./figures/scaling_tables.ts";
export { timeTable } from "./figures/time_table.ts";
export { type RunFigure, runFigures, type RunRecord } from "./figures/run_figures.ts";
export { runsTable } from "./figures/runs_table.ts";
export { differencesTable, settingsTable } from "./figures/compare_tables.ts";

// What a run says, in words and numbers.
export { type Baseline, type Baselines, compareBaselines } from "./experiments/baselines.ts";
export { compareSharpe, headlineComparisons } from "./experiments/comparison.ts";
export { GLOSSARY } from "./figures/glossary.ts";
export { dataAnswer } from "./figures/data_answer.ts";
export { learningAnswer } from "./figures/learning_answer.ts";
export { marketAnswer } from "./figures/market_answer.ts";
export { moneyTable } from "./figures/money_answer.ts";
export { explainText } from "./report/text/explain_text.ts";

// Figures of plain data: a backtest, a strategy of a run, a table of one's own.
export { accountFigures, accountsOf } from "./figures/account_figures.ts";
export type { AccountLine, FigureHead } from "./figures/account_line.ts";
export { type CandlesData, candlesFigure } from "./figures/candles.ts";
export { candlesData, chartFills, type FillColumns } from "./figures/candles_data.ts";
export { coinProfitFigure, type CoinProfits } from "./figures/coin_profit.ts";
export { exposureFigure, type ExposureLine } from "./figures/exposure.ts";
export type { ChartFill } from "./figures/fill_style.ts";
export { monthlyReturnsFigure } from "./figures/monthly_returns.ts";
export { seriesFigure, type SeriesHead, type SeriesPlot } from "./figures/series.ts";
export { rollingSharpeFigure } from "./figures/rolling_sharpe.ts";
export { underwaterFigure } from "./figures/underwater.ts";

// Figures and tables that leave the house.
export { figureFile } from "./adapters/draw/figure_files.ts";
export { figureSvg } from "./report/svg/figure_svg.ts";
export { interactive } from "./report/html/interactive_page.ts";
export { csvTable, metricsCsv } from "./report/text/csv_table.ts";
export { latexTable } from "./report/text/latex_table.ts";
export { markdownTable } from "./report/text/markdown_table.ts";

// Names that types are made of: what there is of each.
export { COLUMN_NAMES } from "./market/panel.ts";
export { SIGNAL_NAMES } from "./features/signals/signals.ts";
export { CATALOGUE } from "./features/catalogue.ts";
export { ROLES } from "./genome/role.ts";
export { FILL_KINDS } from "./simulation/trace.ts";
export { BAR_BOOK_COLUMNS } from "./simulation/bar_book.ts";
export { LIMITS } from "./simulation/limits.ts";
export { MIRROR_RULES } from "./population/config.ts";
export { WEIGHT_RULES } from "./population/mirror/weight_rules.ts";
export { QUALITY_ISSUES } from "./market/quality/finding.ts";
export { WORTH } from "./core/memo.ts";
export { DERIVED_COLUMNS } from "./market/derived_columns.ts";

// Types that what stands above is made of.
export type { BarTable, FrameLike, TableColumn } from "./adapters/bars/table_bars.ts";
export type { BrokenRun, RunEntry } from "./adapters/runs/run_list.ts";
export type { Agent, Pipeline } from "./agents/agent.ts";
export type { Analysis, CoinAnalysis } from "./agents/contracts.ts";
export type { Desk, Shortcuts } from "./agents/desk.ts";
export type { DerivativesColumn, Identities, Variant } from "./agents/variant.ts";
export type { Immutable } from "./core/immutable.ts";
export type { KnownRows, Memo, MemoCounts, Worth } from "./core/memo.ts";
export type { Coin, Instrument, InstrumentTerms, RiskTier } from "./core/universe.ts";
export type { EventOf, EventType, RecordedEvent } from "./events/event.ts";
export type { IterationEvent, Team } from "./events/iteration.ts";
export type { AccountSeries } from "./experiments/account_series.ts";
export type { Settings } from "./experiments/config.ts";
export type { Branch, BranchedAccount } from "./experiments/genealogy/branch.ts";
export {
  type Changed,
  type Intervention,
  LEFT_OUT,
  type LeftOut,
} from "./experiments/genealogy/intervention.ts";
export type { BranchDifference, Lesion } from "./experiments/genealogy/lesions.ts";
export { type NicheName, NICHES, type Niches } from "./experiments/genealogy/niches.ts";
export type { Ancestor } from "./experiments/genealogy/lineage.ts";
export {
  type Replay,
  type ReplayedSchedule,
  type ReplayName,
  REPLAYS,
} from "./experiments/genealogy/replay_schedule.ts";
export type { PairEffect, RoleEffects } from "./experiments/genealogy/role_effects.ts";
export {
  REGIME_KINDS,
  type RegimeKind,
  type RoleSpecialists,
  type Specialists,
} from "./experiments/genealogy/specialists.ts";
export type { Specialisation } from "./stats/specialisation.ts";
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
export type {
  CoinForecast,
  Forecast,
  ForecastShapes,
  Standardised,
} from "./inventory/researcher/forecast.ts";
export type { ForecastingInput, ForecastingMethod } from "./inventory/researcher/forecasting/forecasting.ts";
export type {
  ProbabilityInput,
  ProbabilityMethod,
} from "./inventory/researcher/probabilities/probability.ts";
export type { Shape } from "./inventory/researcher/distribution/shape.ts";
export type { ForecastTask } from "./inventory/researcher/task.ts";
export type { ResidualSampler, UncertaintyMethod } from "./inventory/researcher/uncertainty/sampler.ts";
export type { CheckInput, CheckMethod, Grant } from "./inventory/risk/checks/check.ts";
export type { Proposal, Proposals } from "./inventory/trader/proposal.ts";
export type { SizingInput, SizingMethod } from "./inventory/trader/sizing/sizing.ts";
export type { Stance, StanceInput, StanceMethod } from "./inventory/trader/stances/stance.ts";
export type { EndedPlan, StyleInput, StyleMethod } from "./inventory/trader/styles/style.ts";
export type { ViewInput, ViewMethod } from "./inventory/trader/views/view.ts";
export type { DerivedBars, DerivedName } from "./market/derived_columns.ts";
export type { CoinBars, ColumnName, MarketSource, Panel, SyntheticSource } from "./market/panel.ts";
export type { SyntheticMode } from "./market/synthetic/worlds.ts";
export type { QualityReport } from "./market/quality.ts";
export type { FileForm } from "./market/quality/file_form.ts";
export type { QualityFinding, QualityIssue, Severity } from "./market/quality/finding.ts";
export type { QualitySettings } from "./market/quality/settings.ts";
export type { Credits } from "./population/credit.ts";
export type { Decision } from "./population/decide.ts";
export type { Genomes, Members } from "./population/members.ts";
export type { MirrorRule } from "./population/config.ts";
export type { Draw } from "./population/design.ts";
export type { MirroredAccount } from "./population/mirror/accounts.ts";
export type {
  MirrorDecision,
  MirrorDecisions,
  MirrorState,
  MirrorStates,
} from "./population/mirror/mirror.ts";
export type { Moments } from "./population/mirror/scale.ts";
export type { CreditMemory, TeamStanding } from "./population/mirror/standing.ts";
export type { CandidateWindow, WeightRule } from "./population/mirror/weight_rules.ts";
export type { Ranking, RoleRanking } from "./population/ranking.ts";
export type { ByAccount, DeployedAccount, PopulationState, TeamGenomes } from "./population/state.ts";
export type { StepResult } from "./population/step.ts";
export type { Traded } from "./population/trade.ts";
export type { Arena } from "./simulation/arena.ts";
export type { BarBook, BarBookColumn } from "./simulation/bar_book.ts";
export type { Limits } from "./simulation/limits.ts";
export type { DrawdownRule } from "./simulation/drawdown_scale.ts";
export type { Mandate } from "./simulation/mandate.ts";
export type { Ladder, Plan } from "./simulation/plan.ts";
export type { Totals } from "./simulation/report.ts";
export type { Fill, FillKind } from "./simulation/trace.ts";
export type { FigureFormat } from "./adapters/draw/figure_files.ts";
export type { Prunable, Pruned } from "./adapters/runs/prune.ts";
export type { NumberTable } from "./core/number_table.ts";
export type {
  ComparedRun,
  RunComparison,
  SettingDifference,
  StrategyDifference,
} from "./experiments/compare_runs.ts";
export type { SharpeComparison } from "./experiments/comparison.ts";
export type { SharpeEstimate } from "./experiments/sharpe_estimate.ts";
export type { ExplainedRun } from "./experiments/explain/explain_run.ts";
export type {
  Explanation,
  HorizonReading,
  NamedReading,
  PositionBefore,
  TeamWish,
  TimedFill as ExplainedFill,
} from "./experiments/explain/explain_bar.ts";
export type { CheckReading } from "./experiments/explain/checks.ts";
export type { CheckVerdict } from "./inventory/risk/checks/verdict.ts";
export type { ReportedRows } from "./experiments/metrics/account_metrics.ts";
export type { RoundTrip as StoredRoundTrip } from "./experiments/metrics/round_trips.ts";
export type { AccountMetrics } from "./experiments/metrics/schema.ts";
export type { PlaceReturns } from "./experiments/population_mean.ts";
export type { StrategySeries } from "./experiments/result.ts";
export type { RunTable, RunTables } from "./experiments/run_tables.ts";
export type { AccountsRecord } from "./figures/account_figures.ts";
export type { Bars } from "./figures/coarse_bars.ts";
export type { CoinProfit } from "./figures/coin_profit.ts";
export type { Term } from "./figures/glossary.ts";
export type { Answer } from "./figures/learning_answer.ts";
export type { EvidenceRecord } from "./experiments/evidence/evidence_record.ts";
export type { EvidenceCell, Pieces } from "./experiments/evidence/evidence_cell.ts";
export type { Contrast, EvidencePlan } from "./experiments/evidence/evidence_plan.ts";
export type { ContrastValues } from "./experiments/evidence/contrast_values.ts";
export type { Claim, ClaimId } from "./experiments/evidence/claims.ts";
export type { Guard } from "./experiments/evidence/guards.ts";
export type { Level, Selection } from "./experiments/evidence/levels.ts";
export type { ManipulationCheck } from "./experiments/evidence/manipulation.ts";
export type { PieceKind } from "./experiments/evidence/pieces_table.ts";
export type { Registration } from "./experiments/evidence/registration.ts";
export type { RobustRecord } from "./experiments/evidence/robust/robust_record.ts";
export type { ClaimResult, Summary } from "./experiments/evidence/summarise.ts";
export type { Decided, Judged, Verdict as ClaimVerdict } from "./experiments/evidence/verdict.ts";
export type { ListedRun } from "./figures/runs_table.ts";
export type { FigureWidth } from "./figures/theme.ts";
export type { Theme } from "./figures/theme_colours.ts";
export type { Interactive } from "./report/html/interactive_page.ts";
export type { SvgOptions } from "./report/svg/figure_svg.ts";
export type { DecisionAt, EquityRule, LimitsRow, OrderAction, PlanRow } from "./simulation/decision_at.ts";
export type { Ledger } from "./simulation/ledger.ts";
export type { TradedBars } from "./simulation/traded_bars.ts";
export type { Panel as FigurePanel } from "./figures/figure.ts";
export type { Limits as QualityLimits } from "./market/quality/finding.ts";

// Language models (docs/MODELS.md): one question at a time, from cassettes unless told otherwise.
export {
  type LanguageModelRequest,
  type OpenLanguageModel,
  openLanguageModel,
} from "./adapters/llm/open_language_model.ts";
export { readModels } from "./adapters/llm/models_file.ts";
export { actionShift, type ShiftResult } from "./llm/action_shift.ts";
export { answerForm } from "./llm/answer_form.ts";
export { PINNED } from "./llm/ladder.ts";
export {
  type Action,
  ANSWER_FORM,
  type QuantileLevels,
  type TraderAnswer,
} from "./experiments/language/answer.ts";
export {
  type Comment,
  COMMENT_FORM,
  type Commented,
  type CommentQuestion,
  commentQuestions,
} from "./experiments/language/commentary.ts";
export { countThoughts, type ThoughtCounts } from "./experiments/language/counts.ts";
export type { Act } from "./experiments/language/champion_actions.ts";
export { DISTILLED_FEATURES, type DistilledFeature } from "./experiments/language/distilled_features.ts";
export {
  DISTILLATION_FORM,
  type Distilled,
  type DistilledRule,
  ruleAction,
} from "./experiments/language/distilled_rules.ts";
export type { DistillationEvent, Fidelity } from "./events/distillation.ts";
export { distilChampion, type DistilRequest } from "./desk/distil_champion.ts";
export { distillationsTable } from "./figures/distillations_table.ts";
export { type Observation, observationSchema } from "./experiments/language/observation.ts";
export type { Mask } from "./experiments/language/mask.ts";
export { observe, type Research } from "./experiments/language/observe.ts";
export { messagesOf, observationHash, promptVersion } from "./experiments/language/question.ts";
export { promptNamed, PROMPTS } from "./inventory/trader/prompts/catalogue.ts";
export type { Aggressiveness, Prompt, Section } from "./inventory/trader/prompts/prompt.ts";
export type { ThoughtEvent, ThoughtVerdict } from "./events/thought.ts";
export type { Told } from "./population/thoughts.ts";
export { promptsTable } from "./figures/prompts_table.ts";
export { thoughtsTable } from "./figures/thoughts_table.ts";
export type { LanguageRequest } from "./experiments/ports/jobs.ts";
export type { CassetteMode } from "./adapters/llm/cassettes.ts";
export type { Clock } from "./adapters/llm/gate.ts";
export type { CallPorts } from "./adapters/llm/provider_calls.ts";
export type { Environment } from "./adapters/llm/secrets.ts";
export type { Payer, Reservation, Spending } from "./adapters/llm/spending.ts";
export type { Transport } from "./adapters/llm/transport.ts";
export type { AnswerForm, JsonObject, Judge, Judgement } from "./llm/answer_form.ts";
export type { Amount } from "./llm/budget.ts";
export type { ChatCall, Message, Rung } from "./llm/chat_call.ts";
export type { Served } from "./llm/envelope.ts";
export type { Failure, FailureKind } from "./llm/failure.ts";
export type { Mending } from "./llm/json_text.ts";
export type { Parameters, ServedModel } from "./llm/ladder.ts";
export type { Answer as ModelAnswer, CallRecord, LanguageModel, Question } from "./llm/language_model.ts";
export type { Cap, Caps, ModelCard, Models, Price, Provider } from "./llm/model_card.ts";
export type { AbstentionReason, Outcome, Repair } from "./llm/outcome.ts";
export type { RawReply } from "./llm/raw_reply.ts";
export type { Verdict } from "./llm/reading.ts";
export type { Usage } from "./llm/usage.ts";

// The decision benchmark (docs/MODELS.md): how good models decide, from stored answers.
export {
  benchmarkQuestion,
  type BenchmarkQuestionRequest,
  loadModelComparison,
  type ModelComparisonRequest,
} from "./desk/model_comparison.ts";
export { decisionCostFigure } from "./figures/decision_cost_figure.ts";
export { decisionReliabilityFigure } from "./figures/decision_reliability_figure.ts";
export { decisionAnswer } from "./figures/decision_answer.ts";
export { decisionScoresFigure } from "./figures/decision_scores_figure.ts";
export { decisionTables } from "./figures/decision_tables.ts";
export { type CalibrationLine, calibrationLine } from "./stats/calibration_slope.ts";
export type { ReliabilityBin } from "./stats/calibration.ts";
export type { EceNull } from "./stats/ece_null.ts";
export type { BrierParts } from "./stats/murphy.ts";
export { nominalAlpha } from "./stats/krippendorff.ts";
export { type Share, wilsonShare } from "./stats/wilson.ts";
export type {
  DeciderSummary,
  GroundedNumbers,
  ModelComparison,
  StratumSummary,
} from "./experiments/decisions/compare_models.ts";
export type { Consistency } from "./experiments/decisions/consistency.ts";
export type { Cost as AnswerCost } from "./experiments/decisions/cost.ts";
export type { FormFaults } from "./experiments/decisions/form.ts";
export type { MemoryProbe } from "./experiments/decisions/memory.ts";
export type { Pair as DeciderPair, PairedLoss } from "./experiments/decisions/pairs.ts";
export type { Positions } from "./experiments/decisions/positions.ts";
export type { Probe } from "./experiments/decisions/probes.ts";
export type { Quality as DecisionQuality } from "./experiments/decisions/quality.ts";
export type { Stratum } from "./experiments/decisions/strata.ts";

// News (docs/NEWS.md): what was known at t, as a digest and as columns that agents read.
export {
  digestNews,
  type HearingOptions,
  loadNews,
  marketWithNews,
  type News,
  type NewsRequest,
} from "./desk/news.ts";
export { type FourCellsRequest, loadFourCells } from "./adapters/evidence/four_cells_file.ts";
export { newsFigure } from "./desk/news_figure.ts";
export { newsTruthTable } from "./desk/news_truth_table.ts";
export { fourCellsEffectsTable, fourCellsTable } from "./figures/four_cells_tables.ts";
export type { FourCells } from "./experiments/language/four_cells.ts";
export { newsDigestTable } from "./figures/news_digest_table.ts";
export { newsEventsTable } from "./figures/news_events_table.ts";
export type { ColumnBars } from "./features/catalogue.ts";
export type {
  Headline,
  NewsColumnName,
  NewsColumns,
  NewsTime,
  PanelNews,
  RowNews,
} from "./market/panel_news.ts";
export type { Article } from "./news/article.ts";
export type { Tier } from "./news/credibility.ts";
export type { HeardOf, KeyEvent, NewsDigest } from "./news/digest.ts";
export type { EnrichedArticle, Enrichment } from "./news/enrichment.ts";
export type { NewsEventType } from "./news/lexicon.ts";
export type { Narrative } from "./news/narratives.ts";
export type { NewsTruth, SyntheticItem } from "./news/synthetic/stream.ts";
export type { Side } from "./news/synthetic/texts.ts";
