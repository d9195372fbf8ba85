import assert from "node:assert/strict";
import { knownInterest } from "../../src/features/derivatives.ts";
import { crossAssetSignals, standardisedSignals } from "../../src/features/signals/signals.ts";
import { ewmaZ } from "../../src/features/standardise.ts";
import { type CoinBars, createPanel, type Panel } from "../../src/market/panel.ts";
import { assertClose } from "./causality.ts";
import { randomPanel } from "./random_bars.ts";

const panel = randomPanel(8, 400);
const whole = crossAssetSignals(panel);
/** The coin that holds most of the value. */
const values = panel.coins.map((bars) => bars.openInterest[200]! * bars.markOpen[200]!);
const largest = values.indexOf(Math.max(...values));

/** The panel with open interest changed, coin by coin. */
function withInterest(change: (interest: Float64Array, bars: CoinBars, coin: number) => Float64Array): Panel {
  const coins = panel.coins.map((bars, coin) => ({
    ...bars,
    openInterest: change(bars.openInterest.slice(), bars, coin),
  }));
  return createPanel(coins, panel.openTime, panel.source);
}

for (const [word, unknown] of [["0", 0], ["NaN", NaN]] as const) {
  Deno.test(`findings F.3: one open interest of ${word} is a missing snapshot, not a fall of all there is`, () => {
    const { cross_oi_delta: delta, aggregate_funding: funding } = crossAssetSignals(
      withInterest((interest, _, coin) => coin === largest ? interest.with(200, unknown) : interest),
    );
    // As if the snapshot before were still true: within a bar's usual change of what it would have been.
    for (const t of [200, 206]) {
      assert.ok(Math.abs(delta[t]! - whole.cross_oi_delta[t]!) < 0.05, `${delta[t]}`);
    }
    const elsewhere = (values: Float64Array) => values.filter((_, t) => t !== 200 && t !== 206);
    assertClose(elsewhere(delta), elsewhere(whole.cross_oi_delta), 1e-15);
    assertClose(
      funding.filter((_, t) => t !== 200),
      whole.aggregate_funding.filter((_, t) => t !== 200),
      1e-15,
    );
  });

  Deno.test(`findings F.3: open interest of ${word} for all coins at a row leaves no signal unknown for ever`, () => {
    const gap = withInterest((interest) => interest.fill(unknown, 200, 203));
    const { cross_oi_delta: delta, aggregate_funding: funding } = crossAssetSignals(gap);
    assert.ok(delta.subarray(6).every(Number.isFinite) && funding.every(Number.isFinite));
    assertClose(delta.subarray(209), whole.cross_oi_delta.subarray(209), 1e-15);
    const readings = standardisedSignals(gap);
    for (const name of ["cross_oi_delta", "aggregate_funding"] as const) {
      assert.ok(readings[name].subarray(300).every((value) => value !== 0), name);
    }
  });

  Deno.test(`findings F.3: a coin whose open interest starts as ${word} counts from a day after its first known one`, () => {
    const late = withInterest((interest, _, coin) => coin === 1 ? interest.fill(unknown, 0, 100) : interest);
    const signals = crossAssetSignals(late);
    const others = crossAssetSignals(
      createPanel(panel.coins.filter((_, coin) => coin !== 1), panel.openTime, panel.source),
    );
    assertClose(signals.cross_oi_delta.subarray(0, 106), others.cross_oi_delta.subarray(0, 106), 1e-15);
    assertClose(signals.cross_oi_delta.subarray(106), whole.cross_oi_delta.subarray(106), 1e-15);
    assertClose(signals.aggregate_funding.subarray(0, 100), others.aggregate_funding.subarray(0, 100), 1e-15);
    assertClose(signals.aggregate_funding.subarray(100), whole.aggregate_funding.subarray(100), 1e-15);
  });
}

Deno.test("findings F.3: without any open interest the signals stay unknown and read 0", () => {
  const none = withInterest((interest) => interest.fill(NaN));
  const raw = crossAssetSignals(none), readings = standardisedSignals(none);
  for (const name of ["cross_oi_delta", "aggregate_funding"] as const) {
    assert.ok(raw[name].every(Number.isNaN) && readings[name].every((value) => value === 0), name);
  }
});

Deno.test("findings F.3: knownInterest() repeats the last known snapshot and invents none before the first", () => {
  const interest = Float64Array.of(NaN, 0, 5, 0, NaN, -1, 7);
  assert.deepEqual([...knownInterest(interest)], [NaN, NaN, 5, 5, 5, 5, 7]);
});

Deno.test("findings F.3: ewmaZ() goes on after a value that is not finite as if it had not been there", () => {
  const values = Float64Array.from({ length: 60 }, (_, i) => Math.sin(i * i));
  for (const odd of [NaN, Infinity, -Infinity]) {
    const with_ = ewmaZ(Float64Array.from([...values.subarray(0, 30), odd, ...values.subarray(30)]), 20, 5);
    assert.ok(Number.isNaN(with_[30]!));
    assert.deepEqual(with_.filter((_, i) => i !== 30), ewmaZ(values, 20, 5));
  }
});
