import assert from "node:assert/strict";
import { type CoinBars, COLUMN_NAMES, createPanel, type Panel } from "../../src/market/panel.ts";

/** Ways to replace a column's rows > t: nothing that reads rows <= t only may tell the difference. */
export const FUTURES: Readonly<Record<string, (future: Float64Array) => Float64Array>> = {
  missing: (future) => new Float64Array(future.length).fill(NaN),
  tenfold: (future) => future.map((value) => 10 * value),
  reversed: (future) => future.toReversed(),
};

/** Bars whose rows > t are replaced. */
export function withFuture(
  bars: CoinBars,
  t: number,
  replace: (future: Float64Array) => Float64Array,
): CoinBars {
  const columns = COLUMN_NAMES.map((name) => {
    const column = bars[name].slice();
    column.set(replace(column.slice(t + 1)), t + 1);
    return [name, column];
  });
  return { coin: bars.coin, ...Object.fromEntries(columns) };
}

/** Bars cut after row t. */
export function upTo(bars: CoinBars, t: number): CoinBars {
  return {
    coin: bars.coin,
    ...Object.fromEntries(COLUMN_NAMES.map((name) => [name, bars[name].slice(0, t + 1)])),
  } as CoinBars;
}

/**
 * Asserts that cutting or replacing rows > t leaves the outputs at rows <= t bit-identical (protocol tests
 * T1 and T2). Arrays are compared byte by byte, as columns are hashed: a NaN made by arithmetic (whose bits
 * depend on how the code was compiled) differs from the one that fills a warm-up.
 */
export function assertCausal(
  bars: CoinBars,
  rows: readonly number[],
  compute: (bars: CoinBars) => Float64Array,
): void {
  const whole = compute(bars);
  assert.equal(whole.length, bars.close.length);
  for (const t of rows) {
    const past = whole.slice(0, t + 1);
    assertSameBytes(compute(upTo(bars, t)), past, `cut after row ${t}`);
    for (const [name, replace] of Object.entries(FUTURES)) {
      assert.deepEqual(
        compute(withFuture(bars, t, replace)).slice(0, t + 1),
        past,
        `rows after ${t} ${name}`,
      );
    }
  }
}

/** The same over the five coins of a panel. */
export function assertPanelCausal(
  panel: Panel,
  rows: readonly number[],
  compute: (panel: Panel) => Float64Array,
): void {
  const whole = compute(panel);
  assert.equal(whole.length, panel.rows);
  for (const t of rows) {
    const past = whole.slice(0, t + 1);
    const cut = createPanel(
      panel.coins.map((bars) => upTo(bars, t)),
      panel.openTime.slice(0, t + 1),
      panel.source,
    );
    assertSameBytes(compute(cut), past, `cut after row ${t}`);
    for (const [name, replace] of Object.entries(FUTURES)) {
      const coins = panel.coins.map((bars) => withFuture(bars, t, replace));
      const changed = compute(createPanel(coins, panel.openTime, panel.source)).slice(0, t + 1);
      assertSameBytes(changed, past, `rows after ${t} ${name}`);
    }
  }
}

/** Asserts that two series are equal bit by bit. */
export function assertSameBytes(actual: Float64Array, expected: Float64Array, what: string): void {
  assert.deepEqual([...new BigUint64Array(actual.slice().buffer)], [
    ...new BigUint64Array(expected.slice().buffer),
  ], what);
}

/** Asserts that two series agree within a relative (or, near 0, absolute) tolerance and are NaN in the same rows. */
export function assertClose(
  actual: Float64Array,
  expected: ArrayLike<number>,
  tolerance: number,
  what = "row",
): void {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < actual.length; i++) {
    const a = actual[i]!, e = expected[i]!;
    if (Number.isNaN(e) ? Number.isNaN(a) : Math.abs(a - e) <= tolerance * Math.max(1, Math.abs(e))) continue;
    assert.fail(`${what} ${i} is ${a}, expected ${e}`);
  }
}
