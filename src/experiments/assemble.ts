import { countChanges } from "../events/change_counts.ts";
import { EVENTS_VERSION, eventsOfType } from "../events/event.ts";
import type { Panel } from "../market/panel.ts";
import { NOT_POINT_IN_TIME } from "../market/panel_news.ts";
import { bookOf } from "../simulation/bar_book.ts";
import { absencesOf } from "./absences.ts";
import type { AccountSeries } from "./account_series.ts";
import type { TradingConfig } from "./config.ts";
import { writtenConfig } from "./hashed_config.ts";
import type { JobResult, StrategyOutcome } from "./jobs/job_result.ts";
import { languageNotes } from "./language/counts.ts";
import { accountMetrics, type ReportedRows } from "./metrics/account_metrics.ts";
import { populationMean } from "./population_mean.ts";
import type { RunOutcome } from "./ports/run_store.ts";
import { WORLDS } from "../market/synthetic/worlds.ts";
import { RESULT_VERSION, type RunResult, type StrategyResult, type StrategySeries } from "./result.ts";
import type { RunPlan } from "./run_plan.ts";
import { fillsTable } from "./run_tables.ts";
import { STRATEGIES, type StrategyName } from "./strategies.ts";
import { trialConfigHash } from "./trials.ts";

/** Plain sentences a reader must see before any number. */
export function warningsOf({ source }: Pick<Panel, "source">): string[] {
  const untimed = source.untimedNews
    ? [
      `${NOT_POINT_IN_TIME}: it was let in by its date of publication, and collected later. This is exploration: nothing ` +
      "may be concluded from it.",
    ]
    : [];
  if (source.kind === "bybit") {
    const opened = source.unsealed ? ["Made from the sealed months: this result may be looked at once."] : [];
    return [...opened, ...untimed];
  }
  return [
    `SYNTHETIC DATA (${source.mode}: ${
      WORLDS[source.mode]
    }; market seed ${source.seed}): nothing here was measured on a real market.`,
    ...untimed,
  ];
}

/** What is said of a run whose orders come late. */
function lateOrders({ account: { orderDelay } }: Pick<TradingConfig, "account">): string[] {
  if (orderDelay === 0) return [];
  const bars = orderDelay === 1 ? "a bar" : `${orderDelay} bars`;
  return [`Orders come late: each meets an open ${bars} after the next one (account.orderDelay).`];
}

/** Puts the jobs' outcomes together, in the order of the strategy table. */
export function assembleRun(
  command: RunResult["command"],
  { config, panel, window }: RunPlan<TradingConfig>,
  headline: StrategyName,
  jobs: readonly JobResult[],
): Pick<RunOutcome, "result" | "series" | "events" | "tables" | "placeReturns"> {
  const field = jobs.find((job) => job.field !== null)?.field ?? null;
  const outcomes = inTableOrder(jobs.flatMap((job) => job.strategies));
  const events = jobs.flatMap((job) => job.events);
  const iterations = eventsOfType(events, "iteration");
  const populations = jobs.flatMap(({ population }) => population ?? []);
  const own = populations.find(({ name }) => name === "population");
  const { from, to } = window;
  const readings = jobs.find((job) => job.readings !== null)?.readings;
  const coins = panel.coins.map(({ coin }) => coin);
  const openTime = panel.openTime.slice(from, to + 1);
  const reported: ReportedRows = { from, openTime, coins };
  return {
    result: {
      schema: RESULT_VERSION,
      command,
      source: panel.source,
      rowsHash: panel.hash,
      config: JSON.parse(JSON.stringify(writtenConfig(config))),
      configHash: trialConfigHash(config),
      seed: config.seed,
      startingEquity: config.startingEquity,
      reported: { from, to, start: panel.openTime[from]!, end: panel.openTime[to]! },
      iterations: iterations.length,
      events: EVENTS_VERSION,
      headline,
      warnings: [
        ...warningsOf(panel),
        ...lateOrders(config),
        ...absencesOf(panel, config.signals),
        ...languageNotes(
          eventsOfType(events, "thought"),
          jobs.flatMap(({ aside = [] }) => aside),
          eventsOfType(events, "suggestion"),
          eventsOfType(events, "distillation"),
        ),
      ],
      strategies: outcomes.map((outcome) => strategyResult(outcome, reported, field ? field.sharpes : [])),
      populationMean: own ? populationMean(own.places) : null,
      populationMeanInSample: own ? own.inSample : null,
      otherPopulationMeans: Object.fromEntries(
        populations.filter((one) => one !== own).map(({ name, places }) => [name, populationMean(places)]),
      ),
      changes: own ? countChanges(iterations) : null,
      field: field ? field.selection : null,
      riskAgents: field?.riskAgents ?? [],
      finalCredit: jobs.flatMap((job) => job.finalCredit),
      agentPerformance: readings?.agentPerformance ?? [],
      researcherQuality: readings?.researcherQuality ?? [],
    },
    series: {
      openTime,
      equity: Object.fromEntries(
        outcomes.flatMap(({ name, series }) => series ? [[name, series.equity]] : []),
      ),
      accounts: Object.fromEntries(
        outcomes.flatMap(({ name, series }) => series ? [[name, strategySeries(series, coins)]] : []),
      ),
    },
    events,
    tables: { fills: fillsTable(outcomes, { coins, openTime: panel.openTime }), ...readings?.tables },
    placeReturns: Object.fromEntries(populations.map(({ name, places }) => [name, places])),
  };
}

function inTableOrder(outcomes: readonly StrategyOutcome[]): StrategyOutcome[] {
  const order = Object.keys(STRATEGIES);
  return [...outcomes].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

function strategyResult(
  { name, series, accounts, metrics }: StrategyOutcome,
  reported: ReportedRows,
  fieldSharpes: readonly number[],
): StrategyResult {
  const { label, kind, note } = STRATEGIES[name as StrategyName];
  return {
    name,
    label,
    kind,
    note,
    startingEquity: series && series.startingEquity,
    accounts,
    metrics,
    account: series && accountMetrics(series, reported),
    fieldPercentile: fieldPercentile(fieldSharpes, metrics.sharpe),
  };
}

/** What a run stores of an account, row by row. */
export function strategySeries(series: AccountSeries, coins: readonly string[]): StrategySeries {
  const { ledger } = series;
  return {
    book: bookOf((name) => series[name]),
    coinProfit: ledger &&
      Object.fromEntries(ledger.coinProfit.map((profit, coin) => [coins[coin]!, profit])),
  };
}

/** Share of the field with a lower Sharpe ratio, in [0, 1]; null without a field. */
export function fieldPercentile(fieldSharpes: readonly number[], sharpe: number): number | null {
  if (fieldSharpes.length === 0) return null;
  return fieldSharpes.filter((other) => other < sharpe).length / fieldSharpes.length;
}
