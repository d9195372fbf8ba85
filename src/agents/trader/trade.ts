import { columnOf, type MarketView, returnsOf } from "../../features/market_view.ts";
import type { GeneValues } from "../../genome/gene.ts";
import { methodNamed } from "../../inventory/pools.ts";
import type { Forecast } from "../../inventory/researcher/forecast.ts";
import type { Stance } from "../../inventory/trader/stances/stance.ts";
import type { EndedPlan, StyleInput } from "../../inventory/trader/styles/style.ts";
import type { Plan } from "../../simulation/plan.ts";
import type { Agent } from "../agent.ts";
import type { RoleInputs } from "../role_record.ts";

/** Bars of memory in the move under way that traders with a direction follow or fade. */
const MOVE_MEMORY = 18;
/** What a standardised move of 1 is believed to foretell over the horizon, in sd: an information coefficient. */
const BELIEVED_IC = 0.05;
const MOST_MOVE = 3;
/** Share of what is expected that news can take away; it never adds any, so no news makes a position larger. */
const NEWS_TAKES = 0.5;

/**
 * Runs a trader over a forecast: its view of the forecast and its own belief about the move under way add up to
 * what it expects of each coin, less where the coin's news speaks against it; its style turns that into a plan. Plan
 * row t reads rows <= t and no account.
 */
export function trade(agent: Agent<"trader">, inputs: RoleInputs<"trader">, before: Plan | null): EndedPlan {
  const { variant, genes } = agent, style = methodNamed("trader.styles", variant.identity.style);
  const input = styleInput(agent, inputs);
  const resumable = before !== null && style.resume !== undefined && "end" in before;
  return resumable ? style.resume!(before as EndedPlan, input, genes) : style.run(input, genes);
}

/** What a trader has learned of its style's genes by a row; empty where its style learns nothing of them. */
export function learnedByTrader(
  agent: Agent<"trader">,
  inputs: RoleInputs<"trader">,
  row: number,
): GeneValues {
  const { learned } = methodNamed("trader.styles", agent.variant.identity.style);
  return learned === undefined ? {} : learned(styleInput(agent, inputs), agent.genes, row);
}

/** What a trader's style makes a plan of. */
function styleInput(
  agent: Agent<"trader">,
  { market, upstream, takerFee, targetStretch, proposals }: RoleInputs<"trader">,
): StyleInput {
  const { variant, genes } = agent, { identity } = variant;
  const forecast = upstream();
  const { direction, fullEdge } = identity;
  const stance = methodNamed("trader.stances", identity.stance).run({ market, direction }, genes);
  const expected = expectedMoves(agent, market, forecast, stance);
  return {
    forecast,
    coins: market.panel.coins.map(({ coin }) => coin),
    expected,
    stance,
    fullEdge,
    returns: market.panel.coins.map((_, coin) => returnsOf(market, coin)),
    sized: identity.sizing === undefined
      ? null
      : methodNamed("trader.sizing", identity.sizing).run({ forecast, expected, genes }, genes),
    takerFee,
    targetStretch,
    genes,
    firstRow: market.panel.firstRow,
    proposals: proposals[variant.name] ?? [],
    answers: proposals,
  };
}

/** What a trader expects each coin to return over its middle horizon, a fraction; [coin], shape [rows] each. */
export function expectedMoves(
  { variant: { identity }, genes }: Agent<"trader">,
  market: MarketView,
  { coins, horizons, rows }: Forecast,
  stance: Stance,
): Float64Array[] {
  const view = methodNamed("trader.views", identity.view), { forecastWeight } = identity;
  return coins.map((coinForecast, coin) => {
    const { coin: symbol } = market.panel.coins[coin]!;
    const seen = view.run({ forecast: coinForecast, horizons, rows, coin: symbol }, genes);
    const moves = columnOf(market, coin, "momentum", [MOVE_MEMORY]);
    const sd = coinForecast.sd[1]!;
    const news = market.panel.news && columnOf(market, coin, "newsSentiment", []);
    const follow = stance.followByCoin?.[coin] ?? stance.follow;
    const out = new Float64Array(rows);
    for (let t = 0; t < rows; t++) {
      const move = Number.isNaN(moves[t]!) ? 0 : Math.max(-MOST_MOVE, Math.min(MOST_MOVE, moves[t]!));
      out[t] = forecastWeight * seen[t]! + follow[t]! * BELIEVED_IC * move * sd[t]!;
      if (news) out[t]! *= 1 + NEWS_TAKES * Math.min(Math.sign(out[t]!) * news[t]!, 0);
    }
    return out;
  });
}
