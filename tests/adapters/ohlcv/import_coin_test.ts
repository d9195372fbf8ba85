import assert from "node:assert/strict";
import { join } from "node:path";
import { readBybitFile } from "popagent/adapters/bars/bybit_file.ts";
import { importCoin, type ImportRequest } from "popagent/adapters/ohlcv/import_coin.ts";
import { BAR_MS } from "popagent/core/universe.ts";
import { inFolder, tree } from "../../cli/cli.ts";

const HOUR = 3_600_000, START = Date.parse("2025-01-01T00:00Z"), NOW = Date.parse("2026-01-01T00:00Z");

/** Hourly bars: open i, high i + 2, low i - 1 (at least .5), close i + 1, volume 10 + i, turnover 1000 + i. */
const bar = (i: number) => [i + 1, i + 3, i + 0.5, i + 2, 10 + i, 1000 + i] as const;
const hours = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i);

const binance = (i: number, unit = 1) => {
  const [open, high, low, close, volume, turnover] = bar(i), time = START + i * HOUR;
  return `${time * unit},${open}.00000000,${high},${low},${close},${volume},${
    (time + HOUR) * unit - 1
  },${turnover},7,5,500,0`;
};
const BINANCE_HEADER =
  "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore";

/** Writes files, imports them and gives what came of it. */
async function imported(files: Readonly<Record<string, string>>, further: Partial<ImportRequest> = {}) {
  return await inFolder(async (folder) => {
    for (const [name, text] of Object.entries(files)) await Deno.writeTextFile(join(folder, name), text);
    const out = join(folder, "out");
    const names = Object.keys(files).map((name) => join(folder, name));
    const request = {
      files: names,
      coin: "BTC",
      folder: out,
      from: null,
      to: null,
      utc: false,
      now: NOW,
      ...further,
    };
    const report = await importCoin(request);
    assert.deepEqual(await tree(out), ["Bybit_BTC.csv"]);
    return { report, ...readBybitFile(join(out, "Bybit_BTC.csv"), "BTC") };
  });
}

/** Four-hour bars of the hours above, by hand: hour 4b opens it, hour 4b + 3 closes it. */
function requireBars(
  { openTime, bars }: Awaited<ReturnType<typeof imported>>,
  count: number,
  turnover: boolean,
  first = 0,
): void {
  assert.deepEqual([...openTime], Array.from({ length: count }, (_, b) => START + (first + b) * BAR_MS));
  for (let b = 0; b < count; b++) {
    const i = 4 * (first + b);
    const sums = [4 * (10 + i) + 6, 4 * (1000 + i) + 6];
    const got = [bars.open, bars.high, bars.low, bars.close, bars.volume, bars.turnover].map((column) =>
      column[b]!
    );
    const expected = [i + 1, i + 6, i + 0.5, i + 5, sums[0]!, turnover ? sums[1]! : got[5]!];
    assert.deepEqual(got, expected);
  }
}

Deno.test("data import reads arrays of ccxt, as JSON and as CSV, and resamples them", async () => {
  const rows = hours(40).map((i) => [START + i * HOUR, ...bar(i).slice(0, 5)]);
  for (
    const [name, text] of [["a.json", JSON.stringify(rows)], [
      "a.csv",
      `${rows.map(String).join("\n")}\n`,
    ]] as const
  ) {
    const outcome = await imported({ [name]: text });
    requireBars(outcome, 10, false);
    const { missing, unread, step } = outcome.report;
    assert.deepEqual([unread, step], [[], HOUR]);
    for (
      const column of [
        "turnover",
        "fundingRate",
        "openInterest",
        "longRatio",
        "markClose",
        "indexOpen",
      ] as const
    ) {
      assert.ok(missing.includes(column), column);
    }
    assert.deepEqual(outcome.missing, missing, "the file's own absences");
  }
});

Deno.test("data import reads Binance's dumps, milliseconds and microseconds, header or none, in any order of files", async () => {
  const outcome = await imported({
    "2025-02.csv": `${BINANCE_HEADER}\n${hours(20, 20).map((i) => binance(i, 1000)).join("\n")}\n`,
    "2025-01.csv": `${hours(20).map((i) => binance(i)).join("\n")}\n`,
  });
  requireBars(outcome, 10, true);
  assert.ok(!outcome.missing.includes("turnover"));
  assert.deepEqual(outcome.report.unread, [
    "close_time",
    "count",
    "taker_buy_volume",
    "taker_buy_quote_volume",
    "ignore",
  ]);
});

Deno.test("data import reads a header's names, and times as text where their zone is known", async () => {
  const csv = (header: string, zone: string) =>
    `${header},Open,High,Low,Close,Volume\n${
      hours(8).map((i) =>
        `${new Date(START + i * HOUR).toISOString().slice(0, 19).replace("T", " ")}${zone},${
          bar(i).slice(0, 5)
        }`
      )
        .join("\n")
    }\n`;
  requireBars(await imported({ "a.csv": csv("Date", "+00:00") }), 2, false);
  requireBars(await imported({ "a.csv": csv("Date", "") }, { utc: true }), 2, false);
  requireBars(await imported({ "a.csv": csv("timestamp_utc", "") }), 2, false);
  await assert.rejects(
    imported({ "a.csv": csv("Date", "") }),
    /a\.csv, line 2, column Date, as a time must .* give --utc/,
  );
});

