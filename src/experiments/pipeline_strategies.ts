/** What the commands multi and run trade: one pipeline of declared agents, nothing learned, beside passive references. */
import { type Pipeline, pipelineOf } from "../agents/agent.ts";
import { untargetedNames, variantNamed } from "../agents/catalogue.ts";
import { type Desk, mandateOf, statedForecast } from "../agents/desk.ts";
import { type ForecastQuality, forecastQuality } from "../agents/evaluator.ts";
import { startGenome } from "../agents/variant.ts";
import type { NumberTable } from "../core/number_table.ts";
import { byRole } from "../genome/role.ts";
import { plainSimulation, simulate } from "../simulation/event_loop.ts";
import { type Fill, listFills } from "../simulation/trace.ts";
import { seriesOfSimulation } from "./account_series.ts";
import type { PipelineRunConfig } from "./config.ts";
import { outcomeOf } from "./jobs/job.ts";
import type { StrategyOutcome } from "./jobs/job_result.ts";
import { forecastRows } from "./readings/forecast_rows.ts";
import { passiveSeries } from "./references/passive.ts";
import { plantedOracleSeries } from "./references/planted_oracle.ts";
import type { RunWindow } from "./run_plan.ts";
import type { StrategyDescriptions } from "./strategy.ts";

/** The strategy that a run of one pipeline reports beside passive references. */
export const PIPELINE_STRATEGIES = {
  pipeline: {
    label: "Pipeline",
    kind: "reference",
    note: "One pipeline of declared agents, no learning.",
  },
} as const satisfies StrategyDescriptions;

/** What one pipeline did beside its references. */
export interface PipelineOutcome {
  readonly strategies: readonly StrategyOutcome[];
  /** How good its researcher's forecasts were; null if none has matured. */
  readonly evaluation: ForecastQuality | null;
  /** Its forecasts beside what came, as `forecastRows` describes them. */
  readonly forecasts: NumberTable;
  /** Fills of the pipeline's account in the order in which they happened; funding is not among them. */
  readonly fills: readonly Fill[];
}

/** The pipeline a configuration names, of declared genomes. */
export function configuredPipeline(
  { pipeline, trading }: Pick<PipelineRunConfig, "pipeline" | "trading">,
): Pipeline {
  const [untargeted] = untargetedNames([pipeline.trader]);
  const names = trading.targets === "on" ? pipeline : { ...pipeline, trader: untargeted! };
  return pipelineOf(byRole((role) => startGenome(variantNamed(role, names[role]))));
}

/** Trades a pipeline and its references over the reported rows, each in a fresh account. */
export function pipelineStrategies(
  desk: Desk,
  pipeline: Pipeline,
  { from, to }: Pick<RunWindow, "from" | "to">,
): PipelineOutcome {
  const { plan, limits } = mandateOf(desk, pipeline);
  const simulation = simulate(desk.arena, plan, limits, {
    ...plainSimulation,
    from,
    startingEquity: desk.startingEquity,
    record: "full",
    trace: true,
  });
  const truth = plantedOracleSeries(desk, from);
  const strategies = [
    outcomeOf("pipeline", seriesOfSimulation(simulation, desk.arena)),
    ...passiveSeries(desk, from).map(({ name, series }) => outcomeOf(name, series)),
    ...(truth ? [outcomeOf("plantedOracle", truth)] : []),
  ];
  const forecast = statedForecast(desk, pipeline);
  const closes = desk.market.panel.coins.map(({ close }) => close);
  const judged = {
    from: from - 1,
    to,
    coins: desk.tradable.flatMap((tradable, coin) => tradable ? [coin] : []),
  };
  const evaluation = forecastQuality(forecast, closes, judged);
  const forecasts = forecastRows(forecast, closes, 0, judged);
  const fills = listFills(simulation.trace!).filter(({ kind }) => kind !== "funding");
  return { strategies, evaluation, forecasts, fills };
}
