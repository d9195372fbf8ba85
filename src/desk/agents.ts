/** Agents in hand: read their genes, change one, and see what that does to each stage of a pipeline. */
import { displayed } from "../figures/displayed.ts";
import { type Pipeline, pipelineOf } from "../agents/agent.ts";
import { variantNamed, VARIANTS } from "../agents/catalogue.ts";
import { analysisOf, type Desk, limitsOf, planOf, statedForecast } from "../agents/desk.ts";
import type { Analysis } from "../agents/contracts.ts";
import { geneSet, startGenome, startValues, type Variant } from "../agents/variant.ts";
import { shown } from "../core/shown.ts";
import type { Coin } from "../core/universe.ts";
import { settingsSchema } from "../experiments/config.ts";
import { type Research, researchOf as researchAt } from "../experiments/language/observe.ts";
import { createDesk } from "../experiments/market.ts";
import type { Table } from "../figures/table.ts";
import { type Gene, genesOf } from "../genome/gene.ts";
import { decodeGenome, encodeGenome, type Genome } from "../genome/genome.ts";
import { byRole, type Role, ROLES } from "../genome/role.ts";
import type { Forecast } from "../inventory/researcher/forecast.ts";
import { LIMITS, type Limits, LIMITS_WIDTH } from "../simulation/limits.ts";
import { PLAN, type Plan, PLAN_WIDTH } from "../simulation/plan.ts";
import { type AccountOptions, type Backtest, tradeInBlock } from "./backtest.ts";
import { coinAt } from "./columns.ts";
import { requireKeys, requireKnown } from "../core/known_names.ts";
import type { Market } from "./market.ts";
import { requireAccount, requireMarket } from "./request_checks.ts";
import { percent, significant } from "../figures/format.ts";

/** A gene of an agent with its value. */
export interface GeneValue extends Gene {
  /** Natural value, rounded as it is used. */
  readonly value: number;
  /** True for the genes that all variants of the role have, which may be taught. */
  readonly common: boolean;
}

/** An agent as its role and variant make it, or with genes of its own. */
export type AgentChoice = string | Genome;

/** The genes of an agent: bounds, scale and value. */
export function genes(role: Role, choice: AgentChoice): GeneValue[] {
  const variant: Variant = variantOf(role, typeof choice === "string" ? choice : choice.variant);
  const set = geneSet(variant);
  const values = decodeGenome(set, typeof choice === "string" ? startGenome(variant) : choice);
  return genesOf(set).map((gene) => ({
    ...gene,
    value: values[gene.name]!,
    common: set.common.includes(gene),
  }));
}

/**
 * An agent of a variant with some genes changed.
 *
 * @param changes Natural values by the names of genes.
 * @throws {RangeError} If there is no such gene, or a value is outside its bounds.
 */
export function agent(role: Role, name: string, changes: Readonly<Record<string, number>> = {}): Genome {
  const variant: Variant = variantOf(role, name);
  const set = geneSet(variant), known = genesOf(set).map((gene) => gene.name);
  for (const gene of Object.keys(changes)) {
    requireKnown(`Cannot change a gene of ${name} as its name`, gene, known);
    if (typeof changes[gene] === "number") continue;
    throw new RangeError(
      `Cannot change a gene of ${name} as ${gene} must be a number: current value is ${shown(changes[gene])}`,
    );
  }
  return encodeGenome(name, set, { ...startValues(variant), ...changes });
}

/** A variant by its role and name. @throws {RangeError} With the nearest names, if there is no such one. */
function variantOf(role: Role, name: string): Variant {
  requireKnown("Cannot find an agent as its role", role, ROLES);
  requireKnown(`Cannot find the ${role} as its name`, name, VARIANTS[role].map((variant) => variant.name));
  return variantNamed(role, name) as Variant;
}

/** A pipeline of four agents; who is not named is the one that a configuration has by default. */
export function team(choices: { readonly [Kind in Role]?: AgentChoice } = {}): Pipeline {
  requireKeys("Cannot make a team as it", choices, ROLES);
  const { pipeline } = settingsSchema.parse({});
  return pipelineOf(byRole((role) => {
    const choice = choices[role] ?? pipeline[role];
    return typeof choice === "string" ? startGenome(variantOf(role, choice)) : choice;
  }));
}

/** What each stage of a pipeline puts out on a market. */
export interface Stages {
  /** The market that was looked at. */
  readonly market: Market;
  /** The analyst's output. */
  readonly analysis: Analysis;
  /** The researcher's, with its quantiles. */
  readonly forecast: Forecast;
  /** The trader's. */
  readonly plan: Plan;
  /** The risk agent's. */
  readonly limits: Limits;
}

/** Bytes of series that a market's desk keeps. */
const MEMO_BYTES = 128 * 2 ** 20;

const desks = new WeakMap<Market, Desk>();

/** The desk of a market at the house's costs; one for each market. */
export function deskOf(market: Market): Desk {
  requireMarket(market);
  const defaults = settingsSchema.parse({});
  const config = { ...defaults, universe: { ...defaults.universe, coins: [...market.coins] } };
  const desk = desks.get(market) ?? createDesk(market.panel, config, MEMO_BYTES);
  desks.set(market, desk);
  return desk;
}

/** What a pipeline's analyst and researcher say about a market: what `observe` cuts a language model's view from. */
export function researchOf(market: Market, pipeline: Pipeline): Research {
  requireMarket(market);
  requirePipeline(pipeline);
  return researchAt(deskOf(market), pipeline);
}

