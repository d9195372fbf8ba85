import assert from "node:assert/strict";
import pl from "nodejs-polars";
import { column, featureTables, quality, signals } from "popagent/desk/columns.ts";
import { loadMarket } from "popagent/desk/market.ts";
import { backtest } from "popagent/desk/backtest.ts";
import { writeBybitFolder } from "popagent/adapters/bars/bybit_csv_writer.ts";
import { join } from "node:path";
import { inFolder } from "../cli/cli.ts";

const HOUR = 3_600_000, START = Date.UTC(2024, 0, 1);
const market = await loadMarket({ synthetic: { rows: 1000, seed: 2 } });

function table(rows: number) {
  const close = Float64Array.from({ length: rows }, (_, row) => 100 + row % 7);
  return {
    time: Array.from({ length: rows }, (_, row) => START + row * 4 * HOUR),
    open: close,
    high: close.map((price) => price + 1),
    low: close.map((price) => price - 1),
    close,
    volume: new Float64Array(rows).fill(5),
  };
}

Deno.test("loadMarket() reads the same bars from a table of columns and from a polars frame, and says what is missing", async () => {
  const columns = table(60);
  const frame = pl.DataFrame({ ...columns, time: columns.time.map((time) => new Date(time)) });
  const [one, other] = await Promise.all([
    loadMarket({ table: { MINE: columns } }),
    loadMarket({ table: { MINE: frame } }),
  ]);
  assert.equal(one.panel.hash, other.panel.hash);
  assert.deepEqual(one.coins, ["MINE"]);
  const notes = one.notes.join("\n");
  for (const said of [/terms of MINE are not known/, /No funding rate/, /No mark price/, /No turnover/]) {
    assert.match(notes, said);
  }
  assert.equal(column(one, "MINE", "turnover")[0], 5 * (101 + 99 + 100) / 3);
});

Deno.test("loadMarket() refuses a table that breaks a rule: which coin, column and row", async () => {
  const bad = async (change: (columns: ReturnType<typeof table>) => object, says: RegExp) => {
    await assert.rejects(
      loadMarket({ table: { MINE: change(table(20)) as ReturnType<typeof table> } }),
      says,
    );
  };
  await bad(({ time: _time, ...rest }) => rest, /MINE as it must have a column of open times/);
  await bad(
    (t) => ({ ...t, time: t.time.map((time) => time + HOUR) }),
    /MINE as its rows must open at 00, 04.*row 0/,
  );
  await bad(
    (t) => ({ ...t, time: t.time.map((time, row) => row === 5 ? NaN : time) }),
    /UTC, one every 4 hours: row 5 is NaN\. Times are dates, ms or texts in UTC\.$/,
  );
  await bad(
    (t) => ({ ...t, time: t.time.with(7, t.time[6]!) }),
    /order of time, each bar once: row 7 .* follows row 6/,
  );
  const without = (...gone: number[]) => (t: ReturnType<typeof table>) =>
    Object.fromEntries(
      Object.entries(t).map(([name, values]) => [
        name,
        Array.from(values).filter((_, row) => !gone.includes(row)),
      ]),
    );
  await bad(
    without(3),
    /^RangeError: Cannot read the table of MINE as no bar may be missing, one every 4 hours: 1 is missing, 1 between row 2 \(2024-01-01 08:00\) and row 3 \(2024-01-01 16:00\)\. Nothing is filled in by guess: add the missing bars, or take the longest stretch without a gap, rows 3 to 18\.$/,
  );
  await bad(
    without(2, 5, 6, 11, 15, 17),
    /6 are missing, 1 between row 1 .* and row 2 .*, 2 between row 3 .* and row 4 .*, 1 between row 7 .* and row 8 \(.*\) and at 2 more places\. .*rows 4 to 7\.$/,
  );
  await bad(
    (t) => ({ ...t, close: t.close.map((price, row) => row === 4 || row === 9 ? NaN : price) }),
    /column close, row 4 .*: current value is NaN; 1 more rows break it\. Nothing is filled in by guess: give the value/,
  );
  await bad(
    (t) => ({ ...t, close: t.close.map((price, row) => row === 4 ? -1 : price) }),
    /column close, row 4 /,
  );
  await bad((t) => ({ ...t, low: t.low.slice(1) }), /every column must have 20 rows: low has 19/);
  await bad(({ volume: _volume, ...rest }) => rest, /lack volume/);
});

