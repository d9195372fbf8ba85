/** Which bars a run gets: what was named or is there, never something else in its place. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { bybitCsv, writeBybitFolder } from "popagent/adapters/bars/bybit_csv_writer.ts";
import { csvFileName } from "popagent/adapters/bars/csv_columns.ts";
import { loadMarket, loadMarketWhole } from "popagent/adapters/bars/load_market.ts";
import { type MarketConfig, settingsSchema } from "popagent/experiments/config.ts";
import { openHoldout } from "popagent/adapters/bars/openings.ts";
import { BAR_MS } from "popagent/core/universe.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { inFolder } from "../cli/cli.ts";

const { panel } = syntheticMarket({ seed: 2, rows: 2600, mode: "default", ic: 0 });

const load = (settings: unknown, now = 0, opening: string | null = null, holdoutLog = "") => {
  const config: MarketConfig = settingsSchema.parse({ market: { rows: 1000 }, ...settings as object });
  return loadMarketWhole({ config, opening, holdoutLog, now });
};

/** A folder of unmarked CSVs of some coins. */
async function withBars(coins: readonly string[], use: (bars: string, folder: string) => Promise<void>) {
  await inFolder(async (folder) => {
    const bars = join(folder, "bars");
    await Deno.mkdir(bars);
    for (const one of panel.coins.filter(({ coin }) => coins.includes(coin))) {
      await Deno.writeTextFile(join(bars, csvFileName(one.coin)), bybitCsv(one, panel.openTime));
    }
    await use(bars, folder);
  });
}

const ALL = ["BTC", "ETH", "SOL", "DOGE", "XRP"];

for (const source of ["auto", "bybit"] as const) {
  Deno.test(`a folder with some of the coins is an error that names the missing ones (${source})`, () =>
    withBars(["BTC", "SOL"], async (folder) => {
      await assert.rejects(load({ data: { source, folder } }), (error: Error) => {
        assert.match(error.message, /missing are Bybit_ETH\.csv, Bybit_DOGE\.csv, Bybit_XRP\.csv\./);
        assert.match(error.message, /--set universe\.coins=.*--synthetic default/);
        return true;
      });
    }));

  Deno.test(`a link that leads nowhere is an error, as a folder and as a file (${source})`, () =>
    withBars(ALL, async (bars, folder) => {
      const link = join(folder, "link");
      await Deno.symlink(join(folder, "nowhere"), link);
      await assert.rejects(
        load({ data: { source, folder: link } }),
        /be a folder \(it is a link that leads nowhere\)/,
      );
      const file = join(bars, "Bybit_SOL.csv");
      await Deno.remove(file);
      await Deno.symlink(join(folder, "gone.csv"), file);
      await assert.rejects(
        load({ data: { source, folder: bars } }),
        /missing is Bybit_SOL\.csv \(a link that leads nowhere\)\./,
      );
    }));

  Deno.test(`a folder that was named and is not there is an error (${source})`, () =>
    inFolder(async (folder) => {
      const nowhere = join(folder, "nowhere");
      await assert.rejects(
        load({ data: { source, folder: nowhere } }),
        /must be a folder \(there is none\) and hold/,
      );
    }));
}

Deno.test("synthetic bars are used where no folder was named and none is there, or where they are asked for", async () => {
  const made = await load({ data: { source: "synthetic" } });
  assert.equal(made.panel.source.kind, "synthetic");
  assert.equal(made.panel.rows, 1000);
  assert.deepEqual(made.derived, []);
});

Deno.test("findings F.1: the form of sealed rows is known: all times, and whether the last bar had closed", () =>
  withBars(ALL, async (folder) => {
    const { panel: development, form, derived } = await load({ data: { folder } });
    assert.ok(development.rows < 500);
    assert.deepEqual(form.openTime, panel.openTime);
    assert.deepEqual(form.quietLastBar, []);
    assert.equal(derived[0]!.basis!.length, development.rows);
    assert.deepEqual(development.source, {
      kind: "bybit",
      folder,
      unsealed: false,
      sealedRows: 2600 - development.rows,
    });
  }));

