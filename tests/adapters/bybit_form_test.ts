/** The form of CSVs, finding by finding; tests/adapters/csv_trials tries every fault at random places. */
import assert from "node:assert/strict";
import { join } from "node:path";
import pl from "nodejs-polars";
import { readBybitFolder } from "popagent/adapters/bars/bybit_csv.ts";
import { readBybitFile } from "popagent/adapters/bars/bybit_file.ts";
import { bybitCsv } from "popagent/adapters/bars/bybit_csv_writer.ts";
import { CSV_HEADERS, csvFileName, DERIVED_HEADERS } from "popagent/adapters/bars/csv_columns.ts";
import { parseTime } from "popagent/adapters/bars/csv_times.ts";
import { sourceClosure } from "popagent/adapters/files/source_closure.ts";
import { DECLARED_COINS } from "popagent/core/universe.ts";
import { DERIVED_NAMES } from "popagent/market/derived_columns.ts";
import { COLUMN_NAMES, createPanel } from "popagent/market/panel.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { inFolder } from "../cli/cli.ts";
import { assertSameBytes } from "../features/causality.ts";
import { realBarsFolder } from "../real_bars.ts";
import { KINDS, runTrial } from "./csv_trials/trial.ts";

const { panel } = syntheticMarket({ seed: 5, rows: 30, mode: "default", ic: 0 });
const [btc] = panel.coins;
/** Lines of BTC's file without derived columns, the header first. */
const lines = bybitCsv(btc!, panel.openTime).trimEnd().split("\n").map((line) =>
  line.split(",").slice(0, 8).join(",")
);

/** Reads a file of this text. */
function read(text: string | Uint8Array<ArrayBuffer>): ReturnType<typeof readBybitFile> {
  const file = Deno.makeTempFileSync({ suffix: ".csv" });
  try {
    if (typeof text === "string") Deno.writeTextFileSync(file, text);
    else Deno.writeFileSync(file, text);
    return readBybitFile(file, "BTC");
  } finally {
    Deno.removeSync(file);
  }
}

/** What a text is refused with. */
function refusal(text: string): string {
  try {
    read(text);
  } catch (error) {
    assert.ok(error instanceof Error);
    return error.message;
  }
  return "accepted";
}

Deno.test("300 folders drawn at random are accepted with the right values or refused with file, line and rule", () =>
  inFolder(async (root) => {
    for (let seed = 20_000; seed < 20_300; seed++) {
      const folder = join(root, String(seed));
      await Deno.mkdir(folder);
      runTrial(seed, folder);
    }
  }));

Deno.test("findings H.6: the real files read as polars read them, to the bit", () => {
  const folder = realBarsFolder();
  if (folder === null) return console.log("no real bars here: not run");
  for (const coin of DECLARED_COINS) {
    const file = join(folder, csvFileName(coin));
    const { bars, derived, openTime } = readBybitFile(file, coin);
    const cells = pl.readCSV(Deno.readTextFileSync(file), { inferSchemaLength: 0 });
    const column = (header: string) =>
      cells.select(pl.col(header).cast(pl.Float64)).getColumn(header).toTypedArray() as Float64Array;
    for (const name of COLUMN_NAMES) {
      const known = name === "longRatio" || name === "openInterest";
      const expected = column(CSV_HEADERS[name]).map((x) => known && x === 0 ? NaN : x);
      assertSameBytes(bars[name], expected, `${coin} ${name}`);
    }
    for (const name of DERIVED_NAMES) {
      assertSameBytes(derived[name]!, column(DERIVED_HEADERS[name]), `${coin} ${name}`);
    }
    const times = cells.getColumn("timestamp_utc").toArray().map((text) => Date.parse(String(text)));
    assert.deepEqual([...openTime], times);
  }
});

// In a process of many tests no test can tell its own memory: the trials are run by themselves, and their result is kept.
Deno.test("findings J.12: 10,000 folders and 10,000 reads of one file leave memory as it was (stored: deno task csv)", async () => {
  const { trials, accepted, refused, wrong, kinds, tried, read } = JSON.parse(
    await Deno.readTextFile(new URL("../../tools/results/csv_trials.json", import.meta.url)),
  );
  assert.deepEqual([trials, accepted + refused, wrong], [10_000, 10_000, []]);
  assert.deepEqual(Object.keys(kinds), KINDS);
  for (const [kind, count] of Object.entries(kinds)) assert.ok(count as number > 20, kind);
  for (const { marks } of [tried, read]) {
    const [first, last] = [marks[0], marks.at(-1)];
    assert.ok(last.done === 10_000 && last.rssMiB <= first.rssMiB + 20 && last.heapMiB <= first.heapMiB + 2);
  }
});

