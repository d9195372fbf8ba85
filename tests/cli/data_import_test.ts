import assert from "node:assert/strict";
import { join } from "node:path";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { inFolder } from "./cli.ts";
import { warmPopagent } from "./warm.ts";

const popagent = warmPopagent();

Deno.test("popagent data import makes bars that data check reads, and says what they lack", () =>
  inFolder(async (folder) => {
    const { panel } = syntheticMarket({ mode: "default", ic: 0, seed: 1, rows: 2600, coins: ["BTC"] });
    const { open, high, low, close, volume } = panel.coins[0]!;
    const rows = Array.from(
      panel.openTime,
      (time, t) => [time, open[t], high[t], low[t], close[t], volume[t]],
    );
    await Deno.writeTextFile(join(folder, "btc.json"), JSON.stringify(rows));
    const { code, stdout, stderr } = await popagent(folder, "data", "import", "btc.json", "--coin", "BTC");
    assert.equal(code, 0, stderr);
    assert.match(stdout, /data\/imported\/Bybit_BTC\.csv: 2600 bars, /);
    for (
      const part of ["turnover", "open interest", "long ratio", "funding rate", "mark price", "index price"]
    ) {
      assert.match(stdout, new RegExp(`No ${part} in these bars: `));
    }
    const asked = ["--data", "data/imported", "--set", "universe.coins=[BTC]"];
    const check = await popagent(folder, "data", "check", ...asked);
    assert.equal(check.code, 0, check.stderr);
    assert.match(check.stdout, /^Imported data in data\/imported: /m);
    assert.doesNotMatch(check.stdout, /Bybit data/);
    const again = await popagent(folder, "data", "import", "btc.json", "--coin", "BTC");
    assert.match(again.stderr, /bars are never written over others/);
    const missing = await popagent(folder, "data", "import", "nowhere.csv", "--coin", "ETH");
    assert.deepEqual([missing.code, missing.stdout], [1, ""]);
    assert.match(missing.stderr, /nowhere\.csv/);
  }));