Deno.test("data import leaves out the running bar and what makes no whole bar, and says how much", async () => {
  const text = `${hours(14, 2).map((i) => binance(i)).join("\n")}\n`;
  const { report, ...outcome } = await imported({ "a.csv": text }, { now: START + 14.5 * HOUR });
  requireBars({ report, ...outcome }, 2, true, 1);
  assert.deepEqual([report.running, report.before, report.after], [2, 2, 2]);
  const cut = await imported({ "a.csv": text }, { from: START + 4 * HOUR, to: START + 8 * HOUR });
  requireBars(cut, 1, true, 1);
});

Deno.test("data import refuses what is ambiguous or broken, with file, line and rule", async () => {
  const good = hours(8).map((i) => binance(i));
  const lines = (...rows: readonly string[]) => `${rows.join("\n")}\n`;
  const changed = (row: number, text: string) => lines(...good.slice(0, row), text, ...good.slice(row + 1));
  const cases: readonly [Readonly<Record<string, string>>, RegExp][] = [
    [
      { "a.csv": lines(...good.slice(0, 3), ...good.slice(4)) },
      /a\.csv, line 4, column time, as no bar may be missing \(1 missing after 2025-01-01 02:00\)/,
    ],
    [
      { "a.csv": changed(4, good[3]!) },
      /line 5, .* each bar must appear once \(this one repeats the line above\)/,
    ],
    [{ "a.csv": lines(...good.toReversed()) }, /line 2, .* bars must be in order of time/],
    [
      { "a.csv": lines(...good), "b.csv": lines(...good.slice(6)) },
      /b\.csv, line 1, .* opens before the end of .*a\.csv/,
    ],
    [
      { "a.csv": changed(2, binance(2, 1000)) },
      /line 3, column time, as all times of a file must be in one form, here milliseconds/,
    ],
    [
      { "a.csv": lines("20250101,1,1,1,1,1", "20250102,1,1,1,1,1") },
      /line 1, column time, as a time must count seconds/,
    ],
    [
      { "a.csv": lines("1,2,3,4,5,6,7", "1,2,3,4,5,6,7") },
      /line 1, .* without a header must have 6 cells a line .* or 12/,
    ],
    [
      { "a.csv": lines("time,open,high,low,close,volume,vol", "1,1,1,1,1,1,1") },
      /line 1, as one column alone may be its volume: it names volume and vol/,
    ],
    [
      { "a.csv": lines("time,open,high,low,close", "1,1,1,1,1") },
      /its header must name volume or turnover: it names time, open/,
    ],
    [
      { "a.csv": changed(5, good[5]!.replace(",8,", ",x,")) },
      /line 6, column cell 3, as a cell must be a finite number: current value is x/,
    ],
    [
      { "a.csv": changed(5, good[5]!.replace(",8,", ",1,")) },
      /line 6, column cell 3, as high must be at least low/,
    ],
    [{ "a.csv": good.join("\n") }, /the last line must end with a newline/],
    [{
      "a.csv": lines(
        ...hours(8).map((i) => binance(i).replace(`${START + i * HOUR}`, `${START + i * 5 * HOUR}`)),
      ),
    }, /must be as long as PopAgent's, 240 minutes, or divide them: they are 300 minutes/],
    [{
      "a.csv": lines(
        ...hours(8).map((i) => binance(i).replace(`${START + i * HOUR}`, `${START + i * HOUR + 60_000}`)),
      ),
    }, /a bar of 60 minutes must open on its grid/],
    [{
      "a.csv": lines(...good),
      "b.json": JSON.stringify(hours(4, 8).map((i) => [START + i * HOUR, ...bar(i).slice(0, 5)])),
    }, /all files must hold the same columns/],
    [{ "a.json": `[[1,2,3]]` }, /a bar must be an array of 6/],
    [
      { "a.json": `[[${START},1,1,1,1,1],[${START + HOUR},1,null,1,1,1]]` },
      /bar 2 must have 6 numbers as the first/,
    ],
    [{ "a.json": "{}" }, /it must be an array of bars/],
    [{
      "a.csv": lines(
        "symbol,time,open,high,low,close,volume",
        `BTCUSDT,${START},1,1,1,1,1`,
        `ETHUSDT,${START + HOUR},1,1,1,1,1`,
      ),
    }, /line 3, column symbol, as a file must hold one market/],
    [{ "a.csv": lines(...good.slice(0, 3)) }, /must make a whole bar of 4 h/],
    [{ "a.zip": "PK\u0003\u0004" }, /it is a zip file, unpack it first/],
  ];
  for (const [files, expected] of cases) await assert.rejects(imported(files), expected);
});

Deno.test("data import never writes over bars", () =>
  inFolder(async (folder) => {
    const file = join(folder, "a.csv"), out = join(folder, "out");
    await Deno.writeTextFile(file, `${hours(8).map((i) => binance(i)).join("\n")}\n`);
    const request = { files: [file], coin: "BTC", folder: out, from: null, to: null, utc: false, now: NOW };
    await importCoin(request);
    await assert.rejects(importCoin(request), /must not be there: bars are never written over others/);
  }));
