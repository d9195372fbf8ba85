import assert from "node:assert/strict";
import { join } from "node:path";
import { show } from "popagent/adapters/notebook/display.ts";
import { codeCells } from "popagent/adapters/notebook/notebook_file.ts";
import { type CellRun, runNotebook } from "popagent/adapters/notebook/run_notebook.ts";

const NOTEBOOKS = new URL("../../notebooks/", import.meta.url).pathname;
const PATIENCE = 60_000;

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function notebookOf(...sources: string[]): string {
  return JSON.stringify({
    cells: sources.map((source) => ({ cell_type: "code", source: source.split(/(?<=\n)/) })),
  });
}

/** MIME types of what a cell displayed. */
function shown(cell: CellRun): string[] {
  return cell.outputs.flatMap(({ content }) => Object.keys(content.data ?? {})).filter((type) =>
    type !== "text/plain"
  );
}

Deno.test("01_population_run.ipynb makes a run in a clean kernel and shows its tables and figures", () =>
  inFolder(async (folder) => {
    const cells = await runNotebook(join(NOTEBOOKS, "01_population_run.ipynb"), {
      env: { POPAGENT_DATA: "", POPAGENT_RUNS: folder, POPAGENT_ITERATIONS: "4", POPAGENT_SEED: "2" },
      cellTimeout: 2 * PATIENCE,
    });
    const types = cells.flatMap(shown);
    assert.equal(types.filter((type) => type === "image/svg+xml").length, 9);
    assert.equal(types.filter((type) => type === "text/html").length, 5);
    const lines = cells[0]!.outputs.map(({ content }) =>
      (content.data as Record<string, string>)["text/plain"]!
    );
    assert.ok(lines.length > 2, "the progress line moves");
    assert.match(lines.at(-1)!, /^Population run: finished, /);
    const text = JSON.stringify(cells.map((cell) => cell.outputs));
    for (
      const expected of ["SYNTHETIC", "Population (champion)", "4 iterations; seed 2", "oracle (hindsight)"]
    ) {
      assert.ok(text.includes(expected), expected);
    }
  }));

Deno.test("runNotebook() keeps state between cells, runs in the notebook's folder and passes variables on", () =>
  inFolder(async (folder) => {
    const path = join(folder, "state.ipynb");
    await Deno.writeTextFile(
      path,
      notebookOf(
        "const x = 20;\nconst y = 1;",
        "2 * x + y + 1",
        "console.log(Deno.env.get('WORD'), Deno.cwd() === Deno.realPathSync('.'))",
      ),
    );
    const cells = await runNotebook(path, { env: { WORD: "heard" }, cellTimeout: PATIENCE });
    assert.equal((cells[1]!.outputs[0]!.content.data as Record<string, string>)["text/plain"], "42");
    assert.equal(cells[2]!.outputs[0]!.content.text, "heard true\n");
  }));

Deno.test("codeCells() reads code cells alone and refuses what is no notebook", () => {
  const notebook = JSON.stringify({
    cells: [{ cell_type: "markdown", source: "# no" }, { cell_type: "code", source: ["a\n", "b"] }, {
      cell_type: "code",
      source: "c",
    }],
  });
  assert.deepEqual(codeCells(notebook), ["a\nb", "c"]);
  assert.throws(() => codeCells("{}"), { name: "UserError", message: /must hold cells/ });
});

Deno.test("show() outside a kernel says what is missing", async () => {
  await assert.rejects(show({ markdown: "x" }), /a Jupyter kernel must be running/);
});