Deno.test("findings J.12: no module that reads bars reaches polars, whose memory the engine cannot see", async () => {
  const entry = new URL("../../src/adapters/bars/load_market.ts", import.meta.url);
  for (const file of await sourceClosure(entry)) {
    assert.doesNotMatch(await Deno.readTextFile(file), /from "nodejs-polars"/, file.href);
  }
});

Deno.test("findings J.3: a file without its last newline may have been cut, and is refused with what to do", () => {
  const whole = lines.join("\n");
  assert.equal(read(`${whole}\n`).bars.close.length, 30);
  assert.match(
    refusal(whole),
    /line 31, column \(all\), as the last line must end with a newline, or it may have been cut inside its last cell \(if it is whole, put a newline behind it\)/,
  );
  for (let cut = 1; cut < lines.at(-1)!.length; cut++) { // a cell too few would be seen anyway; a shorter last cell not
    assert.match(refusal(whole.slice(0, -cut)), /line 31, .* must end with a newline/, `${cut} bytes`);
  }
});

Deno.test("findings J.11: lines end all with a newline or all with a return and a newline; a stray return is refused", () => {
  const newlines = read(`${lines.join("\n")}\n`), returns = read(`${lines.join("\r\n")}\r\n`);
  assert.deepEqual(returns.bars, newlines.bars);
  assert.match(refusal(`${lines.join("\r\n")}\n`), /line 31, .* all lines must end alike/);
  assert.match(refusal(`${lines.join("\r\n")}\r`), /line 31, .* must end with a newline/);
  const stray = lines.with(4, lines[4]!.replace(",", "\r,"));
  const rule = /line 5, .* a carriage return must stand before the newline of every line or of none/;
  assert.match(refusal(`${stray.join("\n")}\n`), rule);
  assert.match(refusal(`${stray.join("\r\n")}\r\n`), rule);
  assert.match(refusal(`${lines.with(4, `${lines[4]}\r`).join("\n")}\n`), rule);
});

Deno.test("findings J.11: times are those of the calendar and the clock, 24:00:00 is none of them", () => {
  const time = (text: string) => {
    const bytes = new TextEncoder().encode(text);
    return parseTime(bytes, 0, bytes.length);
  };
  for (const text of ["2024-02-29 20:00:00+00:00", "2024-02-29T20:00:00Z", "2024-02-29 20:00:00.000"]) {
    assert.equal(time(text), Date.UTC(2024, 1, 29, 20));
  }
  const wrong = [
    "2021-11-05 24:00:00+00:00",
    "2023-02-29 00:00:00Z",
    "2021-13-01 00:00:00",
    "2021-11-05 08:60:00",
  ];
  wrong.push(
    "2021-11-05 08:00:00+01:00",
    "2021-11-05 08:00",
    "2021-11-05  8:00:00",
    "２021-11-05 08:00:00",
    "",
  );
  for (const text of wrong) assert.ok(Number.isNaN(time(text)), text);
});

