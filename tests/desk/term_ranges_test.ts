/** Every number of a back-test's request lies in a stated range: what lies outside is refused, never cut or passed over. */
import assert from "node:assert/strict";
import { backtest, type BacktestRequest } from "popagent/desk/backtest.ts";
import { loadMarket } from "popagent/desk/market.ts";
import { sweep } from "popagent/desk/sweep.ts";
import { freeInstrument } from "popagent/desk/free_instrument.ts";

const market = await loadMarket({ synthetic: { rows: 1000, seed: 5 } });
const targets = Float64Array.from({ length: market.rows }, (_, row) => row % 40 < 20 ? 1 : -1);
const trade = (request: object) =>
  backtest({ market, coins: ["BTC"], targets, ...request } as BacktestRequest);

function refuses(request: object, says: RegExp) {
  assert.throws(() => trade(request), { name: "RangeError", message: says }, JSON.stringify(request));
}

// By hand: the exchange asks for twice the maintenance margin: 1 / (2 x .005) = 100, 1 / (2 x .0067) = 74.6, Bybit's 75.
Deno.test("leverage ends where the exchange's does, coin by coin, and at 1000 on free terms", () => {
  assert.equal(trade({ leverage: 100 }).equity.length, market.rows - 1);
  refuses(
    { leverage: 101 },
    /at most 100 in BTC: .* 0.5 % of the position.*value is 101.*rules: "plain".*1000/,
  );
  for (const leverage of [1000, 1e9, 1e300]) refuses({ leverage }, /at most 100 in BTC/);
  refuses(
    { coins: ["BTC", "DOGE"], targets: { BTC: targets }, leverage: 90 },
    /at most 75 in DOGE: .*0.67 %/,
  );
  assert.equal(trade({ coins: ["DOGE"], leverage: 75 }).coins[0], "DOGE");
  assert.equal(trade({ rules: "plain", leverage: 1000 }).startingEquity, 10_000);
  refuses(
    { rules: "plain", leverage: 1001 },
    /leverage must be a number from 1 to 1000: current value is 1001/,
  );
  assert.throws(
    () => sweep({ a: [1] }, () => ({ targets }), { market, coins: ["BTC"], leverage: 1000 }),
    /at most 100 in BTC/,
  );
});

Deno.test("terms by date: the lowest maintenance rate bounds the leverage", async () => {
  const own = freeInstrument("ADA"), [terms] = own.terms;
  const tier = (maintenanceMargin: number) => [{ upTo: Infinity, maintenanceMargin }];
  const instruments = [{
    ...own,
    terms: [{ ...terms!, riskTiers: tier(0.1) }, { ...terms!, from: 1, riskTiers: tier(0.05) }],
  }];
  const bars = market.panel.coins[0]!;
  const table = { openTime: market.panel.openTime, ...bars };
  const ada = await loadMarket({ table: { ADA: table } as never, instruments });
  const hold = (leverage: number) => backtest({ market: ada, targets, leverage });
  assert.equal(hold(10).coins[0], "ADA");
  assert.throws(() => hold(11), /at most 10 in ADA: .* 5 % of the position/);
});

/** Values that no term takes, and texts, which are never read as numbers. */
const NONE = [-1, NaN, "1", null, true, [], {}];

Deno.test("no term of a back-test takes what is negative, no number or beyond its range", () => {
  const ranges: readonly (readonly [readonly string[], readonly unknown[]])[] = [
    [["leverage"], [0, Infinity]],
    [["size"], [2, Infinity]],
    [["risk"], [0, 2, 1e9]],
    [["startingEquity"], [0, 1e300, Infinity]],
    [["from"], [0, 1.5, 1e9, Infinity]],
    [["to"], [0, 1, 2, 2.5, 6]],
    [["stop"], [1, Infinity]],
    [["target"], [Infinity]],
    [["costs", "fee"], [0.1, Infinity]],
    [["costs", "makerFee"], [0.1, Infinity]],
    [["costs", "slip"], [0.1, Infinity]],
    [["costs", "impact"], [11, 1e9, Infinity]], // at 1e9 a sale once brought less than nothing: equity -9,317,214
    [["costs", "participation"], [0]],
    [["limits", "maxLeverage"], [0]],
    [["limits", "maxPosition"], [0, 2, Infinity]],
    [["limits", "marginBuffer"], [1, 2, Infinity]], // 2 once passed and changed accounts oddly
    [["limits", "dailyLoss"], [0, 5]],
    [["limits", "maxDrawdown"], [0, 20]], // 20, meant as percent, once never bound
    [["limits", "maxGross"], [0]], // once no limit at all
  ];
  for (const [path, beyond] of ranges) {
    const rule = path.at(-1) === "leverage" || path[0] === "size" || path[0] === "risk"
      ? /Cannot size positions as/
      : /Cannot (trade|read)/;
    for (const value of [...NONE, ...beyond]) {
      if (path[1] === "slip" && Number.isNaN(value)) continue; // house rules: each coin's own half-spread
      refuses(path.length === 1 ? { [path[0]!]: value } : { [path[0]!]: { [path[1]!]: value } }, rule);
    }
  }
});

Deno.test("terms at the ends of their ranges are taken", () => {
  const ends: readonly object[] = [
    { size: 0 },
    { size: 1, risk: 1 },
    { risk: Infinity, startingEquity: 1e9 },
    { from: 1, to: 7 },
    { to: Infinity, stop: 0, target: 0 },
    { costs: { fee: 0, makerFee: 0.05, slip: 0.05, impact: 10, participation: Infinity } },
    { costs: { slip: NaN }, limits: { maxLeverage: Infinity, maxGross: 1e-6 } },
    { limits: { maxPosition: 1, marginBuffer: 0, dailyLoss: 1, maxDrawdown: 1, maxGross: undefined } },
  ];
  for (const one of ends) assert.ok(trade(one).equity.every(Number.isFinite), JSON.stringify(one));
});

Deno.test("signals that are no series are refused, an object without a coin too", () => {
  for (const nothing of [true, {}, 1, "long"]) {
    refuses({ targets: nothing }, /Cannot read targets as it must be a series, or one for each coin/);
  }
  refuses({ stop: {} }, /Cannot read stop as it must be a number, a series, or one for each coin/);
  refuses({ costs: null }, /costs must be an object/);
});