Deno.test("loadMarket() of a folder seals the last 12 months of real bars; files are read alike", () =>
  inFolder(async (folder) => {
    const years = await loadMarket({ synthetic: { rows: 3000, seed: 4 } });
    const real = { kind: "bybit", folder, unsealed: false, sealedRows: 0 } as const;
    const home = join(folder, "bars");
    await writeBybitFolder(home, { ...years.panel, source: real }, "bars");
    const read = await loadMarket({ folder: home });
    assert.ok(read.rows < 3000 && read.rows >= 3000 - 2196, `${read.rows}`);
    assert.deepEqual(column(read, "ETH", "close"), column(years, "ETH", "close").slice(0, read.rows));
    const files = await loadMarket({
      files: { BTC: join(home, "Bybit_BTC.csv"), ETH: join(home, "Bybit_ETH.csv") },
    });
    assert.equal(files.rows, read.rows);
    assert.equal((await loadMarket({ folder: home, coins: ["SOL"] })).coins.join(), "SOL");
  }));

Deno.test("column() gives bars and indicators; frames hold the same values", () => {
  const close = column(market, "BTC", "close");
  assert.equal(close, market.panel.coins[0]!.close);
  const rsi = column(market, "BTC", "rsi", 14);
  const framed = featureTables(market).BTC!.getColumn("rsi_14").toArray() as number[];
  assert.deepEqual([...rsi], framed);
  assert.equal(signals(market).btc_dominance.z.length, market.rows);
  assert.equal(quality(market).rows, market.rows);
  assert.throws(() => column(market, "ADA", "close"), /must be one of BTC/);
  assert.throws(() => column(market, "BTC", "nothing" as "close"), /its name must be one of open/);
});

Deno.test("backtest() says what does not fit", () => {
  const wrong = (request: object, says: RegExp) =>
    assert.throws(() => backtest({ market, coins: ["BTC"], ...request }), says);
  const none = new Float64Array(market.rows);
  wrong({}, /either targets or entries/);
  wrong({ targets: none, entries: none }, /either targets or entries/);
  wrong(
    { targets: none.slice(1) },
    /targets of BTC as it must have a value for each of the market's 1000 rows/,
  );
  wrong({ targets: none.map(() => 2) }, /targets must lie in -1..1/);
  wrong({ targets: none, coins: ["BTC", "ETH"] }, /each of BTC, ETH must have its own/);
  wrong({ targets: none, coins: ["ADA"] }, /coins must be different ones of BTC/);
  wrong({ targets: none, leverage: 0.5 }, /leverage must be a number from 1/);
  wrong({ targets: none, costs: { fee: -1 } }, /costs.fee must be a fraction/);
  wrong({ targets: none, from: 0 }, /1 <= from/);
});

// By hand, plain rules without costs: 10,000 USDT, whole equity at 1x.
Deno.test("backtest() trades entries, exits, shorts, stops and targets as worked by hand", async () => {
  const price = [100, 100, 110, 121, 121, 110, 100, 100];
  const rows = price.length;
  const bars = {
    time: Array.from({ length: rows }, (_, row) => START + row * 4 * HOUR),
    open: price,
    high: price,
    low: price,
    close: price,
    volume: price,
  };
  const own = await loadMarket({ table: { MINE: bars } });
  const at = (...on: number[]) => price.map((_, row) => on.includes(row));
  const free = {
    market: own,
    rules: "plain",
    fill: "close",
    costs: { fee: 0, makerFee: 0, slip: 0 },
  } as const;
  const long = backtest({ ...free, entries: at(1), exits: at(3) });
  assert.deepEqual([...long.equity], [10_000, 11_000, 12_100, 12_100, 12_100, 12_100, 12_100]);
  assert.deepEqual(long.trades.map(({ entry, exit, profit, end }) => [entry, exit, profit, end]), [
    [100, 121, 2100, "close"],
  ]);
  const short = backtest({ ...free, entries: at(1), exits: at(4), shortEntries: at(4), shortExits: at(6) });
  assert.deepEqual(short.trades.map(({ side }) => side), ["long", "short"]);
  assert.ok(Math.abs(short.equity.at(-1)! - 12_100 * (2 - 100 / 121)) < 1e-9);
  const stopped = backtest({ ...free, entries: at(3), stop: 0.05 });
  assert.equal(stopped.trades[0]!.end, "stop");
  assert.ok(
    Math.abs(stopped.trades[0]!.exit - 121 * 0.95) < 1e-9,
    "each bar opens where the one before closed: no gap",
  );
  const last = backtest({ ...free, entries: at(rows - 1), costs: { fee: 0.01, makerFee: 0, slip: 0 } });
  assert.equal(last.fills.length, 1);
  assert.ok(
    Math.abs(last.equity.at(-1)! - 10_000 / 1.01) < 1e-9,
    "the last bar's order is filled at its close",
  );
});
