import assert from "node:assert/strict";
import { join } from "node:path";
import { readBybitFolder } from "popagent/adapters/bars/bybit_csv.ts";
import { bybitCsv, writeBybitFolder } from "popagent/adapters/bars/bybit_csv_writer.ts";
import { loadBybitPanel } from "popagent/adapters/bars/holdout.ts";
import { UserError } from "popagent/core/user_error.ts";
import { createPanel } from "popagent/market/panel.ts";
import { qualityReport } from "popagent/market/quality.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { inFolder, tree } from "../cli/cli.ts";

const { panel } = syntheticMarket({ seed: 11, rows: 300, mode: "planted", ic: 0.06 });

Deno.test("a panel that is written reads back bit for bit, and what follows from it agrees", () =>
  inFolder(async (folder) => {
    const bars = join(folder, "a", "bars");
    await writeBybitFolder(bars, panel, "SYNTHETIC");
    const { coins, openTime, derived } = readBybitFolder(bars);
    assert.equal(createPanel(coins, openTime, panel.source).hash, panel.hash);
    assert.deepEqual(derived.map((columns) => Object.keys(columns).length), [6, 6, 6, 6, 6]);
    assert.deepEqual(qualityReport(panel, derived).findings, []);
    assert.equal(await Deno.readTextFile(join(bars, "README.txt")), "SYNTHETIC");
  }));

Deno.test("synthetic bars that are read back are still called synthetic, and none of them is sealed", () =>
  inFolder(async (folder) => {
    const bars = join(folder, "bars");
    await writeBybitFolder(bars, panel, "");
    const loaded = loadBybitPanel(bars);
    assert.deepEqual(loaded.panel, panel);
    assert.equal(loaded.sealedRows, 0);
    const opening = { id: "0", experiment: "none", registration: null, reason: "curious", time: "" };
    const permit = { opening, logFile: join(folder, "log"), time: 0 };
    assert.throws(() => loadBybitPanel(bars, permit), /Cannot open sealed rows as there are none/);
  }));

Deno.test("a mark that cannot be read or belongs to other rows is refused: the folder is neither real nor synthetic", () =>
  inFolder(async (folder) => {
    const bars = join(folder, "bars");
    await writeBybitFolder(bars, panel, "");
    const csv = join(bars, "Bybit_SOL.csv");
    const lines = (await Deno.readTextFile(csv)).split("\n");
    lines[5] = lines[5]!.replace(/,[^,]*$/, ",1"); // a derived column: no bar changes
    await Deno.writeTextFile(csv, lines.join("\n"));
    assert.deepEqual(loadBybitPanel(bars).panel.source, panel.source);
    const cells = lines[6]!.split(",");
    cells[6] = String(Number(cells[6]) + 1); // turnover
    lines[6] = cells.join(",");
    await Deno.writeTextFile(csv, lines.join("\n"));
    assert.throws(
      () => loadBybitPanel(bars),
      /synthetic\.json there must belong to them: it was written for other rows/,
    );
    await Deno.writeTextFile(join(bars, "synthetic.json"), "{");
    assert.throws(() => loadBybitPanel(bars), /it cannot be read/);
  }));

Deno.test("an unknown long ratio is written as the exchange marks it, and reads back as unknown", () =>
  inFolder(async (folder) => {
    const coins = panel.coins.map((bars) => ({ ...bars, longRatio: bars.longRatio.with(7, NaN) }));
    const bars = join(folder, "bars");
    await writeBybitFolder(bars, createPanel(coins, panel.openTime, panel.source), "");
    assert.ok(Number.isNaN(readBybitFolder(bars).coins[2]!.longRatio[7]));
  }));

// The header is that of the real files, the digits are written in full.
Deno.test("bybitCsv() writes the 23 columns of the real files", () => {
  const [header, first] = bybitCsv(panel.coins[0]!, panel.openTime).split("\n");
  assert.equal(
    header,
    "timestamp_utc,open,high,low,close,volume,turnover,oi_btc,long_ratio,short_ratio,long_short_ratio," +
      "funding_rate,mark_open,mark_high,mark_low,mark_close,index_open,index_high,index_low,index_close," +
      "basis,premium_pct,oi_usd",
  );
  assert.match(first!, /^2021-11-05 08:00:00\+00:00,62000,/);
  assert.equal(first!.split(",").length, 23);
});

Deno.test("writeBybitFolder() takes an empty folder, refuses any other and leaves nothing behind", () =>
  inFolder(async (folder) => {
    const bars = join(folder, "bars");
    await Deno.mkdir(bars);
    await writeBybitFolder(bars, panel, "");
    const before = await tree(folder);
    await assert.rejects(writeBybitFolder(bars, panel, ""), UserError);
    await Deno.writeTextFile(join(folder, "file"), "");
    await assert.rejects(writeBybitFolder(join(folder, "file", "bars"), panel, ""), UserError);
    assert.deepEqual(await tree(folder), [...before, "file"].sort());
  }));
