import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { codeCells, outputsAreCurrent } from "popagent/adapters/notebook/notebook_file.ts";
import { inFolder } from "../cli/cli.ts";
import { notebookOf } from "./faults.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Runs the task's program as the task does. */
async function notebooks(env: Record<string, string>, ...args: readonly string[]) {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-P=notebooks", "src/cli/notebooks.ts", ...args],
    cwd: ROOT,
    env: { NO_COLOR: "1", POPAGENT_DATA: "", ...env },
  });
  const { code, stdout, stderr } = await command.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

const CELLS = [
  "console.log('one'); console.log('two');",
  "await Deno.jupyter.display({ [Deno.jupyter.$display]: () => ({ 'text/html': '<b>x</b>' }) });",
  "[1, 2].map((x) => x * 2)",
];

Deno.test("deno task notebooks writes what --check makes again to the byte; --check writes nothing", () =>
  inFolder(async (folder) => {
    const path = join(folder, "00_small.ipynb");
    await Deno.writeTextFile(path, notebookOf(CELLS));
    const unstored = await notebooks({}, folder, "--check");
    assert.equal(unstored.code, 1);
    assert.match(
      unstored.stderr,
      /00_small\.ipynb: differs from what is stored: code cell 1 has no stored outputs/,
    );
    assert.equal(await Deno.readTextFile(path), notebookOf(CELLS));

    assert.match((await notebooks({}, folder)).stdout, /00_small\.ipynb: ran and was written/);
    const once = await Deno.readTextFile(path);
    assert.ok(outputsAreCurrent(once));
    assert.deepEqual(codeCells(once), CELLS);
    assert.equal(JSON.parse(once).cells[0].outputs[0].text.join(""), "one\ntwo\n");
    assert.equal((await notebooks({}, folder, "--check")).code, 0);
    assert.equal(await Deno.readTextFile(path), once);

    const spoilt = once.replace('"two\\n"', '"too\\n"');
    await Deno.writeTextFile(path, spoilt);
    const real = await notebooks({ POPAGENT_DATA: "data/bybit" }, folder);
    assert.match(real.stdout, /ran on real bars; its outputs are not stored/);
    assert.equal(await Deno.readTextFile(path), spoilt);
    const checked = await notebooks({}, folder, "--check");
    assert.equal(checked.code, 1);
    assert.match(checked.stderr, /output 1 of code cell 1: .*too.* is stored, .*two.* was made/);
  }));

Deno.test("deno task notebooks goes on after a notebook that fails, and ends with 1", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "00_typed.ipynb"), notebookOf(["const x: string = 1; x"]));
    await Deno.writeTextFile(join(folder, "01_throws.ipynb"), notebookOf(["1", "throw new Error('no')"]));
    await Deno.writeTextFile(join(folder, "02_good.ipynb"), notebookOf(["1"]));
    const { code, stdout, stderr } = await notebooks({}, folder);
    assert.equal(code, 1);
    assert.match(stderr, /00_typed\.ipynb, code cell 1, line 1: TS2322/);
    assert.match(
      stderr,
      /01_throws\.ipynb: Cannot run code cell 2 of 01_throws\.ipynb as it raised Error: no/,
    );
    assert.match(stdout, /02_good\.ipynb: ran and was written/);
    const only = await notebooks({}, folder, "--only", "07");
    assert.match(only.stderr, /must hold one whose name begins with 07/);
    assert.match(
      (await notebooks({}, folder, "--cell-seconds", "0")).stderr,
      /--cell-seconds must be above 0/,
    );
  }));