Deno.test("findings J.4: absurd finite cells are refused at once, with the reason", () => {
  const at = (header: string, value: string) => {
    const cells = lines[6]!.split(",");
    cells[lines[0]!.split(",").indexOf(header)] = value;
    return refusal(`${lines.with(6, cells.join(",")).join("\n")}\n`);
  };
  for (const value of ["1e308", "5e-324", "2e9"]) {
    assert.match(
      at("low", value),
      /line 7, column low, as a price must be in 1e-12\.\.1000000000 USDT \(beyond, sums/,
    );
  }
  for (const value of ["1e308", "5e-324"]) {
    assert.match(at("oi_btc", value), /line 7, column oi_btc, as an amount must/);
  }
  assert.match(at("turnover", "0"), /accepted/);
  const funded = lines.map((line, i) =>
    `${line},${i === 0 ? "funding_rate" : i === 6 ? "-1e308" : "0.0001"}`
  );
  assert.match(
    refusal(`${funded.join("\n")}\n`),
    /line 7, column funding_rate, as a funding rate is a fraction of notional/,
  );
});

Deno.test("findings J.10: what a terminal would obey is shown, wherever it stands in a file", () => {
  const evil = "\u001b]0;owned\u0007\u001b[2J\u202e";
  const seen = "\\x1b]0;owned\\x07\\x1b[2J\\u{202e}";
  const cell = lines.with(3, lines[3]!.replace(/^[^,]*/, evil));
  assert.ok(refusal(`${cell.join("\n")}\n`).includes(`current value is ${seen}`));
  const header = refusal(`${lines.with(0, lines[0]!.replace("open,high", `${evil},${evil}`)).join("\n")}\n`);
  assert.ok(header.includes(`column ${seen}`), header);
  const strange = refusal(
    `${lines.map((line, i) => i === 0 ? line.replace("close", evil) : line).join("\n")}\n`,
  );
  assert.ok(strange.includes(`it names ${seen}`), strange);
  // deno-lint-ignore no-control-regex
  for (const text of [header, strange]) assert.doesNotMatch(text, /[\u0000-\u001f\u202e]/);
  assert.throws(
    () => readBybitFolder("no/a\u001b[1mb"),
    (error: Error) => error.message.includes("no/a\\x1b[1mb"),
  );
});

Deno.test("findings J.3: the same file for two coins is refused", () =>
  inFolder(async (folder) => {
    const text = `${lines.join("\n")}\n`;
    for (const coin of ["BTC", "ETH"]) await Deno.writeTextFile(join(folder, csvFileName(coin)), text);
    assert.throws(
      () => readBybitFolder(folder, ["BTC", "ETH"]),
      /Bybit_ETH\.csv as each coin must have bars of its own: they are those of .*Bybit_BTC\.csv, row by row/,
    );
  }));

Deno.test("findings F.3: an open interest of 0 is read as unknown", () => {
  const at = lines[0]!.split(",").indexOf("oi_btc");
  const zero = lines.map((line, i) => i === 5 ? line.split(",").with(at, "0.0").join(",") : line);
  const { bars } = read(`${zero.join("\n")}\n`);
  assert.deepEqual([...bars.openInterest].flatMap((x, t) => Number.isNaN(x) ? [t] : []), [4]);
});

Deno.test("bars of another exchange: needed columns alone are enough, and what stands in for the rest is there", () => {
  const { bars, missing, derived } = read(
    `${lines.map((line) => line.split(",").slice(0, 6).join(",")).join("\n")}\n`,
  );
  assert.deepEqual(missing, COLUMN_NAMES.slice(5));
  assert.deepEqual(derived, { coin: "BTC" });
  assert.deepEqual(bars.markLow, bars.low);
  assert.deepEqual(bars.indexClose, bars.close);
  assert.ok(bars.openInterest.every(Number.isNaN) && bars.longRatio.every(Number.isNaN));
  assert.ok(bars.fundingRate.every((rate) => rate === 0));
  const typical = (bars.high[7]! + bars.low[7]! + bars.close[7]!) / 3;
  assert.equal(bars.turnover[7], bars.volume[7]! * typical);
  const again = createPanel([bars], panel.openTime, panel.source, [], missing);
  const written = bybitCsv(again.coins[0]!, again.openTime, again.missing);
  assert.equal(written.split("\n")[0], "timestamp_utc,open,high,low,close,volume");
  assert.deepEqual(read(written).missing, missing);
});

Deno.test("bars of another exchange: the error says what is needed, what is used if there and what is derived", () => {
  const message = refusal("time,open,high,low,close\n2021-11-05 08:00:00,1,1,1,1\n");
  assert.match(message, /as its header \(line 1\) lacks timestamp_utc, volume or turnover \(it names time\)/);
  assert.match(
    message,
    /Needed are timestamp_utc .*, open, high, low, close \(USDT\) and volume \(coins\) or turnover/,
  );
  assert.match(
    message,
    /Used if there.*oi_btc; long_ratio; funding_rate; mark_open, mark_high, mark_low, mark_close;/,
  );
  assert.match(
    message,
    /Derived, only compared: short_ratio, long_short_ratio, basis, premium_pct, oi_usd\./,
  );
});
