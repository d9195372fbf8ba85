import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL as toFileUrl } from "node:url";
import { ENGINE_VERSIONS, featureCodeHash, loadFeatures } from "../../src/adapters/features/feature_store.ts";
import { sourceClosure } from "../../src/adapters/files/source_closure.ts";
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

Deno.test("featureCodeHash() changes with any file that tables are computed by, and with no other", async () => {
  await inFolder(async (folder) => {
    const write = (name: string, text: string) => Deno.writeTextFile(join(folder, name), text);
    await Deno.mkdir(join(folder, "features"));
    await write("features/frame.ts", 'import { ema } from "./ema.ts";\nexport const frame = ema;\n');
    await write("features/ema.ts", 'import { sum } from "../series.ts";\nexport const ema = sum;\n');
    await write("series.ts", "export const sum = 1;\n");
    await write("features/unused.ts", "export const unused = 1;\n");
    const hash = () => featureCodeHash(toFileUrl(join(folder, "features", "frame.ts")));
    const before = await hash();
    await write("features/unused.ts", "export const unused = 2;\n");
    assert.equal(await hash(), before);
    for (const name of ["series.ts", "features/ema.ts", "features/frame.ts"]) {
      const text = await Deno.readTextFile(join(folder, name));
      await write(name, `${text}// another formula\n`);
      assert.notEqual(await hash(), before, name);
      await write(name, text);
    }
    assert.equal(await hash(), before);
    const entry = toFileUrl(join(folder, "features", "frame.ts"));
    const versions = { ...ENGINE_VERSIONS };
    assert.equal(await featureCodeHash(entry, versions), before);
    for (const name of Object.keys(versions)) {
      assert.notEqual(await featureCodeHash(entry, { ...versions, [name]: "0" }), before, name);
    }
  });
});

Deno.test("findings G.4: a table's address covers all code that it depends on, and what runs it", async () => {
  const entry = new URL("../../src/features/frame.ts", import.meta.url);
  const closure = (await sourceClosure(entry)).map(({ href }) => href);
  // Deno's own module graph is the other witness.
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json", entry.href] })
    .output();
  const { modules } = JSON.parse(new TextDecoder().decode(stdout)) as { modules: { specifier: string }[] };
  const own = modules.map(({ specifier }) => specifier).filter((specifier) => specifier.includes("/src/"));
  assert.ok(own.length > 30);
  assert.deepEqual(closure.toSorted(), own.toSorted());
  assert.deepEqual(Object.keys(ENGINE_VERSIONS), ["polars", "deno", "v8"]);
  for (const [name, version] of Object.entries(ENGINE_VERSIONS)) assert.match(version, /^\d+\.\d+/, name);
});

Deno.test("the tables' hash covers the indicators, the catalogue, the signals and the series they stand on", async () => {
  const files = (await sourceClosure(new URL("../../src/features/frame.ts", import.meta.url))).map((
    { href },
  ) => href);
  for (
    const part of [
      "core/series.ts",
      "core/sorted_window.ts",
      "market/panel.ts",
      "features/catalogue.ts",
      "features/rsi.ts",
      "features/signals/signals.ts",
    ]
  ) {
    assert.ok(files.some((href) => href.endsWith(part)), part);
  }
});
