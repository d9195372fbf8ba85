import { EVENTS_VERSION, eventsOfType } from "../events/event.ts";
import type { IterationEvent } from "../events/iteration.ts";
import type { Panel } from "../market/panel.ts";
import { absencesOf } from "./absences.ts";
import type { TradingConfig } from "./config.ts";
import type { JobResult, StrategyOutcome } from "./jobs/job_result.ts";
import type { RunOutcome } from "./ports/run_store.ts";
import { WORLDS } from "../market/synthetic/worlds.ts";
import type { RunResult, StrategyResult } from "./result.ts";
import type { RunPlan } from "./run_plan.ts";
import { STRATEGIES, type StrategyName } from "./strategies.ts";
import { trialConfigHash } from "./trials.ts";

/** Plain sentences a reader must see before any number. */
export function warningsOf(panel: Panel): string[] {
  const { source } = panel;
  if (source.kind === "bybit") {
    return source.unsealed ? ["Made from the sealed months: this result may be looked at once."] : [];
  }
  return [
    `SYNTHETIC DATA (${source.mode}: ${
      WORLDS[source.mode]
    }; market seed ${source.seed}): nothing here was measured on a real market.`,
  ];
}

/** Puts the jobs' outcomes together, in the order of the strategy table. */
export function assembleRun(
  command: RunResult["command"],
  { config, panel, window }: RunPlan<TradingConfig>,
  headline: StrategyName,
  jobs: readonly JobResult[],
): Pick<RunOutcome, "result" | "series" | "events"> {
  const field = jobs.find((job) => job.field !== null)?.field ?? null;
  const outcomes = inTableOrder(jobs.flatMap((job) => job.strategies));
  const events = jobs.flatMap((job) => job.events);
  const iterations = eventsOfType(events, "iteration");
  const { from, to } = window;
  return {
    result: {
      schema: 2,
      command,
      source: panel.source,
      rowsHash: panel.hash,
      config: JSON.parse(JSON.stringify(config)),
      configHash: trialConfigHash(config),
      seed: config.seed,
      startingEquity: config.startingEquity,
      reported: { from, to, start: panel.openTime[from]!, end: panel.openTime[to]! },
      iterations: iterations.length,
      events: EVENTS_VERSION,
      headline,
      warnings: [...warningsOf(panel), ...absencesOf(panel, config.signals)],
      strategies: outcomes.map((outcome) => strategyResult(outcome, field ? field.sharpes : [])),
      populationMean: populationMean(iterations),
      field: field ? field.selection : null,
      finalCredit: jobs.flatMap((job) => job.finalCredit),
    },
    series: {
      openTime: panel.openTime.slice(from, to + 1),
      equity: Object.fromEntries(
        outcomes.flatMap(({ name, series }) => series ? [[name, series.equity]] : []),
      ),
    },
    events,
  };
}

function inTableOrder(outcomes: readonly StrategyOutcome[]): StrategyOutcome[] {
  const order = Object.keys(STRATEGIES);
  return [...outcomes].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

function strategyResult(
  { name, series, accounts, metrics }: StrategyOutcome,
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
    fieldPercentile: fieldPercentile(fieldSharpes, metrics.sharpe),
  };
}

/** Share of the field with a lower Sharpe ratio, in [0, 1]; null without a field. */
export function fieldPercentile(fieldSharpes: readonly number[], sharpe: number): number | null {
  if (fieldSharpes.length === 0) return null;
  return fieldSharpes.filter((other) => other < sharpe).length / fieldSharpes.length;
}

/** Mean over the last third of iterations of the drawn pipelines' mean score; null without iterations. */
function populationMean(iterations: readonly IterationEvent[]): number | null {
  if (iterations.length === 0) return null;
  const last = iterations.slice(Math.floor(iterations.length * 2 / 3));
  return last.reduce((sum, event) => sum + event.meanScore, 0) / last.length;
}
