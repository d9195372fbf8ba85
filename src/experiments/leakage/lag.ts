/**
 * Lag sensitivity (protocol 1.7, T4): what is known keeps its worth for a row or two, so orders that come late must lose smoothly; orders
 * that come a row early trade on what nobody knows, and must jump. Who loses at a cliff when one row late was early.
 */
import { mean } from "../../stats/moments.ts";
import { annualSharpe } from "../../stats/sharpe.ts";
import { type Desk, planOf } from "../../agents/desk.ts";
import { DECLARED_AGENTS } from "../../agents/catalogue.ts";
import { type SyntheticMarket, syntheticMarket } from "../../market/synthetic/synthetic_market.ts";
import { simulate } from "../../simulation/event_loop.ts";
import type { Plan } from "../../simulation/plan.ts";
import { openLimits } from "../references/passive.ts";
import { team } from "./agent_outputs.ts";
import { followLastBar } from "./cheats/fill_at_decision_open.ts";
import { followMean } from "./mean_follower.ts";
import { probedConfig } from "./probed_config.ts";
import { deskOf } from "./run_outputs.ts";
import { shiftPlan } from "./shift_plan.ts";

/** Rows by which plans come late; -1 is a row early. */
export const LAGS = [-1, 0, 1, 2] as const;
const IC = 0.1, FROM = 100, ROWS = 3000, MARKETS = 4;
const FREE = { costs: { takerFee: 0, makerFee: 0, impact: 0, spread: 0 } };

/**
 * Annual Sharpe ratio that an honest plan may lose by coming one row late, costs aside. Following bars that are not known yet loses more
 * than 15.
 */
const MOST_LOST = 4;

/** Mean annual Sharpe ratio of a plan at each lag. */
export type LagCurve = Readonly<Record<(typeof LAGS)[number], number>>;

/** Markets with an edge for plans to be late on. */
export function lagMarkets(seed: number): SyntheticMarket[] {
  return Array.from(
    { length: MARKETS },
    (_, i) => syntheticMarket({ seed: MARKETS * seed + i, rows: ROWS, mode: "planted", ic: IC }),
  );
}

/** What a maker of plans earns gross when its plans come early, on time and late; means over markets. */
export function lagCurve(
  markets: readonly SyntheticMarket[],
  planFor: (market: SyntheticMarket, desk: Desk) => Plan,
  shift = 0,
): LagCurve {
  const config = probedConfig(FREE);
  const byMarket = markets.map((market) => {
    const desk = deskOf(market.panel, config), plan = planFor(market, desk);
    return LAGS.map((lag) => {
      const moved = shiftPlan(plan, lag + shift);
      return annualSharpe(
        simulate(desk.arena, moved, openLimits(plan.rows), { from: FROM }).returns.subarray(FROM),
      );
    });
  });
  return Object.fromEntries(
    LAGS.map((lag, i) => [lag, mean(byMarket.map((sharpes) => sharpes[i]!))]),
  ) as LagCurve;
}

/** True if coming one row late costs what it costs those who know what they may know. */
export function losesSmoothly(curve: LagCurve): boolean {
  return curve[0] - curve[1] < MOST_LOST && curve[1] - curve[2] < MOST_LOST;
}

/** The curve as a line. */
export function lagText(name: string, curve: LagCurve): string {
  return `${name}: early ${curve[-1].toFixed(2)}, on time ${curve[0].toFixed(2)}, late ${
    curve[1].toFixed(2)
  }, ` +
    `two late ${curve[2].toFixed(2)}`;
}

/** The planted oracle's plan: it follows what the maker knows of the next bar. */
export const oraclePlan = ({ truth }: SyntheticMarket, desk: Desk): Plan => followMean(desk, truth, IC);
/** The plan of one who follows the last bar, and knows nothing. */
export const followerPlan = ({ panel }: SyntheticMarket): Plan => followLastBar(panel);

/** The mean curve of the declared traders, each at the head of its team. */
export function tradersCurve(markets: readonly SyntheticMarket[]): LagCurve {
  const curves = Array.from(
    { length: DECLARED_AGENTS },
    (_, i) => lagCurve(markets, (_, desk) => planOf(desk, team(i))),
  );
  return Object.fromEntries(LAGS.map((lag) => [lag, mean(curves.map((curve) => curve[lag]))])) as LagCurve;
}
