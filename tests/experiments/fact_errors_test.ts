import assert from "node:assert/strict";
import { BARS_PER_DAY } from "popagent/core/universe.ts";
import { mean } from "popagent/stats/moments.ts";
import { rng } from "popagent/core/rng.ts";
import { factErrors } from "popagent/experiments/fact_errors.ts";
import { marketOf } from "popagent/experiments/market.ts";
import { createPanel } from "popagent/market/panel.ts";
import { populationConfig } from "../run_config.ts";

const { panel } = marketOf(populationConfig({ data: { source: "synthetic" }, market: { rows: 1000 } }));

/** Mean over coins of a fact's error where open interest is unknown at one row of each day. */
function errorWith(unknown: number): number {
  const gaps = (x: Float64Array) => x.map((value, t) => t % BARS_PER_DAY === unknown ? NaN : value);
  const coins = panel.coins.map((bars) => ({ ...bars, openInterest: gaps(bars.openInterest) }));
  const { openTime, source, instruments, missing } = panel;
  const facts = factErrors(createPanel(coins, openTime, source, instruments, missing), 12, rng("facts"));
  return mean(facts.find(({ name }) => name === "open interest ACF 2")!.values);
}

Deno.test("unknown open interest where two blocks meet does not end it for the rest of a resample", () => {
  const inside = errorWith(4), last = errorWith(5); // blocks are whole days, so their last rows are of the last
  assert.ok(last < 1.5 * inside, `${last} and ${inside}`);
});