/** Runs a pipeline over a market, stage by stage. */
export function stages(market: Market, pipeline: Pipeline): Stages {
  requireMarket(market);
  requirePipeline(pipeline);
  const desk = deskOf(market);
  return {
    market,
    analysis: analysisOf(desk, pipeline),
    forecast: statedForecast(desk, pipeline),
    plan: planOf(desk, pipeline),
    limits: limitsOf(desk, pipeline),
  };
}

/**
 * The stages of a pipeline as series of one coin, by names such as `analysis.trend`, `forecast.mean.6` (bars),
 * `plan.conviction`, `limits.maxLeverage`; shape [rows] each.
 */
export function stageSeries(
  { market, analysis, forecast, plan, limits }: Stages,
  coin: Coin,
): Readonly<Record<string, Float64Array>> {
  const i = coinAt(market, coin), { rows } = market;
  const every = (values: Float64Array, width: number, offset: number) =>
    Float64Array.from({ length: rows }, (_, row) => values[row * width + offset]!);
  const { trend, sd, regimes } = analysis.coins[i]!;
  const told = forecast.coins[i]!;
  const series: [string, Float64Array][] = [
    ["analysis.trend", trend],
    ["analysis.sd", sd],
    ...["bull", "bear", "side"].map((
      name,
      k,
    ): [string, Float64Array] => [`analysis.${name}`, every(regimes, 3, k)]),
    ...forecast.horizons.flatMap((horizon, k): [string, Float64Array][] => [
      [`forecast.mean.${horizon}`, told.mean[k]!],
      [`forecast.sd.${horizon}`, told.sd[k]!],
      [`forecast.pUp.${horizon}`, told.pUp[k]!],
    ]),
    ...Object.entries(PLAN).map(([name, offset]): [string, Float64Array] => [
      `plan.${name}`,
      every(plan.values, plan.coins * PLAN_WIDTH, i * PLAN_WIDTH + offset),
    ]),
    ...Object.entries(LIMITS).map(([name, offset]): [string, Float64Array] => [
      `limits.${name}`,
      every(limits.values, LIMITS_WIDTH, offset),
    ]),
  ];
  return Object.fromEntries(series);
}

/** How one series of two pipelines differs. */
export interface StageChange {
  /** Its name, as `stageSeries` has it. */
  readonly series: string;
  /** Share of rows on which it differs, and the first of them; null where none does. */
  readonly share: number;
  /** The first row that differs; null where none does. */
  readonly first: number | null;
  /** Mean absolute difference over all rows that both have. */
  readonly mean: number;
}

/** What became of each series of a coin between two pipelines on one market, such as one gene apart. */
export function compareStages(before: Stages, after: Stages, coin: Coin): StageChange[] {
  const a = stageSeries(before, coin), b = stageSeries(after, coin);
  return Object.keys(a).filter((name) => name in b).map((series) => {
    const x = a[series]!, y = b[series]!;
    let differs = 0, first: number | null = null, sum = 0, count = 0;
    for (let row = 0; row < x.length; row++) {
      if (Object.is(x[row], y[row]) || x[row] === y[row]) {
        count++;
        continue;
      }
      differs++;
      first ??= row;
      const apart = Math.abs(x[row]! - y[row]!);
      if (!Number.isFinite(apart)) continue;
      sum += apart;
      count++;
    }
    return { series, share: differs / x.length, first, mean: count === 0 ? 0 : sum / count };
  });
}

/** Changes of stages as a table; series that did not change are left out. */
export function stageTable(changes: readonly StageChange[]): Table {
  const moved = changes.filter(({ share }) => share > 0);
  return displayed({
    name: "stages",
    title: moved.length === 0 ? "No stage changed" : `${moved.length} of ${changes.length} series changed`,
    caption: "Share of rows that differ, the first of them, and the mean absolute difference over all rows.",
    columns: [
      { label: "Series", align: "left", hint: "stage and what it puts out" },
      { label: "Rows", align: "right", hint: "share of rows that differ" },
      { label: "First", align: "right", hint: "first row that differs" },
      { label: "Mean", align: "right", hint: "mean absolute difference" },
    ],
    rows: moved.map(({ series, share, first, mean }) => ({
      cells: [series, percent(share), String(first), significant(mean, 3)],
      strong: false,
    })),
  });
}

const TEAM_KEYS = ["startingEquity", "from", "to", "rules", "costs", "fill"];

/** Refuses what is no pipeline, the name of an agent above all. */
function requirePipeline(pipeline: unknown): void {
  if (typeof pipeline === "object" && pipeline !== null && ROLES.every((role) => role in pipeline)) return;
  throw new RangeError(
    `Cannot run a team as it must be a pipeline, such as team({ trader: "aggressive" }) gives: current value is ${
      shown(pipeline)
    }`,
  );
}

/** Trades a pipeline in an account of its own; from row 360 on unless said otherwise, when its agents are warm. */
export function tradeTeam(
  market: Market,
  pipeline: Pipeline,
  options: Omit<AccountOptions, "market" | "coins"> = {},
): Backtest {
  requireKeys("Cannot trade a team as the options", options, ["market", "coins", ...TEAM_KEYS]);
  requireAccount(options);
  const { plan, limits } = stages(market, pipeline);
  return tradeInBlock({ from: settingsSchema.parse({}).clock.warmUpRows, ...options, market }, {
    plan,
    limits,
  });
}
