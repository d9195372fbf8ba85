/**
 * Who alone sees the edge of the world `one-role`: a trader that takes the move under way for what it is worth in a crowd. It stands in for a
 * role that knows something, in proofs of credit, and is declared for their time alone: no population has it.
 */
import { type Agent, agentOf } from "../../agents/agent.ts";
import { declareVariant, variantNamed, withdrawVariant } from "../../agents/catalogue.ts";
import { startGenome, type Variant } from "../../agents/variant.ts";
import { columnOf } from "../../features/market_view.ts";
import { mean } from "../../stats/moments.ts";
import { plainMethod } from "../../inventory/method.ts";
import { declareMethod, withdrawMethod } from "../../inventory/pools.ts";
import type { StanceInput } from "../../inventory/trader/stances/stance.ts";

const NAME = "crowdWatcher";
/** Decay time of the level that a premium is held against, rows: slow enough to let the crowd's own slowness stand. */
const LEVEL_ROWS = 720;

/** Follows a coin's move where nobody pays to hold it, and fades it where the crowd does: its premium says which. */
const stance = plainMethod(
  "Follows moves without a crowd behind them, fades those with one",
  ({ market }: StanceInput) => {
    const { rows, coins } = market.panel;
    const uncrowded = coins.map((_, coin) =>
      columnOf(market, coin, "premiumZ", [LEVEL_ROWS]).map((z) =>
        Number.isNaN(z) ? 0 : -Math.max(-1, Math.min(1, z))
      )
    );
    const follow = new Float64Array(rows).map((_, t) => mean(uncrowded.map((values) => values[t]!)));
    return { follow, followByCoin: uncrowded, size: new Float64Array(rows).fill(1) };
  },
);

/** The momentum trader with that stance and no ear for forecasts. */
function specialist(): Variant<"trader"> {
  const like = variantNamed("trader", "momentum");
  return {
    ...like,
    name: NAME,
    summary: "Follows moves without a crowd behind them, fades those with one",
    identity: { ...like.identity, stance: NAME, forecastWeight: 0, fullEdge: 0.05 },
  };
}

/** Calls `prove` with the specialist while it is declared. */
export async function withSpecialist<Value>(
  prove: (agent: Agent<"trader">) => Value | Promise<Value>,
): Promise<Value> {
  const variant = specialist();
  declareMethod("trader.stances", NAME, stance);
  declareVariant(variant);
  try {
    return await prove(agentOf("trader", startGenome(variant)));
  } finally {
    withdrawVariant("trader", NAME);
    withdrawMethod("trader.stances", NAME);
  }
}
