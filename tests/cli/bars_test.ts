import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openHoldout } from "popagent/adapters/bars/openings.ts";
import { BAR_MS } from "popagent/core/universe.ts";
import { inFolder, only, tree } from "./cli.ts";
import { warmPopagent } from "./warm.ts";

const popagent = warmPopagent();

const CSVS = ["BTC", "DOGE", "ETH", "SOL", "XRP"].map((coin) => `bars/Bybit_${coin}.csv`);

const GRID = "question: Does it open?\nmarkets: { real: { settings: { data.folder: bars } } }\n";

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

/** The ID of a new opening in a folder. */
function opened(folder: string, reason: string): string {
  const asked = { experiment: "primary", registration: null, reason, time: "2026-01-01T00:00:00.000Z" };
  return openHoldout(join(folder, "data", "holdout.jsonl"), asked).id;
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
    assert.match(checked.stdout, /Findings: 0 errors, 0 warnings, \d notes?\./); // steep funding is a note

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
    assert.match(failed.stderr, /Cannot trust these bars .*current value is 4\. Correct the files/); // and far from its neighbours
  }));

Deno.test("findings F.1, I.4: data check sees a running candle in sealed rows, and their values for a reason only", () =>
  withUnmarkedBars(async (folder) => {
    // The same bars a few years on: the last two have not closed while this test runs, however long it takes.
    const shift = (1 + Math.floor(Date.now() / BAR_MS)) * BAR_MS - Date.parse("2023-01-12T12:00Z");
    for (const path of CSVS) {
      const file = join(folder, path);
      const [header, ...rows] = (await Deno.readTextFile(file)).trimEnd().split("\n");
      const moved = rows.map((row) => {
        const [time, ...cells] = row.split(",");
        return [new Date(Date.parse(time!) + shift).toISOString(), ...cells].join(",");
      });
      await Deno.writeTextFile(file, `${[header, ...moved].join("\n")}\n`);
    }
    const running = await popagent(folder, "data", "check", "--data", "bars");
    assert.equal(running.code, 1);
    assert.match(running.stdout, /error +partial last bar +all +openTime +1/);
    assert.match(running.stdout, /Data in bars: 41\d rows of 5 coins/);
    const id = opened(folder, "a look");
    const early = await popagent(folder, "data", "check", "--data", "bars", "--opening", id);
    assert.equal(early.code, 1);
    assert.match(early.stderr, /every bar must have closed: the last, of/);

    for (const path of CSVS) { // take them away
      const file = join(folder, path);
      await Deno.writeTextFile(file, (await Deno.readTextFile(file)).replace(/[^\n]*\n[^\n]*\n$/, ""));
    }
    await setCell(join(folder, CSVS[3]!), 2500, "low", "0.001"); // SOL, sealed
    const closed = await popagent(folder, "data", "check", "--data", "bars");
    assert.equal(closed.code, 0, closed.stdout);
    const seen = await popagent(folder, "data", "check", "--data", "bars", "--opening", id);
    assert.equal(seen.code, 1);
    assert.match(seen.stdout, /error +prices apart +SOL +low +1/);
    assert.match(
      seen.stdout,
      /2598 rows of 5 coins[^]*\nThe last 219\d of them were sealed and are open now\./,
    );
    assert.match(await Deno.readTextFile(join(folder, "data", "holdout.jsonl")), /"reason":"a look"/);
  }));

Deno.test("one coin is enough: run and configs/single need that coin's CSV alone", () =>
  withUnmarkedBars(async (folder) => {
    for (const path of CSVS) if (!path.includes("DOGE")) await Deno.remove(join(folder, path));
    const config = fileURLToPath(new URL("../../configs/single/doge.yaml", import.meta.url));
    for (
      const args of [["run", "--coin", "DOGE"], ["run", "--config", config], ["multi", "--config", config]]
    ) {
      const { code, stdout, stderr } = await popagent(
        folder,
        ...[...args, "--data", "bars", "--opening", opened(folder, "rows"), "--iterations", "2", "--json"],
      );
      assert.equal(code, 0, stderr);
      assert.match(JSON.parse(stdout).warnings[1], /cross-asset signals are absent as there is one coin/);
    }
    const others = ["run", "--coin", "DOGE", "--data", "bars", "--set", "universe.coins=[BTC, DOGE]"];
    assert.match((await popagent(folder, ...others)).stderr, /missing is Bybit_BTC\.csv\./);
    assert.match(
      (await popagent(folder, "multi", "--data", "bars")).stderr,
      /Bybit_BTC\.csv, Bybit_ETH\.csv, Bybit_SOL/,
    );
  }));

