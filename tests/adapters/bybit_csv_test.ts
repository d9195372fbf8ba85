import assert from "node:assert/strict";
import { join } from "node:path";
import { BAR_MS } from "../../src/core/universe.ts";
import { readBybitFolder } from "../../src/adapters/bars/bybit_csv.ts";
import { absentFiles } from "../../src/adapters/bars/csv_folder.ts";
import { CSV_HEADERS } from "../../src/adapters/bars/csv_columns.ts";
import { BybitCsvError } from "../../src/adapters/bars/csv_error.ts";
import { loadBybitPanel } from "../../src/adapters/bars/holdout.ts";
import { openHoldout, openingNamed, readOpenings } from "../../src/adapters/bars/openings.ts";
import { DECLARED_COINS } from "../../src/core/universe.ts";
import { COLUMN_NAMES, createPanel, type Panel } from "../../src/market/panel.ts";
import { syntheticMarket } from "../../src/market/synthetic/synthetic_market.ts";
import { realBarsFolder } from "../real_bars.ts";

const { panel: market } = syntheticMarket({ seed: 1, rows: 40, mode: "default", ic: 0 });

function stamp(time: number): string {
  return new Date(time).toISOString().replace("T", " ").replace(".000Z", "+00:00");
}

/** The lines of each coin's CSV, header first. */
function csvLines(panel: Panel): string[][] {
  return panel.coins.map((bars) => [
    ["timestamp_utc", ...COLUMN_NAMES.map((name) => CSV_HEADERS[name]), "basis"].join(","),
    ...Array.from(
      panel.openTime,
      (time, t) =>
        [stamp(time), ...COLUMN_NAMES.map((name) => bars[name][t]), bars.markClose[t]! - bars.indexClose[t]!]
          .join(","),
    ),
  ]);
}

