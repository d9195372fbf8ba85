import assert from "node:assert/strict";
import { join } from "node:path";
import { writeBybitFolder } from "popagent/adapters/bars/bybit_csv_writer.ts";
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

Deno.test("notes say how many rows of a folder or of files stay sealed", () =>
  inFolder(async (folder) => {
    const { panel } = await loadMarket({ synthetic: { rows: 3000, seed: 4 } });
    const home = join(folder, "bars");
    const source = { kind: "bybit", folder, unsealed: false, sealedRows: 0 } as const;
    await writeBybitFolder(home, { ...panel, source }, "bars");
    for (const request of [{ folder: home }, { files: { BTC: join(home, "Bybit_BTC.csv") } }]) {
      const read = await loadMarket(request);
      const said = read.notes.find((note) => note.includes("stay sealed"));
      assert.match(said ?? "", new RegExp(`: ${3000 - read.rows} rows are not in this market`));
    }
  }));
