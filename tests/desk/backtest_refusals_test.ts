import assert from "node:assert/strict";
import { sma } from "popagent/mod.ts";
import { backtest, type BacktestRequest } from "popagent/desk/backtest.ts";
import { backtestTable, type NamedBacktests } from "popagent/desk/comparison.ts";
import { loadMarket, type Market } from "popagent/desk/market.ts";
import { sharpeAnswer } from "popagent/desk/sharpe_answer.ts";
import { sweep } from "popagent/desk/sweep.ts";

const market = await loadMarket({ synthetic: { rows: 1000, seed: 5 } });
const targets = new Float64Array(market.rows);
const rows = <Value>(value: Value) => Array.from({ length: market.rows }, () => value);

function refuses(request: object, says: RegExp) {
  const whole = { market, coins: ["BTC"], targets, ...request } as BacktestRequest;
  assert.throws(() => backtest(whole), { name: "RangeError", message: says });
}

Deno.test("backtest() tells unknown keys and words, with the nearest", () => {
  refuses({ stoploss: 0.05 }, /request may hold .*: it holds stoploss\. Did you mean stop\?/);
  refuses({ leverge: 2 }, /holds leverge\. Did you mean leverage\?/);
  refuses({ costs: { fees: 0.001 } }, /costs may hold .*: it holds fees\. Did you mean fee\?/);
  refuses({ limits: { maxDrawdwn: 0.1 } }, /limits may hold .*Did you mean maxDrawdown\?/);
  refuses({ limits: { maxDD: 0.1 } }, /limits may hold .*it holds maxDD/);
  refuses({ rules: "plane" }, /rules must be one of house, plain.*Did you mean plain\?/);
  refuses({ fill: "Close" }, /fill must be one of open, close.*Did you mean close\?/);
  refuses({ coins: "BTC" }, /coins must be different ones of .*in a list: current value is BTC/);
  refuses({ coins: ["BCT"] }, /Did you mean BTC/);
  refuses({ targets: { BCT: targets } }, /targets as its coins must be of the market.*it has BCT/);
});

Deno.test("backtest() holds numbers to their ranges", () => {
  for (const stop of [1, -0.1, Infinity, NaN]) {
    refuses({ stop }, /stop must be a fraction of price, 0 <= stop < 1/);
  }
  refuses({ stop: targets.map((_, row) => row === 7 ? 2 : 0) }, /row 7 of stop/);
  refuses({ target: Infinity }, /target must be .*finite and >= 0/);
  refuses({ leverage: "2" }, /leverage must be a number from 1 to 1000: current value is "2", a text/);
  assert.throws(
    () => sma(targets, "20" as unknown as number),
    /integer >= 1: current value is "20", a text$/,
  );
  refuses({ startingEquity: -5 }, /startingEquity must be an amount above 0/);
  refuses({ limits: { maxDrawdown: NaN } }, /limits.maxDrawdown must be a fraction above 0 and at most 1/);
  refuses({ costs: { funding: "no" } }, /costs.funding must be true or false/);
});

Deno.test("backtest() refuses signals that say nothing; null and holes among others are no value", () => {
  for (const nothing of [NaN, null, undefined]) {
    refuses({ targets: rows(nothing) }, /targets must hold a value in at least one row/);
    refuses({ targets: undefined, entries: rows(nothing) }, /entries must hold a value/);
  }
  refuses({ targets: rows("long") }, /each row must be a number, true or false: row 0 is long/);
  const request = (none: unknown) => ({ entries: rows(none).map((one, row) => row === 500 ? true : one) });
  const [a, b, c] = [false, null, NaN].map((none) =>
    backtest({ market, coins: ["BTC"], ...request(none) } as BacktestRequest)
  );
  assert.deepEqual(b!.equity, a!.equity);
  assert.deepEqual(c!.equity, a!.equity);
  assert.equal(a!.totals.entries, 1);
});

Deno.test("a market that was not awaited is told so", () => {
  const promise = Promise.resolve(market) as unknown as Market;
  const says = /must be loaded: write await loadMarket/;
  refuses({ market: promise }, says);
  refuses({ market: undefined }, /must be what await loadMarket/);
  assert.throws(() => sweep({ a: [1] }, () => ({ targets }), { market: promise }), says);
  assert.throws(
    () => sweep({ a: [1] }, () => ({ targets }), { market, laverage: 2 } as { market: Market }),
    /Did you mean leverage/,
  );
});

Deno.test("back-tests of other markets or rows are not compared, though as long", async () => {
  const world = await loadMarket({ synthetic: { rows: 1000, seed: 6 } });
  const hold = (over: Market) => backtest({ market: over, coins: ["BTC"], targets: rows(1) });
  const first = hold(market);
  for (const compare of [sharpeAnswer, backtestTable]) {
    assert.throws(
      () => compare({ first, second: hold(world) }),
      /second is of rows 1 to 999 of another market/,
    );
    assert.throws(
      () => compare({ first, part: backtest({ market, coins: ["BTC"], targets: rows(1), to: 900 }) }),
      /same rows, 1 to 999: part is of rows 1 to 899$/,
    );
    assert.throws(() => compare({}), /there must be at least one/);
    assert.throws(
      () => compare(first as unknown as NamedBacktests),
      /each must be what backtest.*market is none/,
    );
  }
});

Deno.test("a back-test says which coins take a share of the size though no signal trades them", () => {
  const some = backtest({ market, targets: { BTC: rows(1) } });
  assert.match(some.notes.join(), /No signal opens a position in ETH, SOL, DOGE, XRP; .* is 1\/5 of equity/);
  assert.match(Deno.inspect(some), /coins: \["BTC"\], or give a size/);
  assert.deepEqual(backtest({ market, targets: { BTC: rows(1) }, size: 0.2 }).notes, []);
  assert.deepEqual(backtest({ market, coins: ["BTC"], targets: rows(1) }).notes, []);
});
