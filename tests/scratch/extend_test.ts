import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { libraryCells } from "../desk/library_cells.ts";
import { EXTENSIONS } from "./extensions.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What the probe prints. */
interface Found {
  readonly players: readonly string[];
  readonly fieldPipelines: number;
  readonly coins: readonly string[];
  readonly strategies: readonly string[];
  readonly storedEvents: readonly string[];
  readonly eventRows: readonly (readonly string[])[];
  readonly tables: string;
  readonly text: string;
  readonly figures: string;
  readonly page: string;
}

/** A copy of the house with every extension added. */
async function extend(folder: string): Promise<void> {
  cpSync(join(ROOT, "src"), join(folder, "src"), { recursive: true });
  for (const name of ["deno.json", "deno.lock"]) cpSync(join(ROOT, name), join(folder, name));
  await Deno.symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
  cpSync(fileURLToPath(new URL("probe.ts", import.meta.url)), join(folder, "probe.ts"));
  for (const { edits } of EXTENSIONS) {
    for (const [name, edit] of Object.entries(edits)) {
      const path = join(folder, name);
      const before = await Deno.readTextFile(path).catch(() => "");
      await Deno.mkdir(dirname(path), { recursive: true });
      const after = edit(before);
      assert.notEqual(after, before, name);
      await Deno.writeTextFile(path, after);
    }
  }
}

async function denoIn(folder: string, ...args: readonly string[]): Promise<string> {
  const command = new Deno.Command(Deno.execPath(), { args: [...args], cwd: folder, env: { NO_COLOR: "1" } });
  const { code, stdout, stderr } = await command.output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

Deno.test("whatever is added to the house is added in at most two files", () => {
  for (const { what, edits } of EXTENSIONS) assert.ok(Object.keys(edits).length <= 2, what);
});

let extended: string | null = null;
Deno.test.afterAll(() => extended === null ? undefined : Deno.remove(extended, { recursive: true }));

/** The extended house, made once. */
async function extendedHouse(): Promise<string> {
  if (extended === null) await extend(extended = await Deno.makeTempDir({ prefix: "popagent-extended-" }));
  return extended;
}

const OWN = ["my_forecaster.ts", "my_risk.ts"];

// One check, as it reads the whole house, which is what it costs.
Deno.test("what was added type-checks, and so do the cells of docs/LIBRARY.md beside it, as one program", async () => {
  const folder = await extendedHouse();
  await Deno.writeTextFile(join(folder, "library.ts"), (await libraryCells()).join("\n"));
  await denoIn(folder, "check", "-q", "src/mod.ts", "src/cli/main.ts", ...OWN, "library.ts");
});

Deno.test("what was added is known to draws, field, figures, tables, report and files without telling them", async () => {
  const folder = await extendedHouse();
  const found = JSON.parse(await denoIn(folder, "run", "-A", "--no-check", "probe.ts", ...OWN)) as Found;
  for (const name of ["newcomer", "halfway", "halved"]) {
    assert.ok(found.players.includes(name), `${name} plays`);
    assert.ok(found.tables.includes(name), `${name} has credit in a table`);
    assert.ok(found.figures.includes(name), `${name} is drawn`);
    assert.ok(found.page.includes(name), `${name} is in the report`);
  }
  assert.equal(found.fieldPipelines, 6 * 6 * 5 * 6, "the field is over all who play");
  assert.deepEqual(found.coins, ["BTC", "ETH", "SOL", "DOGE", "XRP", "ADA"]);
  assert.ok(found.strategies.includes("flat"));
  for (const where of [found.tables, found.text, found.figures, found.page]) {
    assert.ok(where.includes("Always flat"), "the strategy is told and drawn");
  }
  assert.deepEqual(found.storedEvents, ["iteration", "iteration", "pause"]);
  assert.deepEqual(found.eventRows, [["Pause", "row 3: scratch"]]);
  assert.ok(found.page.includes("row 3: scratch"));
});
