/** Whole series against trading-signals 8.3.0, an independent streaming library. */
import { ATR, BollingerBands, EMA, MACD, PPO, ROC, RSI, SMA, StochasticOscillator } from "trading-signals";
import { ADX } from "trading-signals";
import assert from "node:assert/strict";
import { adx } from "../../src/features/adx.ts";
import { atr } from "../../src/features/atr.ts";
import { bollinger } from "../../src/features/bollinger.ts";
import { ema } from "../../src/features/ema.ts";
import { macd } from "../../src/features/macd.ts";
import { ppo } from "../../src/features/ppo.ts";
import { roc } from "../../src/features/roc.ts";
import { rsi } from "../../src/features/rsi.ts";
import { sma } from "../../src/features/sma.ts";
import { stochastic } from "../../src/features/stochastic.ts";
import { assertClose } from "./causality.ts";
import { randomBars } from "./random_bars.ts";

const { high, low, close } = randomBars(11, 400);
const candles = Array.from(close, (price, i) => ({ high: high[i]!, low: low[i]!, close: price }));

/** A library indicator's results over all inputs, NaN where it has none yet. */
function stream<Input, Output>(
  indicator: {
    update(input: Input, replace: boolean): unknown;
    isStable: boolean;
    getResultOrThrow(): Output;
  },
  inputs: Iterable<Input>,
  read: (output: Output) => number,
): number[] {
  const out: number[] = [];
  for (const input of inputs) {
    indicator.update(input, false);
    out.push(indicator.isStable ? read(indicator.getResultOrThrow()) : NaN);
  }
  return out;
}
const same = (value: number) => value;

Deno.test("sma(), ema(), roc(), rsi() and ppo() equal trading-signals", () => {
  assertClose(sma(close, 20), stream(new SMA(20), close, same), 1e-11);
  assertClose(ema(close, 12), stream(new EMA(12), close, same), 1e-11);
  assertClose(roc(close, 10), stream(new ROC(10), close, same), 1e-11);
  assertClose(rsi(close, 14), stream(new RSI(14), close, same), 1e-9);
  const percent = stream(new PPO({ fastPeriod: 12, slowPeriod: 26 }), close, same);
  assertClose(ppo(close, 12, 26), percent.map((value) => value / 100), 1e-11);
});

Deno.test("macd() equals trading-signals once its signal is warm", () => {
  const { line, histogram } = macd(close, 12, 26, 9);
  const library = () => new MACD(new EMA(12), new EMA(26), new EMA(9));
  assertClose(line, stream(library(), close, ({ macd }) => macd), 1e-11);
  assertClose(
    histogram.subarray(33),
    stream(library(), close, ({ histogram }) => histogram).slice(33),
    1e-11,
  );
});

Deno.test("bollinger() equals trading-signals (population standard deviation)", () => {
  const bands = bollinger(close, 20, 2);
  assertClose(bands.upper, stream(new BollingerBands(20, 2), close, ({ upper }) => upper), 1e-11);
  assertClose(bands.lower, stream(new BollingerBands(20, 2), close, ({ lower }) => lower), 1e-11);
  assertClose(bands.mid, stream(new BollingerBands(20, 2), close, ({ middle }) => middle), 1e-11);
});

Deno.test("atr() equals trading-signals", () => {
  assertClose(atr(high, low, close, 14), stream(new ATR(14), candles, same), 1e-11);
});

Deno.test("stochastic() equals trading-signals", () => {
  const library = () => new StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 1, dPeriod: 3 });
  const { k, d } = stochastic(high, low, close, 14, 3);
  assertClose(k.subarray(15), stream(library(), candles, ({ stochK }) => stochK).slice(15), 1e-9);
  assertClose(d, stream(library(), candles, ({ stochD }) => stochD), 1e-9);
});

Deno.test("adx() converges to trading-signals, which counts row 0 as a bar without a move", () => {
  const library = new ADX(14);
  const expected = stream(library, candles, same);
  const { adx: index, plus, minus } = adx(high, low, close, 14);
  assertClose(index.subarray(350), expected.slice(350), 1e-6);
  assert.ok(Math.abs(plus.at(-1)! - 100 * Number(library.pdi)) < 1e-6);
  assert.ok(Math.abs(minus.at(-1)! - 100 * Number(library.mdi)) < 1e-6);
});