Deno.test("findings I.4: sealed rows open for a reason, once their last bar has closed", () =>
  withBars(ALL, async (bars, folder) => {
    const close = panel.openTime[2599]! + BAR_MS, log = join(folder, "log.jsonl");
    const asked = {
      experiment: "primary",
      registration: null,
      reason: "quality",
      time: "2026-01-01T00:00:00.000Z",
    };
    const { id } = openHoldout(log, asked);
    const open = await load({ data: { folder: bars } }, close, id, log);
    assert.equal(open.panel.rows, 2600);
    assert.match(await Deno.readTextFile(log), /"reason":"quality"/);
    await assert.rejects(
      load({ data: { folder: bars } }, close - 1, id, log),
      /every bar must have closed/,
    );
    assert.equal((await Deno.readTextFile(log)).trim().split("\n").length, 2);
  }));

Deno.test("one coin needs its own file and no other, real bars and marked ones alike", () =>
  withBars(["SOL"], async (bars, folder) => {
    const sol = await load({ data: { folder: bars }, universe: { coins: ["SOL"] } });
    assert.deepEqual(sol.panel.coins.map(({ coin }) => coin), ["SOL"]);
    assert.equal(sol.panel.coins[0]!.close[7], panel.coins[2]!.close[7]);

    const marked = join(folder, "marked");
    await writeBybitFolder(marked, panel, "");
    await Deno.remove(join(marked, "Bybit_BTC.csv"));
    const again = await load({ data: { folder: marked }, universe: { coins: ["SOL"] } });
    assert.deepEqual(again.panel.source, panel.source);
    assert.equal(again.panel.rows, 2600);
  }));

Deno.test("a synthetic coin is the same whichever others there are", async () => {
  const market = (coins: readonly string[]) =>
    load({ data: { source: "synthetic" }, universe: { coins } }).then(({ panel }) => panel);
  const five = await market(ALL);
  for (const coins of [["ETH"], ["BTC", "XRP"], ["SOL", "BTC", "DOGE"]]) {
    const some = await market(coins);
    for (const [i, coin] of coins.entries()) {
      const whole = ALL.indexOf(coin);
      assert.deepEqual(some.coins[i], five.coins[whole]);
      assert.deepEqual(some.instruments[i], five.instruments[whole]);
    }
  }
  const further = await market(["BTC", "ADA"]), six = await market([...ALL, "ADA"]);
  assert.deepEqual(further.coins[1], six.coins[5]);
});

Deno.test("files of one folder have the same columns, or the error says which has what", () =>
  withBars(["BTC", "ETH"], async (folder) => {
    const file = join(folder, "Bybit_ETH.csv");
    const lines = (await Deno.readTextFile(file)).trimEnd().split("\n").map((line) => line.split(","));
    const at = lines[0]!.indexOf("funding_rate");
    await Deno.writeTextFile(file, lines.map((line) => `${line.toSpliced(at, 1).join(",")}\n`).join(""));
    await assert.rejects(
      load({ data: { folder }, universe: { coins: ["BTC", "ETH"] } }),
      /Bybit_ETH\.csv as all coins must have the same columns: funding_rate is in .*Bybit_BTC\.csv and not there/,
    );
    const eth = await load({ data: { folder }, universe: { coins: ["ETH"] } });
    assert.deepEqual(eth.panel.missing, ["fundingRate"]);
  }));

Deno.test("loadMarket() gives the panel alone", async () => {
  const config = settingsSchema.parse({ data: { source: "synthetic" }, market: { rows: 1000 } });
  const alone = await loadMarket({ config, opening: null, holdoutLog: "", now: 0 });
  assert.equal(alone.hash, (await load({ data: { source: "synthetic" } })).panel.hash);
});

Deno.test("issue 9.6: the usual folder with a README alone counts as no bars; with anything else it does not", () =>
  inFolder(async (folder) => {
    const before = Deno.cwd();
    Deno.chdir(folder);
    try {
      await Deno.mkdir("data/bybit", { recursive: true });
      for (const name of [null, "README.md", ".gitkeep"]) {
        if (name !== null) await Deno.writeTextFile(join("data/bybit", name), "");
        const { panel } = await load({ data: { source: "auto" } });
        assert.equal(panel.source.kind, "synthetic");
      }
      await assert.rejects(load({ data: { source: "bybit" } }), /missing are Bybit_BTC\.csv/);
      await Deno.writeTextFile("data/bybit/btc.csv", "");
      await assert.rejects(load({ data: { source: "auto" } }), /missing are Bybit_BTC\.csv/);
    } finally {
      Deno.chdir(before);
    }
  }));
