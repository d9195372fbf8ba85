import assert from "node:assert/strict";
import fc from "fast-check";
import { BAR_MS } from "../../src/core/universe.ts";
import { DECLARED_COINS } from "../../src/core/universe.ts";
import {
  type CoinBars,
  COLUMN_NAMES,
  createPanel,
  type MarketSource,
  slicePanel,
  truncatePanel,
} from "../../src/market/panel.ts";

const source: MarketSource = { kind: "synthetic", mode: "null", seed: 0, ic: 0 };

/** A panel whose every cell is another number. */
function panelOf(rows: number) {
  let next = 1;
  const coins = DECLARED_COINS.map((coin) => ({
    coin,
    ...Object.fromEntries(COLUMN_NAMES.map((name) => [name, new Float64Array(rows).map(() => next++ / 8)])),
  } as CoinBars));
  return createPanel(coins, new Float64Array(rows).map((_, t) => t * BAR_MS), source);
}

Deno.test("createPanel() hashes every cell", () => {
  const panel = panelOf(9);
  assert.equal(panelOf(9).hash, panel.hash);
  fc.assert(
    fc.property(fc.nat(4), fc.constantFrom(...COLUMN_NAMES), fc.nat(8), (coin, name, row) => {
      const coins = panel.coins.map((bars, i) =>
        i === coin
          ? { ...bars, [name]: bars[name].map((value, t) => t === row ? value + 2 ** -40 : value) }
          : bars
      );
      assert.notEqual(createPanel(coins, panel.openTime, source).hash, panel.hash);
    }),
    { seed: 7 },
  );
  const later = panel.openTime.map((time) => time + BAR_MS);
  assert.notEqual(createPanel(panel.coins, later, source).hash, panel.hash);
});

Deno.test("createPanel() refuses no coins, a coin twice, one without terms, and columns of another length", () => {
  const { coins, openTime } = panelOf(5);
  const real = { kind: "bybit", folder: "", unsealed: false, sealedRows: 0 } as const;
  const named = (coin: string) => ({ ...coins[0]!, coin });
  assert.throws(() => createPanel([], openTime, source), /must be 1 to 20 different ones/);
  assert.throws(() => createPanel([coins[0]!, coins[0]!], openTime, source), /1 to 20 .* is BTC,BTC/);
  assert.throws(() => createPanel([named("ADA")], openTime, real), /Cannot trade ADA as its tick/);
  assert.equal(createPanel([named("ADA")], openTime, source).instruments[0]!.coin, "ADA"); // a twin of BTC
  assert.notEqual(createPanel([...coins].reverse(), openTime, source).hash, panelOf(5).hash);
  const short = coins.map((bars) => bars.coin === "SOL" ? { ...bars, markLow: new Float64Array(4) } : bars);
  assert.throws(() => createPanel(short, openTime, source), /must have 5 rows: SOL markLow has 4/);
});

Deno.test("slicePanel() shows rows without a copy and keeps counting as the whole panel does", () => {
  const panel = panelOf(20), slice = slicePanel(panel, 5, 15), inner = slicePanel(slice, 2, 6);
  assert.deepEqual([slice.firstRow, slice.rows, inner.firstRow, inner.rows], [5, 10, 7, 4]);
  assert.deepEqual([...inner.coins[3]!.close], [...panel.coins[3]!.close.subarray(7, 11)]);
  assert.equal(inner.openTime.buffer, panel.openTime.buffer);
  assert.notEqual(slice.hash, panel.hash);
  assert.notEqual(slice.hash, slicePanel(panel, 5, 16).hash);
  assert.equal(slicePanel(panel, 0, 20).hash, panel.hash);
  for (const [from, to] of [[-1, 3], [3, 3], [4, 2], [0, 21]] as const) {
    assert.throws(() => slicePanel(panel, from, to), new RegExp(`current value is ${from}\\.\\.${to}`));
  }
});

Deno.test("findings G.8: truncatePanel() equals the panel made when its last row had just closed", () => {
  const panel = panelOf(20);
  for (const rows of [1, 7, 20]) {
    const made = createPanel(
      panel.coins.map((bars) => ({
        coin: bars.coin,
        ...Object.fromEntries(COLUMN_NAMES.map((name) => [name, bars[name].slice(0, rows)])),
      } as CoinBars)),
      panel.openTime.slice(0, rows),
      source,
    );
    assert.equal(truncatePanel(panel, rows).hash, made.hash);
    assert.equal(truncatePanel(panel, rows).firstRow, 0);
  }
});