Deno.test("a folder that is there is never passed over for the synthetic market; where none is, the first line says so", () =>
  withUnmarkedBars(async (folder) => {
    const none = await popagent(folder, "data", "describe", "--rows", "1000");
    assert.match(none.stdout, /^!! SYNTHETIC DATA/);
    await Deno.mkdir(join(folder, "data"));
    await Deno.rename(join(folder, "bars"), join(folder, "data", "bybit"));
    const found = await popagent(folder, "data", "describe");
    assert.match(
      found.stdout,
      /^Bybit data in data\/bybit: 410 rows of 5 coins[^]*\nThe 2190 rows after them are sealed\./,
    );
    await Deno.remove(join(folder, "data", "bybit", "Bybit_ETH.csv"));
    for (const args of [["data", "describe"], ["multi"], ["population"]]) {
      const { code, stderr } = await popagent(folder, ...args);
      assert.equal(code, 1);
      assert.match(stderr, /bars in data\/bybit .*missing is Bybit_ETH\.csv\./);
    }
    await Deno.remove(join(folder, "data", "bybit"), { recursive: true });
    await Deno.symlink("nowhere", join(folder, "data", "bybit"));
    assert.match((await popagent(folder, "multi")).stderr, /it is a link that leads nowhere/);
  }));

Deno.test("findings A.9: describe and --trades print what is stored", () =>
  withBars(async (folder) => {
    const csv = (await Deno.readTextFile(join(folder, "bars", "Bybit_BTC.csv"))).trimEnd().split("\n");
    const close = csv.at(-1)!.split(",")[4]!;
    assert.ok(close.length > 8);
    const described = await popagent(folder, "data", "describe", "--data", "bars");
    assert.ok(described.stdout.includes(` ${close} `), close);
    const args = ["multi", "--data", "bars", "--iterations", "2", "--trades", "1"];
    const told = await popagent(folder, ...args);
    const [trade] = JSON.parse((await popagent(folder, ...args, "--json")).stdout).trades;
    assert.ok(
      told.stdout.includes(` ${trade.quantity}  `) && told.stdout.includes(`  ${trade.price}  `),
      told.stdout,
    );
  }));

Deno.test("the sealed months open for a reason only, and an opening is logged", () =>
  withUnmarkedBars(async (folder) => {
    const grids = join(folder, "configs", "experiments");
    await Deno.mkdir(grids, { recursive: true });
    await Deno.writeTextFile(join(grids, "primary.yaml"), GRID);
    const before = await tree(folder);
    for (
      const [called, said] of [["primry", /Cannot find the grid primry .*Did you mean primary\?/], [
        "no.yaml",
        /no\.yaml/,
      ]] as const
    ) {
      const wrong = await popagent(folder, "holdout", "open", "--experiment", called, "--reason", "a test");
      assert.equal(wrong.code, 1);
      assert.match(wrong.stderr, said);
    }
    for (const reason of ["", "  "]) {
      const blank = await popagent(folder, "holdout", "open", "--experiment", "primary", "--reason", reason);
      assert.equal(blank.code, 1);
      assert.match(blank.stderr, /Cannot open sealed data as --reason must say something/);
    }
    const unknown = await popagent(folder, "multi", "--data", "bars", "--opening", "0123456789");
    assert.match(
      unknown.stderr,
      /--opening must name one that holdout open gave: 0123456789 is none of none/,
    );
    assert.deepEqual(await tree(folder), before);
    const file = join("configs", "experiments", "primary.yaml"); // the grid's name is logged, which run asks for
    const open = await popagent(folder, "holdout", "open", "--experiment", file, "--reason", "a test");
    assert.match(open.stdout, /primary is not registered: .* confirms nothing/);
    const id = open.stdout.split("\n")[0]!;
    const run = await popagent(folder, "multi", "--data", "bars", "--opening", id, "--json");
    assert.equal(run.code, 0, run.stderr);
    const { warnings, source, reported } = JSON.parse(run.stdout);
    assert.match(warnings[0], /sealed months/);
    assert.equal(source.opening, id);
    assert.ok(reported.from >= 2600 - source.sealedRows, "the sealed rows alone");
    const listed = await popagent(folder, "holdout", "list");
    assert.match(listed.stdout, new RegExp(`${id} +primary +no +.* 1 +a test`));
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
