import type { Panel } from "../market/panel.ts";
import type { IterationEvent } from "../population/events.ts";
import { STRATEGIES, type StrategyName } from "./strategies.ts";
import type { RunConfig } from "./config.ts";
import type { JobResult, StrategyOutcome } from "./jobs.ts";
import type { RunResult, RunSeries, StrategyResult } from "./result.ts";
import { trialConfigHash } from "./trials.ts";

/** What a run's jobs left, ready to be put together. */
export interface RunParts {
  readonly command: RunResult["command"];
  readonly config: RunConfig;
  readonly panel: Panel;
  readonly jobs: readonly JobResult[];
  /** First and last reported row. */
  readonly reported: { readonly from: number; readonly to: number };
  readonly headline: StrategyName;
}

/** Plain sentences a reader must see before any number. */
export function warningsOf(panel: Panel): string[] {
  const { source } = panel;
  if (source.kind === "bybit") {
    return source.unsealed ? ["Made from the sealed months: this result may be looked at once."] : [];
  }
  const world =
    { default: "regimes with drift", planted: "a planted edge", null: "nothing to be found" }[source.mode];
  return [
    `SYNTHETIC DATA (${source.mode}: ${world}; market seed ${source.seed}): nothing here was measured on a real market.`,
  ];
}

/** Puts the jobs' outcomes together, in the order of the strategy table. */
export function assembleRun(parts: RunParts): { readonly result: RunResult; readonly series: RunSeries } {
  const { panel, config, reported } = parts;
  const outcomes = new Map<StrategyName, StrategyOutcome>(
    parts.jobs.flatMap((job) => job.strategies).map((strategy) => [strategy.name, strategy]),
  );
  const field = parts.jobs.find((job) => job.field !== null)?.field ?? null;
  const names = (Object.keys(STRATEGIES) as StrategyName[]).filter((name) => outcomes.has(name));
  const strategies = names.map((name): StrategyResult => {
    const { metrics } = outcomes.get(name)!;
    return {
      name,
      ...STRATEGIES[name],
      metrics,
      fieldPercentile: fieldPercentile(field ? field.sharpes : [], metrics.sharpe),
    };
  });
  const events = parts.jobs.flatMap((job) => job.events);
  const equity = Object.fromEntries(
    names.flatMap((name) => {
      const { series } = outcomes.get(name)!;
      return series ? [[name, series.equity]] : [];
    }),
  );
  return {
    result: {
      schema: 1,
      command: parts.command,
      source: panel.source,
      rowsHash: panel.hash,
      configHash: trialConfigHash(config),
      seed: config.seed,
      reported: {
        from: reported.from,
        to: reported.to,
        start: panel.openTime[reported.from]!,
        end: panel.openTime[reported.to]!,
      },
      iterations: events.length,
      headline: parts.headline,
      warnings: warningsOf(panel),
      strategies,
      populationMean: populationMean(events),
      field: field ? field.selection : null,
      finalCredit: parts.jobs.flatMap((job) => job.finalCredit),
    },
    series: { openTime: panel.openTime.slice(reported.from, reported.to + 1), equity },
  };
}

/** Share of the field with a lower Sharpe ratio, in [0, 1]; null without a field. */
export function fieldPercentile(fieldSharpes: readonly number[], sharpe: number): number | null {
  if (fieldSharpes.length === 0) return null;
  return fieldSharpes.filter((other) => other < sharpe).length / fieldSharpes.length;
}

/** Mean over the last third of iterations of the drawn pipelines' mean score; null without iterations. */
function populationMean(events: readonly IterationEvent[]): number | null {
  if (events.length === 0) return null;
  const last = events.slice(Math.floor(events.length * 2 / 3));
  return last.reduce((sum, event) => sum + event.meanScore, 0) / last.length;
}
