import assert from "node:assert/strict";
import { join } from "node:path";
import { inFolder, only, popagent, tree } from "./cli.ts";

const CSVS = ["BTC", "DOGE", "ETH", "SOL", "XRP"].map((coin) => `bars/Bybit_${coin}.csv`);

/** A folder with `bars`: 14 months of a synthetic market as CSVs. */
function withBars(use: (folder: string) => Promise<void>): Promise<void> {
  return inFolder(async (folder) => {
    const made = await popagent(
      folder,
      "data",
      "synthetic",
      "--out",
      "bars",
      "--rows",
      "2600",
      "--seed",
      "4",
    );
    assert.equal(made.code, 0, made.stderr);
    await use(folder);
  });
}

/** The same without their mark, so that they pass for real bars, the last 12 months sealed. */
function withUnmarkedBars(use: (folder: string) => Promise<void>): Promise<void> {
  return withBars(async (folder) => {
    await Deno.remove(join(folder, "bars", "synthetic.json"));
    await use(folder);
  });
}

/** Replaces one cell; line 1 is the header. */
async function setCell(path: string, line: number, column: string, value: string): Promise<void> {
  const lines = (await Deno.readTextFile(path)).split("\n");
  const at = lines[0]!.split(",").indexOf(column);
  const cells = lines[line - 1]!.split(",");
  cells[at] = value;
  lines[line - 1] = cells.join(",");
  await Deno.writeTextFile(path, lines.join("\n"));
}

Deno.test("data synthetic writes five CSVs and says that they are synthetic; check and describe read them", () =>
  withBars(async (folder) => {
    assert.deepEqual(await tree(folder), ["bars", ...CSVS, "bars/README.txt", "bars/synthetic.json"]);
    const readme = await Deno.readTextFile(join(folder, "bars", "README.txt"));
    assert.match(readme, /^SYNTHETIC DATA/);
    assert.match(readme, /--mode default --seed 4 --rows 2600/);

    const checked = await popagent(folder, "data", "check", "--data", "bars");
    assert.equal(checked.code, 0, checked.stderr);
    assert.match(checked.stdout, /^!! SYNTHETIC DATA \(default: .*market seed 4\)/);
    assert.match(checked.stdout, /2600 rows of 5 coins/);
    assert.match(checked.stdout, /Findings: 0 errors, 0 warnings, 0 notes/);

    const described = await popagent(folder, "data", "describe", "--data", "bars", "--json");
    const { source, coins } = JSON.parse(described.stdout);
    assert.deepEqual(source, { kind: "synthetic", mode: "default", seed: 4, ic: 0 });
    assert.deepEqual(coins.map(({ coin }: { coin: string }) => coin), ["BTC", "ETH", "SOL", "DOGE", "XRP"]);
  }));

Deno.test("a corrupt cell is refused with file, line, column and value, by every command that reads bars", () =>
  withUnmarkedBars(async (folder) => {
    await setCell(join(folder, "bars", "Bybit_SOL.csv"), 12, "close", "12.3x");
    const before = await tree(folder);
    for (
      const args of [["data", "check"], ["multi"], ["population", "--no-references"], ["data", "features"]]
    ) {
      const { code, stdout, stderr } = await popagent(folder, ...args, "--data", "bars");
      assert.equal(code, 1);
      assert.equal(stdout, "");
      assert.match(stderr, /bars\/Bybit_SOL\.csv, line 12, column close, .*finite number.* 12\.3x/);
    }
    assert.deepEqual(await tree(folder), before, "nothing may be written");
  }));

// A low above the close can be read, but no such bar was ever traded: the report calls it an error.
Deno.test("data check exits with 1 on errors, with 0 on warnings, and shows what it found either way", () =>
  withUnmarkedBars(async (folder) => {
    const file = join(folder, "bars", "Bybit_ETH.csv");
    await setCell(file, 30, "long_ratio", "0");
    const warned = await popagent(folder, "data", "check", "--data", "bars");
    assert.equal(warned.code, 0);
    assert.match(warned.stdout, /warning +missing value +ETH +longRatio +1 +2021-11-10 00:00 +none/);
    assert.match(warned.stdout, /0 errors, 1 warning, 0 notes/);
    assert.match(warned.stdout, /410 rows of 5 coins/);
    assert.match(warned.stdout, /The 2190 rows after them are sealed/);

    await setCell(file, 40, "low", "4000000");
    await setCell(file, 40, "high", "4000001");
    const failed = await popagent(folder, "data", "check", "--data", "bars");
    assert.equal(failed.code, 1);
    assert.match(failed.stdout, /error +impossible value +ETH +low +1/);
    assert.match(failed.stderr, /Cannot trust these bars .*current value is 1\. Correct the files/);
  }));

Deno.test("the sealed months open for a reason only, and an opening is logged", () =>
  withUnmarkedBars(async (folder) => {
    const before = await tree(folder);
    for (const reason of ["", "  "]) {
      const blank = await popagent(folder, "multi", "--data", "bars", "--holdout", reason);
      assert.equal(blank.code, 1);
      assert.match(blank.stderr, /Cannot open the sealed months as a permit must give a reason/);
    }
    assert.deepEqual(await tree(folder), before);
    const opened = await popagent(folder, "multi", "--data", "bars", "--holdout", "a test", "--json");
    assert.equal(opened.code, 0, opened.stderr);
    assert.match(JSON.parse(opened.stdout).warnings[0], /sealed months/);
    assert.match(await Deno.readTextFile(join(folder, "data", "holdout.jsonl")), /"reason":"a test"/);
  }));

Deno.test("data features stores tables once and finds them again", () =>
  inFolder(async (folder) => {
    const args = ["data", "features", "--rows", "1000", "--out", "tables"];
    const first = await popagent(folder, ...args, "--json");
    assert.equal(first.code, 0, first.stderr);
    const { address, cached, rows, columns } = JSON.parse(first.stdout);
    assert.deepEqual([cached, rows], [false, 1000]);
    for (const name of ["openTime", "close", "btc_dominance", "btc_dominance_z"]) {
      assert.ok(columns.includes(name));
    }
    assert.match(await only(join(folder, "tables")), new RegExp(`${address}$`));

    const second = await popagent(folder, ...args);
    assert.match(second.stdout, /^!! SYNTHETIC DATA/);
    assert.match(second.stdout, new RegExp(`Address: +${address}`));
    assert.match(second.stdout, /Cached: +yes/);
    assert.match(second.stdout, new RegExp(`Columns: +${columns.length}`));
  }));
