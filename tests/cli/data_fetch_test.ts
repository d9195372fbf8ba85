import assert from "node:assert/strict";
import { startExchange } from "../adapters/bybit/fake_exchange.ts";
import { inFolder, tree } from "./cli.ts";
import { warmPopagent } from "./warm.ts";

const popagent = warmPopagent();

const NOW = Date.parse("2025-03-15T09:30Z");

Deno.test("popagent data fetch fills a folder that data check reads, and goes on from it", () =>
  inFolder(async (folder) => {
    await using exchange = startExchange({ now: NOW, listed: Date.parse("2023-12-01T00:00Z") });
    const fetching = [
      "data",
      "fetch",
      "--coins",
      "BTC,SOL",
      "--base-url",
      exchange.url,
      "--out",
      "data/bars",
    ];
    const first = await popagent(folder, ...fetching, "--from", "2024-01-01", "--to", "2025-03-01");
    assert.equal(first.code, 0, first.stderr);
    assert.match(
      first.stdout,
      /data\/bars: 2024-01-01 00:00 to 2025-02-28 20:00 UTC[\s\S]*BTC: 2550 bars, 2550 of them new/,
    );
    assert.match(first.stderr, /bars: \d+\/5100 \(\d+ %/);
    const next = await popagent(folder, ...fetching);
    assert.match(next.stdout, /to 2025-03-15 04:00 UTC[\s\S]*SOL: 2636 bars, 86 of them new/);
    assert.deepEqual(await tree(folder), [
      "data",
      "data/bars",
      "data/bars/Bybit_BTC.csv",
      "data/bars/Bybit_SOL.csv",
    ]);
    const check = await popagent(
      folder,
      "data",
      "check",
      "--data",
      "data/bars",
      "--set",
      "universe.coins=[BTC,SOL]",
    );
    assert.equal(check.code, 0, check.stderr);
    assert.match(check.stdout, /0 errors/);
  }));

Deno.test("popagent data fetch says what is wrong with its flags", () =>
  inFolder(async (folder) => {
    const cases: readonly [readonly string[], RegExp][] = [
      [["--bar", "7m"], /--bar as it must be one of 5m, 15m, 30m, 1h, 4h, 1d: current value is 7m/],
      [["--from", "2025-02-30"], /--from as it must be a time like 2025-03-01/],
      [["--coins", "btc"], /--coins as it must name 1 to 20 coins, each once and in capitals/],
      [["--base-url", "ftp://x"], /--base-url as it must be a host like https:\/\/api.bybit.com/],
    ];
    for (const [flags, expected] of cases) {
      const { code, stderr } = await popagent(folder, "data", "fetch", ...flags);
      assert.equal(code, 1);
      assert.match(stderr, expected);
    }
  }));
