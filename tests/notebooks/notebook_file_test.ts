import assert from "node:assert/strict";
import { join } from "node:path";
import { cellModule, cellOfLine, checkCells } from "popagent/adapters/notebook/check_cells.ts";
import type { CellOutput } from "popagent/adapters/notebook/kernel.ts";
import {
  displayCounts,
  notebookText,
  outputsAreCurrent,
  readNotebook,
  textHash,
} from "popagent/adapters/notebook/notebook_file.ts";
import { storedOutputs } from "popagent/adapters/notebook/stored_outputs.ts";
import { firstDifference } from "popagent/cli/notebook_difference.ts";
import { inFolder } from "../cli/cli.ts";
import { notebookOf } from "./faults.ts";

const stream = (text: string, name = "stdout"): CellOutput => ({ type: "stream", content: { name, text } });
const display = (text: string, id?: string, type = "display_data"): CellOutput => ({
  type,
  content: { data: { "text/plain": text }, metadata: {}, transient: id ? { display_id: id } : {} },
});
const clear = (wait: boolean): CellOutput => ({ type: "clear_output", content: { wait } });
const said = (outputs: readonly CellOutput[]) =>
  storedOutputs(outputs, 1).map((output) =>
    (output.text as string[] ?? (output.data as Record<string, string[]>)["text/plain"]).join("")
  );

Deno.test("storedOutputs() joins parts of a stream, whatever the parts are", () => {
  assert.deepEqual(said([stream("a\nb"), stream("c\n"), stream("x", "stderr"), stream("d")]), [
    "a\nbc\n",
    "x",
    "d",
  ]);
  assert.deepEqual(storedOutputs([stream("a\nb\n")], 1)[0]!.text, ["a\n", "b\n"]);
});

Deno.test("storedOutputs() keeps the last state of what was written over, updated or cleared", () => {
  assert.deepEqual(said([stream("1 %\r2 %\r"), stream("3 %\ndone\r\n")]), ["3 %\ndone\n"]);
  assert.deepEqual(
    said([display("10 %", "p"), display("other"), display("100 %", "p", "update_display_data")]),
    [
      "100 %",
      "other",
    ],
  );
  assert.deepEqual(said([display("old"), clear(false), display("new")]), ["new"]);
  assert.deepEqual(said([display("old"), clear(true)]), ["old"]);
  assert.deepEqual(said([display("old"), clear(true), display("new")]), ["new"]);
});

