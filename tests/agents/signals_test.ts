import assert from "node:assert/strict";
import type { Pipeline } from "popagent/agents/agent.ts";
import { VARIANTS } from "popagent/agents/catalogue.ts";
import { type Desk, limitsOf, planOf } from "popagent/agents/desk.ts";
import { createMemo } from "popagent/core/memo.ts";
import { SIGNAL_NAMES, type SignalName, standardisedSignals } from "popagent/features/signals/signals.ts";
import { type ColumnName, createPanel } from "popagent/market/panel.ts";
import { declaredPipeline, deskOf, PARTNERS, syntheticDesk } from "./small_desk.ts";

/** Which agents decide otherwise when one signal alone reads otherwise; every other agent decides the same. */
const READERS: Record<SignalName, readonly string[]> = {
  btc_dominance: ["analyst statistical"],
  altcoin_momentum: ["analyst momentum"],
  eth_btc_ratio: ["analyst technical"],
  cross_oi_delta: ["analyst momentum"],
  aggregate_funding: ["analyst volatility", "trader adaptive"],
  risk_on_off: ["analyst hybrid", "trader adaptive"],
  market_volatility: ["analyst volatility", "trader adaptive"],
  cross_correlation: ["analyst statistical", "risk dynamic"],
};

/** The same for the derivatives columns of all coins. Open interest is in two signals and weighs a third. */
const COLUMN_READERS: Partial<Record<ColumnName, readonly string[]>> = {
  fundingRate: ["statistical", "volatility", "hybrid"],
  longRatio: ["technical"],
  openInterest: ["momentum", "volatility"],
  indexClose: ["volatility"],
};

/**
 * The desk as it would be if one signal read otherwise, and nothing else were different. Its square, not its
 * opposite: a regression on -x forecasts exactly as one on x.
 */
function withOther(desk: Desk, name: SignalName): Desk {
  const { panel } = desk.market;
  const signals = standardisedSignals(panel);
  const changed = { ...signals, [name]: signals[name].map((x) => x * x - 1) };
  const memo = createMemo(64 * 2 ** 20);
  memo.get(panel, "signals", () => changed, () => 8 * panel.rows * SIGNAL_NAMES.length);
  return { ...desk, market: { ...desk.market, panel, memo } };
}

const differs = (a: Float64Array, b: Float64Array) => a.some((x, i) => !Object.is(x, b[i]));
const planDiffers = (a: Desk, b: Desk, pipeline: Pipeline) =>
  differs(planOf(a, pipeline).values, planOf(b, pipeline).values);

/** Each agent is looked at alone: traders and risk agents work behind the default analyst, who reads no signal. */
function readersOf(desk: Desk, other: Desk): string[] {
  const plain = { ...declaredPipeline(PARTNERS), analyst: null };
  const analysts = VARIANTS.analyst.filter(({ name }) =>
    planDiffers(desk, other, declaredPipeline({ ...PARTNERS, analyst: name }))
  );
  const traders = VARIANTS.trader.filter(({ name }) => {
    const { trader } = declaredPipeline({ ...PARTNERS, trader: name });
    return planDiffers(desk, other, { ...plain, trader });
  });
  const risks = VARIANTS.risk.filter(({ name }) => {
    const pipeline = { ...plain, risk: declaredPipeline({ ...PARTNERS, risk: name }).risk };
    return differs(limitsOf(desk, pipeline).values, limitsOf(other, pipeline).values);
  });
  return [...analysts, ...traders, ...risks].map(({ role, name }) => `${role} ${name}`);
}

Deno.test("each of the eight cross-asset signals changes what its readers decide, and nobody else's decisions", () => {
  const desk = syntheticDesk();
  for (const name of SIGNAL_NAMES) {
    assert.deepEqual(readersOf(desk, withOther(desk, name)), READERS[name], name);
  }
});

Deno.test("each derivatives column reaches the plans of the analysts that look at it, and of no other", () => {
  const desk = syntheticDesk();
  const { panel } = desk.market;
  for (const [column, readers] of Object.entries(COLUMN_READERS)) {
    const coins = panel.coins.map((bars) => ({
      ...bars,
      [column]: bars[column as ColumnName].map((x, t) => x * (1 + 0.01 * Math.sin(t))),
    }));
    const other = deskOf(createPanel(coins, panel.openTime, panel.source));
    const reacting = VARIANTS.analyst.filter(({ name }) =>
      planDiffers(desk, other, declaredPipeline({ ...PARTNERS, analyst: name }))
    );
    assert.deepEqual(reacting.map(({ name }) => name), readers, column);
  }
});
