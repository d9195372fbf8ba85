import { createPlan, PLAN, type Plan, planIndex } from "../../simulation/plan.ts";
import type { CostModel } from "../../simulation/costs.ts";
import { REFERENCE_COIN } from "../../core/universe.ts";
import { coinIndex } from "../../market/panel.ts";
import type { Forecast } from "../contracts.ts";
import type { GeneValues } from "../genome.ts";
import { columnOf, type MarketView, signalOf } from "../market_view.ts";
import { VIEWS } from "./styles.ts";
import type { TraderVariant } from "./variants.ts";

/** Bars of memory in the move under way that traders with a direction follow or fade. */
const MOVE_MEMORY = 18;
/** What a standardised move of 1 is believed to foretell over the horizon, in sd: an information coefficient. */
const BELIEVED_IC = 0.05;
/** An open position is given up when the expected move falls below this share of the entry hurdle. */
const EXIT_SHARE = 0.25;
/** Slippage a trader reckons with on top of the fee, per side, as a fraction. */
const RECKONED_SLIPPAGE = 2e-4;
/** Signals shrink or grow an adaptive trader's size within these bounds. */
const CONTEXT_FLOOR = 0.25;

/** A trader's inputs: the forecast, and the market it may look at by itself. */
export interface TraderInput {
  readonly forecast: Forecast;
  readonly market: MarketView;
}

/**
 * Runs a trader over a forecast: what it expects a coin to do, an entry hurdle of `entryThreshold` round
 * trips of cost, conviction by edge per risk, stops and targets by the forecast's risk. Plan row t reads
 * rows <= t and no account.
 */
export function trade(
  input: TraderInput,
  variant: TraderVariant,
  genes: GeneValues,
  costs: Pick<CostModel, "takerFee">,
): Plan {
  const { forecast, market } = input;
  const { identity } = variant;
  const view = VIEWS[identity.view];
  const plan = createPlan(forecast.rows, forecast.coins.length);
  const roundTrip = 2 * (costs.takerFee + RECKONED_SLIPPAGE);
  const hurdle = genes.entryThreshold! * roundTrip;
  const keep = genes.smoothing!;
  const size = identity.context === "followed" ? contextSize(market) : null;
  const sideways = identity.context === "followed" ? sidewaysShare(market) : null;

  for (let coin = 0; coin < forecast.coins.length; coin++) {
    const coinForecast = forecast.coins[coin]!;
    const moves = columnOf(market, coin, "momentum", [MOVE_MEMORY]);
    let expected = 0, side = 0;
    for (let t = 0; t < forecast.rows; t++) {
      const sd = coinForecast.sd[1]![t]!;
      const move = Number.isNaN(moves[t]!) ? 0 : Math.max(-3, Math.min(3, moves[t]!));
      const follow = identity.direction * (sideways ? 1 - 2 * sideways[t]! : 1);
      const now = identity.forecastWeight * view(coinForecast, forecast.horizons, t) +
        follow * BELIEVED_IC * move * sd;
      expected = keep * expected + (1 - keep) * now;
      if (side !== 0 && (side * expected <= 0 || Math.abs(expected) < EXIT_SHARE * hurdle)) side = 0;
      if (side === 0 && Math.abs(expected) > hurdle) side = Math.sign(expected);
      const edge = Math.min(Math.abs(expected) / (sd * identity.fullEdge), 1);
      const at = planIndex(plan.coins, t, coin);
      plan.values[at + PLAN.conviction] = side * edge * (size ? size[t]! : 1);
      plan.values[at + PLAN.leverage] = genes.leverage!;
      plan.values[at + PLAN.baseSize] = genes.baseSize!;
      plan.values[at + PLAN.riskPerTrade] = genes.riskPerTrade!;
      plan.values[at + PLAN.stop] = genes.stopLoss! * sd;
      plan.values[at + PLAN.target] = genes.takeProfit! * sd;
    }
  }
  return plan;
}

/** Share of a full size that the state of the market allows: calm, risk-on and uncrowded is 1. Shape [rows]. */
function contextSize(market: MarketView): Float64Array {
  const volatility = signalOf(market, "market_volatility");
  const appetite = signalOf(market, "risk_on_off");
  const crowding = signalOf(market, "aggregate_funding");
  const out = new Float64Array(market.panel.rows);
  for (let t = 0; t < out.length; t++) {
    const strain = Math.max(volatility[t]!, 0) + Math.max(-appetite[t]!, 0) / 2 + Math.abs(crowding[t]!) / 4;
    out[t] = Math.max(CONTEXT_FLOOR, 1 / (1 + strain / 2));
  }
  return out;
}

/** How sideways the whole market is, in [0, 1]: 1 without a standing move in the reference coin, 0 in a strong trend. */
function sidewaysShare(market: MarketView): Float64Array {
  const slow = columnOf(market, coinIndex(market.panel, REFERENCE_COIN), "momentum", [90]);
  const out = new Float64Array(market.panel.rows);
  for (let t = 0; t < out.length; t++) {
    const z = Number.isNaN(slow[t]!) ? 0 : slow[t]!;
    out[t] = 1 / (1 + (z / 0.75) ** 4);
  }
  return out;
}
