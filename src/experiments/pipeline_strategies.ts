/** What the commands multi and run trade: one pipeline of declared agents, nothing learned, beside passive references. */
import { type Pipeline, pipelineOf } from "../agents/agent.ts";
import { variantNamed } from "../agents/catalogue.ts";
import { type Desk, limitsOf, planOf, statedForecast } from "../agents/desk.ts";
import { type ForecastQuality, forecastQuality } from "../agents/evaluator.ts";
import { startGenome } from "../agents/variant.ts";
import { byRole } from "../genome/role.ts";
import { plainSimulation, simulate } from "../simulation/event_loop.ts";
import { type Fill, listFills } from "../simulation/trace.ts";
import { type AccountSeries, seriesOfSimulation } from "./account_series.ts";
import type { StrategyName } from "./strategies.ts";
import type { RunConfig } from "./config.ts";
import type { JobResult, RunWindow } from "./jobs.ts";
import { syntheticTruth } from "./market.ts";
import { strategyMetrics } from "./metrics.ts";
import { tradeMandate } from "./references/field.ts";
import { buyAndHold, timeSeriesMomentum, volatilityTargetedHold } from "./references/passive.ts";
import { plantedOracle } from "./references/planted_oracle.ts";

/** What one pipeline did beside its references. */
export interface PipelineOutcome {
  readonly job: JobResult;
  /** How good its researcher's forecasts were; null if none has matured. */
  readonly evaluation: ForecastQuality | null;
  /** Fills of the pipeline's account in the order in which they happened; funding is not among them. */
  readonly fills: readonly Fill[];
}

/** The pipeline a configuration names, of declared genomes. */
export function configuredPipeline({ pipeline }: Pick<RunConfig, "pipeline">): Pipeline {
  return pipelineOf(byRole((role) => startGenome(variantNamed(role, pipeline[role]))));
}

/** Trades a pipeline and its references over the reported rows, each in a fresh account. */
export function pipelineStrategies(
  desk: Desk,
  pipeline: Pipeline,
  { from, to }: Pick<RunWindow, "from" | "to">,
): PipelineOutcome {
  const simulation = simulate(desk.arena, planOf(desk, pipeline), limitsOf(desk, pipeline), {
    ...plainSimulation,
    from,
    startingEquity: desk.startingEquity,
    record: "full",
    trace: true,
  });
  const outcome = (name: StrategyName, series: AccountSeries) => ({
    name,
    series,
    metrics: strategyMetrics(series),
  });
  const strategies = [
    outcome("pipeline", seriesOfSimulation(simulation)),
    outcome("buyAndHold", tradeMandate(desk, buyAndHold(desk, from), from)),
    outcome("volatilityTarget", tradeMandate(desk, volatilityTargetedHold(desk, from), from)),
    outcome("momentum180", tradeMandate(desk, timeSeriesMomentum(desk, from), from)),
  ];
  const { panel } = desk.market;
  if (panel.source.kind === "synthetic" && panel.source.mode === "planted") {
    const truth = syntheticTruth(panel);
    strategies.push(
      outcome("plantedOracle", tradeMandate(desk, plantedOracle(desk, truth, panel.source.ic), from)),
    );
  }
  const evaluation = forecastQuality(
    statedForecast(desk, pipeline),
    panel.coins.map(({ close }) => close),
    { from: from - 1, to, coins: desk.tradable.flatMap((tradable, coin) => tradable ? [coin] : []) },
  );
  const fills = listFills(simulation.trace!).filter(({ kind }) => kind !== "funding");
  return { job: { strategies, events: [], field: null, finalCredit: [] }, evaluation, fills };
}
