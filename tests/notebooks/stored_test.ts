/** The notebooks as they are stored: outputs made by the cells as they stand, from synthetic bars, seen in a lab. */
import assert from "node:assert/strict";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT } from "popagent/adapters/files/project.ts";
import {
  codeCells,
  displayCounts,
  outputsAreCurrent,
  sourceHash,
  textHash,
} from "popagent/adapters/notebook/notebook_file.ts";

const FOLDER = join(PROJECT, "notebooks");
const NAMES = [...Deno.readDirSync(FOLDER)].map(({ name }) => name).filter((name) => name.endsWith(".ipynb"))
  .sort();

interface Cell {
  readonly cell_type: string;
  readonly source: readonly string[];
  readonly outputs?: readonly { readonly output_type: string; readonly data?: Record<string, unknown> }[];
}

Deno.test("there are twelve notebooks, 00 to 10 and 12", () => {
  assert.deepEqual(NAMES.map((name) => name.slice(0, 2)), [
    "00",
    "01",
    "02",
    "03",
    "04",
    "05",
    "06",
    "07",
    "08",
    "09",
    "10",
    "12",
  ]);
});

for (const name of NAMES) {
  Deno.test(`${name} keeps outputs that its cells made from synthetic bars, a question first and an answer last`, async () => {
    const text = await Deno.readTextFile(join(FOLDER, name));
    assert.ok(outputsAreCurrent(text), "run `deno task notebooks`");
    const cells: Cell[] = JSON.parse(text).cells;
    const outputs = cells.flatMap(({ outputs }) => outputs ?? []);
    assert.ok(outputs.length >= 6);
    assert.equal(outputs.filter(({ output_type }) => output_type === "error").length, 0);
    assert.match(JSON.stringify(outputs), /SYNTHETIC/);
    assert.doesNotMatch(text, /Bybit data|\/(?:home|tmp|Users)\//, "real bars or a machine's paths");
    for (const own of [PROJECT, tmpdir(), homedir()]) {
      if (own.length > 1) assert.ok(!text.includes(join(own, "/")), `a path of this machine: ${own}`);
    }
    assert.match(cells[0]!.source.join(""), /^# [^]*\*\*Question\.\*\*/);
    const answer = cells.findIndex(({ source }) => source.join("").includes("**Answer.**"));
    const last = cells.findLastIndex(({ cell_type }) => cell_type === "code");
    assert.ok(answer >= 0 && last > answer, "the answer is the last thing that is computed");
    cells.forEach((cell, i) => {
      const figure = cell.outputs?.some(({ data }) => data && "image/svg+xml" in data) ?? false;
      assert.ok(!figure || cells[i + 1]?.cell_type === "markdown", `a sentence must stand under cell ${i}`);
    });
  });
}

Deno.test("every notebook was seen in a real JupyterLab as its cells stand: run `deno task lab-check` after a change", async () => {
  const seen = JSON.parse(await Deno.readTextFile(join(PROJECT, "tests", "results", "lab.json")));
  assert.deepEqual(Object.keys(seen), NAMES);
  for (const name of NAMES) {
    const text = await Deno.readTextFile(join(FOLDER, name));
    const { code, text: words, display, cells, state } = seen[name];
    assert.equal(state, "ok", name);
    assert.equal(cells, codeCells(text).length, name);
    const since = `${name} changed since it was seen in JupyterLab`;
    assert.equal(code, sourceHash(text), since);
    assert.equal(words, textHash(text), since);
    assert.deepEqual(display, displayCounts(text), since);
  }
});