Deno.test("notebookText() drops times, versions and counts, and is its own fixed point", () => {
  const messy = JSON.stringify({
    nbformat: 4,
    nbformat_minor: 2,
    metadata: { kernelspec: { name: "deno" }, language_info: { version: "6.0.3" }, widgets: {} },
    cells: [
      { cell_type: "markdown", source: ["# Title\n", "text"], metadata: { collapsed: true } },
      {
        cell_type: "code",
        id: "kept",
        source: "1 + 1",
        execution_count: 17,
        metadata: { execution: { "iopub.status.busy": "2026-01-01T00:00:00Z" }, tags: ["slow"] },
        outputs: [{ output_type: "stream", name: "stdout", text: "old" }],
      },
    ],
  });
  const result: CellOutput = {
    type: "execute_result",
    content: { data: { "text/plain": "2" }, metadata: {}, execution_count: 99 },
  };
  const made = notebookText(messy, [[result]]), parsed = JSON.parse(made);
  assert.doesNotMatch(made, /2026|6\.0\.3|widgets|99|17|old/);
  assert.deepEqual(parsed.cells[1].metadata, { tags: ["slow"] });
  assert.deepEqual([parsed.cells[0].id, parsed.cells[1].id], ["cell-0", "kept"]);
  assert.equal(parsed.cells[1].outputs[0].execution_count, 1);
  assert.deepEqual(parsed.cells[0].source, ["# Title\n", "text"]);
  assert.equal(notebookText(made, [[result]]), made);
  assert.match(made, /^\{\n "cells": \[/); // one space of indent and sorted keys, as nbformat writes
});

Deno.test("outputsAreCurrent() tells when the code changed after its outputs were stored", () => {
  const made = notebookText(notebookOf(["1", "2"]), [[], []]);
  assert.ok(outputsAreCurrent(made));
  assert.ok(!outputsAreCurrent(made.replace('"2"', '"3"')));
  assert.ok(!outputsAreCurrent(notebookOf(["1"])), "never run");
  const none = notebookText(notebookOf(["1"], { popagent: { keepOutputs: false } }), [[stream("x")]]);
  assert.ok(outputsAreCurrent(none));
  assert.deepEqual(JSON.parse(none).cells[0].outputs, []);
});

Deno.test("firstDifference() names the code cell and shows both texts", () => {
  const text = (last: string) => notebookText(notebookOf(["1", "2"]), [[stream("a")], [stream(last)]]);
  assert.match(
    firstDifference(text("b 1"), text("b 2")),
    /^output 1 of code cell 2: ".*b 1.*" is stored, ".*b 2.*" was made$/,
  );
  assert.match(firstDifference(notebookOf(["1", "2"]), text("b")), /code cell 1 has no stored outputs/);
  assert.match(firstDifference(text("b").replace('"2"', '"3"'), text("b")), /its code was changed/);
});

Deno.test("readNotebook() refuses what is no notebook and says why", () => {
  assert.throws(() => readNotebook("{"), { name: "UserError", message: /must be JSON/ });
  assert.throws(() => readNotebook('{"cells": 3}'), { name: "UserError", message: /must hold cells/ });
});

Deno.test("cellOfLine() finds a line of the module in its cell", () => {
  const module = cellModule(["a\nb", "", "c"]);
  const lines = module.text.split("\n");
  const found = ["a", "b", "c"].map((name) => cellOfLine(module, lines.indexOf(name) + 1));
  assert.deepEqual(found, [{ cell: 1, line: 1 }, { cell: 1, line: 2 }, { cell: 3, line: 1 }]);
});

Deno.test("checkCells() names notebook, cell and line of type errors, and of code that does not parse", () =>
  inFolder(async (folder) => {
    const write = async (name: string, ...cells: string[]) => {
      await Deno.writeTextFile(join(folder, name), notebookOf(cells));
      return join(folder, name);
    };
    const good = await write("good.ipynb", "const x = await Promise.resolve(1);\nx", "[x].map((y) => y + 1)");
    const typed = await write("typed.ipynb", "const x = 1;", "const y = 2;\nconst z: string = x;");
    const broken = await write("broken.ipynb", "1", "2", "const = 3;");
    assert.deepEqual(await checkCells([good]), []);
    const found = (await checkCells([broken, good, typed])).sort();
    assert.match(found[0]!, /^broken\.ipynb, code cell 3, line 1: SyntaxError/);
    assert.match(found[1]!, /^typed\.ipynb, code cell 2, line 2: TS2322: Type 'number' is not assignable/);
    assert.equal(found.length, 2);
    assert.equal((await Array.fromAsync(Deno.readDir(folder))).length, 3, "nothing is left behind");
  }));

Deno.test("textHash() changes with text and its place, not with code; displayCounts() names the richest of each output", () => {
  const cell = (cell_type: string, source: string, outputs?: unknown[]) => ({ cell_type, source, outputs });
  const svg = { output_type: "display_data", data: { "image/svg+xml": "<svg/>", "text/plain": "A" } };
  const said = { output_type: "stream", name: "stdout", text: "x" };
  const book = (...cells: unknown[]) => JSON.stringify({ cells, metadata: {} });
  const [text, code] = [cell("markdown", "A"), cell("code", "1", [svg, svg, said])];
  const hash = textHash(book(text, code));
  assert.equal(textHash(book(text, cell("code", "2"))), hash);
  assert.notEqual(textHash(book(cell("markdown", "B"), code)), hash);
  assert.notEqual(textHash(book(code, text)), hash);
  assert.deepEqual(displayCounts(book(text, code)), { "image/svg+xml": 2, stream: 1 });
});
