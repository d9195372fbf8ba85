import assert from "node:assert/strict";
import { join } from "node:path";
import { writeBybitFolder } from "popagent/adapters/bars/bybit_csv_writer.ts";
import { BAR_MS } from "popagent/core/universe.ts";
import { loadMarket, type MarketRequest } from "popagent/desk/market.ts";
import { inFolder } from "../cli/cli.ts";

async function refuses(request: unknown, says: RegExp) {
  await assert.rejects(loadMarket(request as MarketRequest), ({ name, message }: Error) => {
    assert.match(message, says);
    return ["RangeError", "UserError"].includes(name);
  });
}

Deno.test("loadMarket() wants one source, and tells unknown keys", async () => {
  await refuses({}, /must name one source, synthetic.*it names none/);
  await refuses(undefined, /request must be an object/);
  await refuses({ synthetic: {}, folder: "x" }, /it names synthetic and folder\. Leave out all but one/);
  await refuses({ synthetic: {}, coin: ["BTC"] }, /it holds coin\. Did you mean coins\?/);
  await refuses({ synthetic: {}, coins: "BTC" }, /coins must be a list/);
  await refuses({ synthetic: {}, coins: ["BTC", "BTC"] }, /must be different symbols: BTC is there twice$/);
  await refuses({ synthetic: {}, coins: [1] }, /must be different symbols: 1 is none$/);
  await refuses({ folder: 5 }, /folder must be a path: current value is 5/);
});

Deno.test("loadMarket() says the rules of a synthetic world in sentences", async () => {
  await refuses(
    { synthetic: { rows: 10 } },
    /^Cannot load the synthetic market.*\n.*market\.rows.*1,?000.*10/,
  );
  await refuses({ synthetic: { mode: "plantd" } }, /market\.mode.*plantd.*planted/s);
  await refuses({ synthetic: { sed: 1 } }, /market\.sed.*Did you mean market\.seed/s);
  await refuses({ synthetic: true }, /synthetic market/);
});

Deno.test("loadMarket() says which coin's table or file is missing", async () => {
  const close = [1, 2];
  await refuses({ table: { MINE: null } }, /table must hold a table for each coin.*that of MINE is null/);
  await refuses(
    { table: { time: close, close } },
    /table must hold a table for each coin, table: \{ BTC: table \}/,
  );
  await refuses({ table: {} }, /it holds none/);
  await refuses(
    { table: { BTC: { time: [] } }, coins: ["BCT"] },
    /that of BCT is missing\. Did you mean BTC/,
  );
  await refuses(
    { table: { MINE: { time: ["2024-01-01"], open: [1], high: [1], low: [1], volume: [1] } } },
    /lack close/,
  );
  await refuses({ files: { BTC: "nothing.csv" } }, /Cannot read nothing\.csv as it must be a file/);
  await refuses({ files: { BTC: 5 } }, /files must hold a path for each coin.*that of BTC is 5/);
  await refuses({ folder: "no such folder" }, /must be a folder: looked at .*, and nothing is there/);
});

Deno.test("loadMarket() wants BTC among several coins, as agents read the market in it", async () => {
  const close = Float64Array.from({ length: 20 }, (_, i) => 100 + i), time = close.map((_, i) => i * BAR_MS);
  const bars = { time, open: close, high: close, low: close, close, volume: close };
  await refuses(
    { table: { ETH: bars, SOL: bars } },
    /several coins must hold BTC, .*: they are ETH, SOL\. Add BTC, or load one coin, coins: \["ETH"\]\.$/,
  );
  assert.deepEqual((await loadMarket({ table: { ETH: bars, BTC: bars } })).coins, ["ETH", "BTC"]);
  assert.deepEqual((await loadMarket({ table: { ETH: bars, SOL: bars }, coins: ["SOL"] })).coins, ["SOL"]);
});

Deno.test("notes say how many rows of a folder or of files stay sealed; a coin in small letters is told", () =>
  inFolder(async (folder) => {
    const { panel } = await loadMarket({ synthetic: { rows: 3000, seed: 4 } });
    const home = join(folder, "bars");
    const source = { kind: "bybit", folder, unsealed: false, sealedRows: 0 } as const;
    await writeBybitFolder(home, { ...panel, source }, "bars");
    await refuses({ folder: home, coins: ["btc"] }, /must be one of BTC, .*is btc\. Did you mean BTC\?/);
    for (const request of [{ folder: home }, { files: { BTC: join(home, "Bybit_BTC.csv") } }]) {
      const read = await loadMarket(request);
      const said = read.notes.find((note) => note.includes("stay sealed"));
      assert.match(said ?? "", new RegExp(`: ${3000 - read.rows} rows are not in this market`));
    }
  }));
