/** Why an account did what it did on one bar of one coin: fill, verdict, plan, forecast, readings. */
import type { Agent, Pipeline } from "../../agents/agent.ts";
import { sortedLookbacks } from "../../agents/analyst/analyse.ts";
import { analysisOf, type Desk, planOf, statedForecast } from "../../agents/desk.ts";
import { BAR_MS, type Coin, termsAt } from "../../core/universe.ts";
import type { DistillationEvent } from "../../events/distillation.ts";
import type { ThoughtEvent } from "../../events/thought.ts";
import type { GeneValues } from "../../genome/gene.ts";
import { byRole, type Role, ROLES } from "../../genome/role.ts";
import { methodNamed } from "../../inventory/pools.ts";
import { wantedShare } from "../../population/committee.ts";
import { POSITION, positionIndex } from "../../simulation/account.ts";
import { type DecisionAt, decisionAt } from "../../simulation/decision_at.ts";
import { ticksPerUnit } from "../../simulation/instruments.ts";
import { planIndex } from "../../simulation/plan.ts";
import type { Fill } from "../../simulation/trace.ts";
import { type CheckReading, checksAt } from "./checks.ts";
import type { ReplayedBar } from "./replay.ts";

/** A fill with the open of its bar, ms UTC. */
export type TimedFill = Fill & { readonly time: number };

/** A position as it was before the bar. Prices in USDT; 0 where there is none. */
export interface PositionBefore {
  /** Coins, above 0 long and below 0 short. */
  readonly quantity: number;
  /** Mean price of entry. */
  readonly entry: number;
  /** Its stop. */
  readonly stop: number;
  /** Its target. */
  readonly target: number;
  /** Price at which its margin is gone. */
  readonly liquidation: number;
}

/** What the researcher expected over one horizon. Fractions. */
export interface HorizonReading {
  /** Length of the horizon, bars. */
  readonly bars: number;
  /** Expected log return. */
  readonly mean: number;
  /** Its standard deviation. */
  readonly sd: number;
  /** Probability of a rise. */
  readonly pUp: number;
}

/** One of the analyst's numbers. */
export interface NamedReading {
  /** Which reading or signal it is. */
  readonly name: string;
  /** About unit scale. */
  readonly value: number;
  /** What it adds to the mix that the trend is made of; null for context that researchers alone read. */
  readonly adds: number | null;
}

/** What one team of a committee wished for. */
export interface TeamWish {
  /** The variant of each role. */
  readonly variants: Readonly<Record<Role, string>>;
  /** Signed notional over equity, before any limit; the committee's wish is the mean over its teams. */
  readonly wanted: number;
}

/** A bar explained. Row `decided` is the last that was read. */
export interface Explanation {
  /** The strategy whose account it is. */
  readonly strategy: string;
  /** Its symbol. */
  readonly coin: Coin;
  /** Open of the bar, and close of the row that was decided at: the same instant, ms UTC. */
  readonly time: number;
  /** The bar, by its row. */
  readonly row: number;
  /** Price step of the coin at the bar, USDT; 0 where it has none. */
  readonly tick: number;
  /** The last row that was read, and its close, USDT. */
  readonly decided: { readonly row: number; readonly close: number };
  /** The coin's fills on the bar, funding among them. */
  readonly fills: readonly TimedFill[];
  /** The last fill before the bar; null if there was none. */
  readonly lastFill: TimedFill | null;
  /** What was held before the bar. */
  readonly position: PositionBefore;
  /** True if the bar is the first that this team trades. */
  readonly adopted: boolean;
  /** What plan and limits came to. */
  readonly decision: DecisionAt;
  /**
   * The wishes of a committee's teams, the largest on the side that won first; empty where one team decided alone.
   * Checks, forecast, analysis and team are those of the first.
   */
  readonly wishes: readonly TeamWish[];
  /** What each risk check says of the plan: the one that the team keeps to first, then the pool's others. */
  readonly checks: readonly CheckReading[];
  /** What the researcher expected, by horizon. */
  readonly forecast: readonly HorizonReading[];
  /** What the analyst read. */
  readonly analysis: {
    readonly trend: number;
    readonly sd: number;
    readonly bull: number;
    readonly bear: number;
    readonly side: number;
    readonly readings: readonly NamedReading[];
  };
  /** Who decided: variant and genes of each role. */
  readonly team: Readonly<Record<Role, { readonly variant: string; readonly genes: GeneValues }>>;
  /** What language models last said of the coin before the decision, by prompt; empty where nobody asked. */
  readonly thoughts: readonly ThoughtEvent[];
  /** What a model last wrote of a champion up to the decision, which need not be this one; left out where none did. */
  readonly distillation?: DistillationEvent;
  /** Equity at the bar's close, USDT. */
  readonly equity: number;
}