/** Runs `use` on a folder that holds the market, after `change` was made to its lines, coin by coin. */
function withFolder(
  change: (lines: string[][]) => void,
  use: (folder: string) => void,
  panel = market,
): void {
  const folder = Deno.makeTempDirSync();
  try {
    const lines = csvLines(panel);
    change(lines);
    DECLARED_COINS.forEach((coin, i) =>
      Deno.writeTextFileSync(join(folder, `Bybit_${coin}.csv`), lines[i]!.join("\n") + "\n")
    );
    use(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** Sets one cell of ETH's file: `line` counts from 1, the header being 1. */
function setCell(lines: string[][], line: number, header: string, value: string): void {
  const cells = lines[1]![line - 1]!.split(",");
  cells[lines[1]![0]!.split(",").indexOf(header)] = value;
  lines[1]![line - 1] = cells.join(",");
}

Deno.test("readBybitFolder() gives back what was written, to the last bit", () => {
  withFolder(() => {}, (folder) => {
    const { coins, openTime, derived } = readBybitFolder(folder);
    assert.equal(createPanel(coins, openTime, market.source).hash, market.hash);
    assert.deepEqual(Object.keys(derived[0]!), ["coin", "basis"]);
    assert.deepEqual(absentFiles(folder, DECLARED_COINS), []);
  });
});

Deno.test("readBybitFolder() takes columns in any order, surplus columns, CRLF and linked folders alike", () => {
  withFolder((lines) => {
    lines[2] = lines[2]!.map((line) =>
      line.split(",").reverse().join(",") + (line.startsWith("t") ? ",note" : ",hm") + "\r"
    );
  }, (folder) => {
    const link = `${folder}-link`;
    Deno.symlinkSync(folder, link);
    try {
      const { coins, openTime } = readBybitFolder(link);
      assert.equal(createPanel(coins, openTime, market.source).hash, market.hash);
    } finally {
      Deno.removeSync(link);
    }
  });
});

Deno.test("readBybitFolder() turns a long ratio of 0, and nothing else, into NaN", () => {
  withFolder((lines) => {
    setCell(lines, 9, "long_ratio", "0.0");
    setCell(lines, 10, "funding_rate", "0.0");
  }, (folder) => {
    const eth = readBybitFolder(folder).coins[1]!;
    assert.deepEqual([...eth.longRatio].flatMap((ratio, t) => Number.isNaN(ratio) ? [t] : []), [7]);
    assert.equal(eth.fundingRate[8], 0);
  });
});

const broken: readonly [
  what: string,
  change: (lines: string[][]) => void,
  error: Partial<Pick<BybitCsvError, "line" | "column" | "value" | "count">>,
  rule: RegExp,
][] = [
  [
    "a word",
    (l) => setCell(l, 5, "high", "oops"),
    { line: 5, column: "high", value: "oops" },
    /finite number/,
  ],
  [
    "an empty cell",
    (l) => setCell(l, 5, "oi_btc", ""),
    { line: 5, column: "oi_btc", value: "" },
    /finite number/,
  ],
  [
    "NaN",
    (l) => setCell(l, 41, "index_low", "NaN"),
    { line: 41, column: "index_low", value: "NaN" },
    /finite number/,
  ],
  [
    "infinity",
    (l) => setCell(l, 2, "turnover", "inf"),
    { line: 2, column: "turnover", value: "inf" },
    /finite number/,
  ],
  [
    "a negative price",
    (l) => setCell(l, 7, "mark_low", "-3"),
    { line: 7, column: "mark_low", value: "-3" },
    /positive/,
  ],
  ["a price of 0", (l) => setCell(l, 7, "open", "0"), { line: 7, column: "open", value: "0" }, /positive/],
  [
    "a negative volume",
    (l) => setCell(l, 7, "volume", "-1"),
    { line: 7, column: "volume" },
    /not be negative/,
  ],
  [
    "high under low",
    (l) => setCell(l, 8, "high", "0.5"),
    { line: 8, column: "high", value: "0.5" },
    /high must be at least low/,
  ],
  [
    "a share over 1",
    (l) => setCell(l, 8, "long_ratio", "1.2"),
    { line: 8, column: "long_ratio" },
    /in \[0, 1\]/,
  ],
  [
    "two bad cells",
    (l) => [4, 6].forEach((line) => setCell(l, line, "close", "?")),
    { line: 4, column: "close", count: 2 },
    /finite number/,
  ],
  [
    "a bad time",
    (l) => setCell(l, 6, "timestamp_utc", "yesterday"),
    { line: 6, value: "yesterday" },
    /read like/,
  ],
  [
    "a time off the grid",
    (l) => setCell(l, 6, "timestamp_utc", stamp(market.openTime[4]! + 60_000)),
    { line: 6, column: "timestamp_utc" },
    /00, 04, 08/,
  ],
  [
    "a gap",
    (l) => l[1]!.splice(10, 3),
    { line: 11, column: "timestamp_utc" },
    /3 missing after 2021-11-06 16:00/,
  ],
  [
    "a duplicate",
    (l) => l[1]!.splice(10, 0, l[1]![9]!),
    { line: 11, column: "timestamp_utc" },
    /appear once/,
  ],
  ["lines out of order", (l) => l[1]!.push(...l[1]!.splice(10, 1)), { line: 41 }, /in order of time/],
  ["a surplus cell", (l) => l[1]![12] += ",1", { line: 13 }, /19 cells/],
  ["a missing cell", (l) => l[1]![12] = l[1]![12]!.replace(/,[^,]*$/, ""), { line: 13 }, /19 cells/],
  ["an empty line", (l) => l[1]!.splice(12, 0, ""), { line: 13, value: "" }, /19 cells/],
  ["a quote", (l) => l[1]![12] = l[1]![12]!.replace(/,/, ',"'), { line: 13 }, /without quotes/],
  [
    "a column named twice",
    (l) => l[1]![0] = l[1]![0]!.replace("basis", "open"),
    { line: 1, column: "open" },
    /once/,
  ],
  [
    "a later start",
    (l) => l[1]!.splice(1, 1),
    { line: 2 },
    /same times .*Bybit_BTC.csv starts at 2021-11-05 08:00/,
  ],
  ["an earlier end", (l) => l[1]!.pop(), { line: 40 }, /same times .*Bybit_BTC.csv ends at 2021-11-11 20:00/],
];
for (const [what, change, place, rule] of broken) {
  Deno.test(`readBybitFolder() refuses ${what} and names file, line, column, value and rule`, () => {
    withFolder(change, (folder) => {
      assert.throws(() => readBybitFolder(folder), (error) => {
        assert.ok(error instanceof BybitCsvError, String(error));
        assert.equal(error.file, join(folder, "Bybit_ETH.csv"));
        for (const [key, value] of Object.entries(place)) {
          assert.equal(error[key as keyof typeof place], value);
        }
        assert.match(error.rule, rule);
        for (
          const part of [error.file, `line ${error.line}`, error.column, error.rule, "download it again"]
        ) {
          assert.ok(error.message.includes(part), error.message);
        }
        return true;
      });
    });
  });
}

Deno.test("readBybitFolder() names missing files and columns, and files without bars", () => {
  assert.throws(
    () => readBybitFolder("/no/such/folder"),
    /\/no\/such\/folder .* missing are Bybit_BTC.csv, Bybit_ETH.csv/,
  );
  withFolder((lines) => lines[1]![0] = lines[1]![0]!.replace("funding_rate", "funding"), (folder) => {
    assert.throws(
      () => readBybitFolder(folder),
      /Bybit_ETH.csv as its header \(line 1\) must name funding_rate so, .*: it names funding\. Rename/,
    );
    Deno.removeSync(join(folder, "Bybit_XRP.csv"));
    assert.deepEqual(absentFiles(folder, DECLARED_COINS), ["Bybit_XRP.csv"]);
    assert.throws(() => readBybitFolder(folder), /missing is Bybit_XRP.csv/);
    Deno.writeTextFileSync(join(folder, "Bybit_XRP.csv"), "");
    Deno.writeTextFileSync(join(folder, "Bybit_ETH.csv"), "");
    assert.throws(() => readBybitFolder(folder), /Bybit_ETH.csv as it must hold a header and bars/);
  });
});

const long = syntheticMarket({ seed: 1, rows: 2600, mode: "null", ic: 0 }).panel; // the last bar closes 2023-01-12 16:00

Deno.test("loadBybitPanel() seals the last 12 months, opens them for a reason, and logs that first", () => {
  withFolder(() => {}, (folder) => {
    const closed = loadBybitPanel(folder);
    const development = (Date.parse("2022-01-12T16:00Z") - long.openTime[0]!) / BAR_MS; // a year before the last close, by hand
    assert.equal(closed.panel.rows, development);
    assert.equal(closed.sealedRows, 2600 - development);
    assert.equal(closed.to, Date.parse("2022-01-12T12:00Z"));
    assert.deepEqual(closed.panel.source, {
      kind: "bybit",
      folder,
      unsealed: false,
      sealedRows: 2600 - development,
    });
    assert.equal(closed.panel.openTime.buffer.byteLength, 8 * development); // no view through which to peek
    assert.equal(closed.derived[0]!.basis!.length, development);

    const logFile = join(folder, "log", "holdout.jsonl");
    const asked = {
      experiment: "primary",
      registration: null,
      reason: "confirmatory run",
      time: "2026-01-02T03:00:00.000Z",
    };
    assert.throws(() => openHoldout(logFile, { ...asked, reason: "  " }), /--reason must say something/);
    const opening = openHoldout(logFile, asked);
    const permit = { opening, logFile, time: Date.parse("2026-01-02T03:04:05Z") };
    const open = loadBybitPanel(folder, permit);
    loadBybitPanel(folder, permit);
    assert.equal(open.panel.rows, 2600);
    assert.equal(open.sealedRows, closed.sealedRows);
    assert.deepEqual(open.panel.source, {
      kind: "bybit",
      folder,
      unsealed: true,
      sealedRows: 2600 - development,
      opening: opening.id,
    });
    const log = Deno.readTextFileSync(logFile).trim().split("\n").map((line) => JSON.parse(line));
    assert.equal(log.length, 3);
    const { previous, ...use } = log[1];
    assert.match(previous, /^[0-9a-f]{64}$/);
    assert.deepEqual(use, {
      opened: "real bars",
      rowsHash: long.hash,
      from: "2022-01-12 16:00",
      to: "2023-01-12 12:00",
      rows: closed.sealedRows,
      used: opening.id,
      time: "2026-01-02T03:04:05.000Z",
    });
    assert.equal(openingNamed(logFile, opening.id).reason, "confirmatory run");
    assert.equal(readOpenings(logFile).uses.length, 2);
    const lines = Deno.readTextFileSync(logFile);
    Deno.writeTextFileSync(logFile, lines.replace("confirmatory", "exploratory")); // planted: the reason is changed
    assert.throws(
      () => loadBybitPanel(folder, permit),
      /line 2 does not, so that one was changed or taken out/,
    );
    Deno.writeTextFileSync(logFile, lines);
    const running = { ...permit, time: long.openTime[2599]! + BAR_MS - 1 };
    assert.throws(
      () => loadBybitPanel(folder, running),
      /every bar must have closed: the last, of 2023-01-12 12:00/,
    );
    // a log that cannot be written keeps the months sealed
    assert.throws(() => loadBybitPanel(folder, { ...permit, logFile: folder }));
  }, long);
});

Deno.test("loadBybitPanel() splits three real years into 4,378 development and 2,196 sealed rows", () => {
  const folder = realBarsFolder();
  if (folder === null) return console.log("no real bars here: not run");
  const { panel, sealedRows, from, to } = loadBybitPanel(folder);
  assert.equal(panel.rows, 4378);
  assert.equal(sealedRows, 2196);
  assert.equal(from, Date.parse("2021-11-05T08:00Z"));
  assert.equal(to, Date.parse("2023-11-04T20:00Z"));
  // line 2 of Bybit_BTC.csv, by eye
  const btc = panel.coins[0]!;
  assert.deepEqual(
    [btc.open[0], btc.close[0], btc.turnover[0], btc.openInterest[0], btc.longRatio[0], btc.fundingRate[0]],
    [62135.5, 61320, 325604842.4945, 18082.273, 0.6075, 0.00071158],
  );
  const unknown = panel.coins.map(({ longRatio }) =>
    [...longRatio.keys()].filter((t) => Number.isNaN(longRatio[t]))
  );
  assert.deepEqual(unknown, [[452], [], [], [], []]);
  assert.equal(panel.openTime[452], Date.parse("2022-01-19T16:00Z"));
});
