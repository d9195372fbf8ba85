import assert from "node:assert/strict";
import { BAR_MS } from "popagent/core/universe.ts";
import { type CandlesData, candlesFigure } from "popagent/figures/candles.ts";
import { candlesData, chartFills } from "popagent/figures/candles_data.ts";
import { barsPerCandle, candleText, coarseBars } from "popagent/figures/coarse_bars.ts";
import type { LinesHover } from "popagent/figures/hover.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { assertTidy, drawFigure } from "../fixtures/drawn_figure.ts";

const START = Date.UTC(2024, 0, 1);
const HEAD = { subtitle: "SYNTHETIC data" };
const at = (bar: number) => START + bar * BAR_MS;

/** Seven bars whose closes are 101, 102 ...; each spans one either way. */
function bars(n = 7) {
  const column = (value: (i: number) => number) => Float64Array.from({ length: n }, (_, i) => value(i));
  return {
    openTime: column(at),
    open: column((i) => 100 + i),
    high: column((i) => 102 + i),
    low: column((i) => 99 + i),
    close: column((i) => 101 + i),
  };
}

const data: CandlesData = {
  coin: "BTC",
  bars: bars(),
  position: 0,
  stops: Float64Array.of(NaN, 98, 98, 98, NaN, NaN, NaN),
  fills: [
    { time: at(1), kind: "entry", quantity: 2, price: 101 },
    { time: at(2), kind: "increase", quantity: 1, price: 102 },
    { time: at(2), kind: "funding", quantity: 3, price: 102 },
    { time: at(3), kind: "stop", quantity: -3, price: 98 },
    { time: at(4), kind: "entry", quantity: -1, price: 104 },
    { time: at(5), kind: "reduce", quantity: 0.5, price: 105 },
    { time: at(6), kind: "liquidation", quantity: 0.5, price: 108 },
    { time: at(99), kind: "entry", quantity: 9, price: 1 },
  ],
};

Deno.test("candlesFigure() marks each kind of fill, leaves funding and fills elsewhere out, and keeps the position", () => {
  const figure = candlesFigure(data, HEAD), drawn = drawFigure(figure);
  const marks = ["buy to open", "sell to open", "buy to close", "sell to close", "stop", "liquidation"];
  assert.deepEqual(marks.map((name) => drawn.mark(name).length), [2, 1, 1, 0, 1, 1]);
  assert.deepEqual(figure.legend.map(({ label }) => label), marks.filter((name) => name !== "sell to close"));
  assert.equal(drawn.mark("stop in force").length, 1);
  assert.equal(drawn.mark("long").length, 1);
  assert.equal(drawn.mark("rising bodies").length, 7);
  assertTidy(figure);
});

Deno.test("candlesFigure() reads prices and trades of each candle", () => {
  const { heads, lines } = candlesFigure(data, HEAD).panels[0]!.hover as LinesHover;
  const read = (row: number) => lines.map(({ label, texts }) => `${label} ${texts[row]}`);
  assert.equal(heads[1], "2024-01-01 04:00 UTC");
  assert.deepEqual(read(1), [
    "open 101.00",
    "high 103.00",
    "low 100.00",
    "close 102.00",
    "trades buy to open 2.0000 at 101.00",
  ]);
  assert.match(lines.at(-1)!.texts[3]!, /^stop 3\.0000 at 98\.00$/);
  assert.equal(lines.at(-1)!.texts[0], "");
});

Deno.test("coarseBars() takes first open, highest high, lowest low and last close of each day", () => {
  const day = coarseBars(bars(13), 6);
  assert.deepEqual([...day.openTime], [at(0), at(6), at(12)]);
  assert.deepEqual([...day.open], [100, 106, 112]);
  assert.deepEqual([...day.high], [107, 113, 114]);
  assert.deepEqual([...day.low], [99, 105, 111]);
  assert.deepEqual([...day.close], [106, 112, 113]);
  assert.deepEqual([barsPerCandle(180, 200), barsPerCandle(180, 60), barsPerCandle(1e6, 10)], [1, 3, 168]);
  assert.deepEqual([1, 3, 6, 18, 84].map(candleText), ["4 hours", "12 hours", "1 day", "3 days", "2 weeks"]);
});

Deno.test("candlesFigure() draws one bar, four years, no fill and a hostile coin; missing prices are an error", () => {
  const attack = `<script>"&'`;
  for (
    const odd of [
      { ...data, bars: bars(1), stops: null },
      { ...data, bars: bars(8766), stops: null },
      { ...data, fills: [], stops: null },
      { ...data, coin: attack },
    ]
  ) {
    for (const width of ["page", "column"] as const) {
      const figure = candlesFigure(odd, { ...HEAD, width }), { svg } = drawFigure(figure);
      assertTidy(figure);
      assert.ok(!/NaN|undefined|<script/.test(svg));
    }
  }
  assert.throws(() => candlesFigure({ ...data, bars: bars(0), stops: null }, HEAD), /at least one bar/);
});

Deno.test("candlesData() cuts bars and fills to some rows and carries the position of earlier fills; chartFills() picks one account's", () => {
  const { panel } = syntheticMarket({ mode: "default", seed: 1, ic: 0, rows: 40 });
  const columns = {
    strategy: ["mine", "mine", "other", "mine", "mine"],
    time: Float64Array.of(...[2, 5, 5, 6, 12].map((row) => panel.openTime[row]!)),
    coin: ["BTC", "BTC", "BTC", "ETH", "BTC"],
    kind: ["entry", "funding", "entry", "entry", "reduce"],
    quantity: Float64Array.of(2, 2, 7, 9, -0.5),
    price: Float64Array.of(1, 2, 3, 4, 5),
  };
  const fills = chartFills(columns, "mine", "BTC");
  assert.deepEqual(fills.map(({ kind, quantity }) => [kind, quantity]), [["entry", 2], ["funding", 2], [
    "reduce",
    -0.5,
  ]]);
  const cut = candlesData(panel, "BTC", fills, { from: 10, to: 20 });
  assert.equal(cut.position, 2);
  assert.deepEqual(cut.fills.map(({ kind }) => kind), ["reduce"]);
  assert.deepEqual([...cut.bars.close], [...panel.coins[0]!.close.slice(10, 20)]);
  assert.throws(() => candlesData(panel, "LTC", []), /must be one of BTC, ETH.*current value is LTC/);
  assert.throws(
    () => chartFills({ ...columns, kind: ["x", "x", "x", "x", "x"] }, "mine", "BTC"),
    /current value is x/,
  );
});
