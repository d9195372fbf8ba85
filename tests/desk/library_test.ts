import assert from "node:assert/strict";
import { join } from "node:path";
import { PROJECT } from "popagent/adapters/files/project.ts";
import { runNotebook } from "popagent/adapters/notebook/run_notebook.ts";
import { libraryCells } from "./library_cells.ts";

/** A folder of its own inside the project, where a kernel finds deno.json. */
async function inProject(use: (folder: string) => Promise<void>): Promise<void> {
  await Deno.mkdir(join(PROJECT, "data"), { recursive: true });
  const home = await Deno.makeTempDir({ dir: join(PROJECT, "data"), prefix: "library-" });
  try {
    await use(home);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

Deno.test("every cell of docs/LIBRARY.md runs in a clean kernel, in order", () =>
  inProject(async (home) => {
    const all = await libraryCells();
    const notebook = { cells: all.map((source) => ({ cell_type: "code", source: [source] })) };
    const path = join(home, "library.ipynb");
    await Deno.writeTextFile(path, JSON.stringify(notebook));
    const runs = await runNotebook(path, { env: {}, cellTimeout: 120_000 });
    assert.equal(runs.length, all.length);
    const shown = runs.flatMap(({ outputs }) => outputs).flatMap(({ content }) =>
      Object.keys(content.data ?? {})
    );
    assert.ok(shown.filter((type) => type === "image/svg+xml").length >= 5, "figures are drawn");
    const last = runs.flatMap(({ outputs }) => outputs).filter(({ type }) => type === "execute_result");
    for (const type of ["image/svg+xml", "text/html"]) {
      assert.ok(
        last.some(({ content }) => Object.keys(content.data ?? {}).includes(type)),
        `${type} ends a cell, without show`,
      );
    }
    assert.ok(shown.filter((type) => type === "text/html").length >= 5, "tables are shown");
  }));

Deno.test("docs/LIBRARY.md calls every function of src/mod.ts in a cell, or hands it on", async () => {
  const text = (await libraryCells()).join("\n").replaceAll(/^import (type )?\{[^}]*\}.*$/gm, ""); // an import is no use
  const table = await Deno.readTextFile(join(PROJECT, "src", "mod.ts"));
  const functions = [...table.matchAll(/export \{([^}]*)\} from/g)]
    .flatMap(([, names]) => names!.split(",").map((name) => name.trim()))
    .filter((name) => /^[a-z]/.test(name) && !name.startsWith("type "));
  assert.ok(functions.length >= 150, `${functions.length}`);
  assert.deepEqual(functions.filter((name) => !new RegExp(`\\b${name}\\b`).test(text)), []);
});
