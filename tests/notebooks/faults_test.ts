import assert from "node:assert/strict";
import { join } from "node:path";
import { NotebookError, runNotebook } from "popagent/adapters/notebook/run_notebook.ts";
import { inFolder } from "../cli/cli.ts";
import { FAULTY_NOTEBOOKS, notebookOf } from "./faults.ts";

for (const { name, cells, cell, says, cellTimeout = 60_000 } of FAULTY_NOTEBOOKS) {
  Deno.test(`findings G.5: runNotebook() names notebook and cell of one that ${name}`, () =>
    inFolder(async (folder) => {
      const path = join(folder, "faulty.ipynb");
      await Deno.writeTextFile(path, notebookOf(cells));
      await assert.rejects(runNotebook(path, { env: {}, cellTimeout }), (error) => {
        assert.ok(error instanceof NotebookError, String(error));
        assert.match(error.message, new RegExp(`code cell ${cell} of faulty\\.ipynb`));
        assert.match(error.message, says);
        assert.equal(error.cells.length, cell, "the cells so far");
        return true;
      });
    }));
}

Deno.test("runNotebook() holds all cells to one time together", () =>
  inFolder(async (folder) => {
    const path = join(folder, "slow.ipynb");
    await Deno.writeTextFile(
      path,
      notebookOf(Array(6).fill("await new Promise((go) => setTimeout(go, 700))")),
    );
    await assert.rejects(
      runNotebook(path, { env: {}, cellTimeout: 5000, timeout: 1500 }),
      /code cell [23] of slow\.ipynb as the notebook must end within 1500 ms/,
    );
  }));
