import type { Memo } from "../core/memo.ts";
import type { Arena } from "../simulation/arena.ts";
import type { Limits } from "../simulation/limits.ts";
import { PLAN, type Plan, planIndex } from "../simulation/plan.ts";
import { plainSimulation, simulate } from "../simulation/event_loop.ts";
import { agentKey, type Analyst, type Pipeline, pipelineKey, type Researcher } from "./agent.ts";
import { analyse } from "./analyst/analyse.ts";
import { defaultAnalysis } from "./analyst/default_analyst.ts";
import type { Analysis, Forecast } from "./contracts.ts";
import type { MarketView } from "./market_view.ts";
import { defaultForecast } from "./researcher/default_researcher.ts";
import { research } from "./researcher/research.ts";
import { defaultLimits, limit } from "./risk/limit.ts";
import { defaultPlan } from "./trader/default_trader.ts";
import { trade } from "./trader/trade.ts";

/**
 * Where pipelines are put together: a market, the arena made of it, and which coins may be traded. Every
 * stage is shared by content address (rows, costs and the keys of all agents upstream), so a series is
 * computed once however many pipelines hold it.
 */
export interface Desk {
  /** The market; its memo keeps columns, analyses, forecasts and shadow returns. */
  readonly market: MarketView;
  /**
   * Keeps plans apart from the rest: they are large, cheap to make again and used in bursts, and would push
   * out forecasts, which are neither.
   */
  readonly plans: Memo;
  readonly arena: Arena;
  /** Coins that may be traded; the others are looked at only. Shape [coin]. */
  readonly tradable: readonly boolean[];
  /** Row of the first bar that shadow accounts trade. */
  readonly from: number;
  readonly startingEquity: number;
}

function address(desk: Desk, stage: string, ...keys: readonly string[]): string {
  return `${desk.market.panel.hash}|${stage}|${keys.join("/")}`;
}

/** The analysis of an analyst, or of the default one. */
export function analysisOf(desk: Desk, analyst: Analyst | null): Analysis {
  return desk.market.memo.get(
    address(desk, "analysis", agentKey(analyst)),
    () => analyst ? analyse(desk.market, analyst.variant, analyst.genes) : defaultAnalysis(desk.market),
    (analysis) => analysis.coins.length * analysis.rows * (5 + analysis.width) * 8,
  );
}

/**
 * What traders read of the forecast of a researcher over an analyst's analysis: means, sds and probabilities.
 * Its quantiles are left out (`levels` is empty), for they are most of its size; `statedForecast` has them.
 */
export function forecastOf(desk: Desk, analyst: Analyst | null, researcher: Researcher | null): Forecast {
  return desk.market.memo.get(
    address(desk, "forecast", ...forecastKeys(analyst, researcher)),
    () => withoutQuantiles(statedForecast(desk, analyst, researcher)),
    (forecast) => forecast.coins.length * 3 * forecast.rows * 3 * 8,
  );
}

/** The whole forecast, quantiles included; computed afresh at every call. */
export function statedForecast(desk: Desk, analyst: Analyst | null, researcher: Researcher | null): Forecast {
  if (!researcher) return defaultForecast(desk.market);
  const inputs = forecastKeys(analyst, researcher).join("/");
  return research(desk.market, analysisOf(desk, analyst), researcher.variant, researcher.genes, inputs);
}

/** The default researcher reads no analysis. */
function forecastKeys(analyst: Analyst | null, researcher: Researcher | null): string[] {
  return [researcher ? agentKey(analyst) : "any", agentKey(researcher)];
}

function withoutQuantiles(forecast: Forecast): Forecast {
  const coins = forecast.coins.map((coin) => ({ ...coin, quantiles: [] }));
  return { ...forecast, levels: [], coins };
}

/** The plan of a trader over a forecast; coins that may not be traded are flat. */
export function planOf(desk: Desk, pipeline: Pipeline): Plan {
  const { analyst, researcher, trader } = pipeline;
  const keys = [...forecastKeys(analyst, researcher), agentKey(trader)];
  return desk.plans.get(
    address(desk, "plan", desk.tradable.map(Number).join(""), desk.arena.hash, ...keys),
    () => {
      const forecast = forecastOf(desk, analyst, researcher);
      const plan = trader
        ? trade({ forecast, market: desk.market }, trader.variant, trader.genes, desk.arena)
        : defaultPlan(forecast);
      restrict(plan, desk.tradable);
      return plan;
    },
    (plan) => plan.values.byteLength,
  );
}

function restrict(plan: Plan, tradable: readonly boolean[]): void {
  tradable.forEach((allowed, coin) => {
    if (allowed) return;
    for (let t = 0; t < plan.rows; t++) plan.values[planIndex(plan.coins, t, coin) + PLAN.conviction] = 0;
  });
}

/** The limits of a risk agent over a plan. Not kept: a simulation reads them once. */
export function limitsOf(desk: Desk, pipeline: Pipeline): Limits {
  const plan = planOf(desk, pipeline);
  return pipeline.risk
    ? limit(plan, desk.market, pipeline.risk.variant, pipeline.risk.genes)
    : defaultLimits(plan.rows);
}

/** Simple net returns of a pipeline's shadow account by absolute row; 0 before its first bar. Shape [rows]. */
export function shadowReturns(desk: Desk, pipeline: Pipeline): Float64Array {
  return desk.market.memo.get(
    address(
      desk,
      "shadow",
      `${desk.from}`,
      desk.tradable.map(Number).join(""),
      desk.arena.hash,
      shadowKey(pipeline),
    ),
    () =>
      simulate(desk.arena, planOf(desk, pipeline), limitsOf(desk, pipeline), {
        ...plainSimulation,
        from: desk.from,
        startingEquity: desk.startingEquity,
      }).returns,
    (returns) => returns.byteLength,
  );
}

/** A default researcher reads no analysis, so every analyst in front of one acts alike. */
function shadowKey(pipeline: Pipeline): string {
  return pipelineKey(pipeline.researcher ? pipeline : { ...pipeline, analyst: null });
}
