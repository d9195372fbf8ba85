import assert from "node:assert/strict";
import { join } from "node:path";
import { writeRun } from "popagent/adapters/runs/run_files.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";
import { inFolder, popagent as freshPopagent, tree } from "./cli.ts";
import { warmPopagent } from "./warm.ts";

const popagent = warmPopagent();

const run = createRunFixture({ iterations: 12 });

async function withRun(use: (folder: string) => Promise<void>): Promise<void> {
  await inFolder(async (folder) => {
    await writeRun(join(folder, "data/runs/mine"), run, run.provenance);
    await use(folder);
  });
}

Deno.test("popagent figures writes the figures that are asked for, in the formats, the same bytes twice", () =>
  withRun(async (folder) => {
    const args = ["--only", "monthly_returns,equity", "--format", "svg,png,pdf,html"];
    const { code, stdout } = await popagent(folder, "figures", ...args);
    assert.equal(code, 0);
    const names = ["equity", "monthly_returns"].flatMap((name) =>
      ["svg", "png", "pdf", "html"].map((end) => `${name}.${end}`)
    );
    assert.deepEqual(stdout.trim().split("\n").map((line) => line.replace(/^figures\//, "")), names);
    assert.deepEqual(await tree(join(folder, "figures")), [...names].sort());
    await freshPopagent(folder, "figures", "data/runs/mine", ...args, "--out", "again");
    for (const name of names) {
      const [once, again] = await Promise.all(
        ["figures", "again"].map((at) => Deno.readFile(join(folder, at, name))),
      );
      assert.deepEqual(again, once, name);
    }
  }));

Deno.test("popagent figures knows its words and names the one that is wrong", () =>
  withRun(async (folder) => {
    const cases = [
      ["--only", "equty", /--only as it must be one or more of equity, .*: current value is equty/],
      ["--format", "jpg", /--format as it must be one or more of svg, png, pdf, html: current value is jpg/],
      ["--theme", "auto", /--theme as it must be one or more of light, dark, grey/],
      ["--width", "wide", /--width as it must be one or more of phone, column, page/],
    ] as const;
    for (const [flag, value, says] of cases) {
      const { code, stderr } = await popagent(folder, "figures", flag, value);
      assert.equal(code, 1);
      assert.match(stderr, says);
    }
    const none = await popagent(folder, "figures", "nowhere");
    assert.match(none.stderr, /Cannot find the run nowhere in data\/runs: popagent runs list names its 1/);
  }));

Deno.test("popagent tables writes LaTeX, Markdown and CSV into paper/tables, metrics.csv with them", () =>
  withRun(async (folder) => {
    const { code } = await popagent(folder, "tables", "--format", "tex,md,csv");
    assert.equal(code, 0);
    const found = await tree(join(folder, "paper/tables"));
    assert.ok(found.includes("metrics.csv"));
    for (const name of ["results", "trading", "notes"]) {
      for (const end of ["tex", "md", "csv"]) {
        assert.ok(found.includes(`${name}.${end}`), `${name}.${end}`);
      }
    }
    assert.match(await Deno.readTextFile(join(folder, "paper/tables/results.tex")), /\\toprule/);
    await Deno.rename(join(folder, "data/runs"), join(folder, "moved"));
    await popagent(folder, "tables", "mi", "--runs", "moved", "--only", "results", "--out", "again"); // issue 9.7
    assert.deepEqual(await tree(join(folder, "again")), ["results.tex"]);
  }));
