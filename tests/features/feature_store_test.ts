import assert from "node:assert/strict";
import { join } from "node:path";
import { featureCodeHash, loadFeatures } from "../../src/adapters/feature_store.ts";
import { frameColumn, frameTime } from "../../src/features/frame.ts";
import { DECLARED_COINS } from "../../src/core/universe.ts";
import { type CoinBars, createPanel } from "../../src/market/panel.ts";
import { assertSameBytes } from "./causality.ts";
import { randomPanel } from "./random_bars.ts";

const panel = randomPanel(6, 250);

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const names = async (folder: string) =>
  (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();

Deno.test("loadFeatures() computes once; the second call reads equal tables from Parquet", async () => {
  await inFolder(async (folder) => {
    const first = await loadFeatures(panel, folder);
    const second = await loadFeatures(panel, folder);
    assert.deepEqual([first.cached, second.cached], [false, true]);
    assert.equal(second.address, first.address);
    for (const coin of DECLARED_COINS) {
      assert.deepEqual(second.frames[coin]!.columns, first.frames[coin]!.columns);
      assertSameBytes(frameTime(second.frames[coin]!), frameTime(first.frames[coin]!), `${coin} openTime`);
      for (const name of first.frames[coin]!.columns.filter((name) => name !== "openTime")) {
        assertSameBytes(
          frameColumn(second.frames[coin]!, name),
          frameColumn(first.frames[coin]!, name),
          `${coin} ${name}`,
        );
      }
    }
    assert.deepEqual(await names(folder), [first.address], "no temporary folder stays behind");
    assert.deepEqual(
      await names(join(folder, first.address)),
      DECLARED_COINS.map((coin) => `${coin}.parquet`).sort(),
    );
  });
});

Deno.test("loadFeatures() gives a changed panel, or other columns, another address", async () => {
  await inFolder(async (folder) => {
    const coins = panel.coins.map((bars, coin) =>
      coin === 4 ? { ...bars, close: bars.close.with(249, bars.close[249]! * 1.0001) } : bars
    );
    const other = createPanel(coins as CoinBars[], panel.openTime, panel.source);
    const addresses = [
      (await loadFeatures(panel, folder)).address,
      (await loadFeatures(other, folder)).address,
      (await loadFeatures(panel, folder, [{ name: "rsi", params: [14] }])).address,
    ];
    assert.equal(new Set(addresses).size, 3);
    assert.deepEqual(await names(folder), addresses.toSorted());
  });
});

Deno.test("loadFeatures() keeps what another process stored first", async () => {
  await inFolder(async (folder) => {
    const both = await Promise.all([loadFeatures(panel, folder), loadFeatures(panel, folder)]);
    assert.equal(both[0].address, both[1].address);
    assert.deepEqual(await names(folder), [both[0].address]);
  });
});

Deno.test("loadFeatures() names a stored file that is broken instead of computing around it", async () => {
  await inFolder(async (folder) => {
    const { address } = await loadFeatures(panel, folder);
    await Deno.writeTextFile(join(folder, address, "SOL.parquet"), "cut short");
    await assert.rejects(loadFeatures(panel, folder), /Cannot read features.*SOL\.parquet/);
  });
});

Deno.test("featureCodeHash() is the same each time", async () => {
  assert.equal(await featureCodeHash(), await featureCodeHash());
});