/** Explains a bar of a coin, by the coin's index; all but what language models said. */
export function explainBar(
  desk: Desk,
  bar: ReplayedBar,
  strategy: string,
  row: number,
  coin: number,
): Omit<Explanation, "thoughts"> {
  const { panel } = desk.market;
  const { window, mandate, before, fills, equity } = bar;
  const decided = row - 1;
  const close = panel.coins[coin]!.close[decided]!;
  const adopted = window.adopts && row === window.from;
  const own = fills.filter((fill) => fill.coin === coin)
    .map((fill) => ({ ...fill, time: panel.openTime[fill.row]! }));
  const at = (offset: number) => before[positionIndex(coin) + offset]!;
  const decision = decisionAt(before, desk.arena, mandate, decided, coin, adopted);
  const wishes = window.committee ? wishesOf(desk, window.teams, decided, coin, decision.wanted) : [];
  const pipeline = wishes[0]?.team ?? window.teams[0]!;
  const forecast = statedForecast(desk, pipeline);
  const { mean, sd, pUp } = forecast.coins[coin]!;
  const analysis = analysisOf(desk, pipeline).coins[coin]!;
  return {
    strategy,
    coin: panel.coins[coin]!.coin,
    time: panel.openTime[decided]! + BAR_MS,
    row,
    tick: 1 / ticksPerUnit(termsAt(panel.instruments[coin]!, panel.openTime[decided]! + BAR_MS), close),
    decided: { row: decided, close },
    fills: own.filter((fill) => fill.row === row),
    lastFill: own.findLast((fill) => fill.row < row && fill.kind !== "funding") ?? null,
    position: {
      quantity: at(POSITION.quantity),
      entry: at(POSITION.entry),
      stop: at(POSITION.stop),
      target: at(POSITION.target),
      liquidation: at(POSITION.liquidation),
    },
    adopted,
    decision,
    wishes: wishes.map(({ team, wanted }) => ({ variants: variantsOf(team), wanted })),
    checks: checksAt(desk, pipeline, decided),
    forecast: forecast.horizons.map((bars, h) => ({
      bars,
      mean: mean[h]![decided]!,
      sd: sd[h]![decided]!,
      pUp: pUp[h]![decided]!,
    })),
    analysis: {
      trend: analysis.trend[decided]!,
      sd: analysis.sd[decided]!,
      bull: analysis.regimes[3 * decided]!,
      bear: analysis.regimes[3 * decided + 1]!,
      side: analysis.regimes[3 * decided + 2]!,
      readings: readingsOf(desk, pipeline.analyst!, decided, coin),
    },
    team: Object.fromEntries(ROLES.map((role) => {
      const { variant, genes } = pipeline[role]!;
      return [role, { variant: variant.name, genes }];
    })) as Explanation["team"],
    equity,
  };
}

function variantsOf(team: Pipeline): TeamWish["variants"] {
  return byRole((role) => team[role]!.variant.name);
}

/** What each team of a committee wished for at a row, the largest on the side of the committee's wish first. */
function wishesOf(
  desk: Desk,
  teams: readonly Pipeline[],
  row: number,
  coin: number,
  wish: number,
): { readonly team: Pipeline; readonly wanted: number }[] {
  const at = planIndex(desk.arena.coins, row, coin), side = wish < 0 ? -1 : 1;
  return teams.map((team) => ({ team, wanted: wantedShare(planOf(desk, team).values, at) }))
    .sort((a, b) => side * (b.wanted - a.wanted)); // equal ones stay in the order of the committee
}

/** The analyst's readings at a row, then the context that it hands on: derivatives columns and signals. */
function readingsOf(
  desk: Desk,
  { variant, genes, label, key }: Agent<"analyst">,
  row: number,
  coin: number,
): NamedReading[] {
  const { readings, derivatives, signals } = variant.identity;
  const lookbacks = sortedLookbacks(genes);
  const pipeline = { analyst: { variant, genes, label, key }, researcher: null, trader: null, risk: null };
  const { width, coins } = analysisOf(desk, pipeline);
  const feature = (i: number) => coins[coin]!.features[row * width + i]!;
  const own = readings.map((name, i) => ({
    name,
    value: methodNamed("analyst.features", name).run({ market: desk.market, coin, lookbacks }, genes)[row]!,
    adds: feature(i) / readings.length,
  }));
  const context = [...derivatives.map(({ column, params }) => `${column}(${params.join(", ")})`), ...signals]
    .concat(desk.market.panel.news === null ? [] : ["newsSentiment", "newsOverall"]);
  return [
    ...own,
    ...context.map((name, i) => ({ name, value: feature(2 * readings.length + i), adds: null })),
  ];
}
