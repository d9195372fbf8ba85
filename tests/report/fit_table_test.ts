import assert from "node:assert/strict";
import fc from "fast-check";
import type { Table } from "popagent/figures/table.ts";
import { fittedTable } from "popagent/report/text/fit_table.ts";

const table = (
  columns: readonly [string, "left" | "right"][],
  rows: readonly (readonly string[])[],
): Table => ({
  name: "t",
  title: "",
  caption: "",
  columns: columns.map(([label, align]) => ({ label, align, hint: "" })),
  rows: rows.map((cells, i) => ({ cells, strong: i === 0 })),
});

Deno.test("fittedTable() sets columns two spaces apart, numbers flush right, a star before the strong row", () => {
  const text = fittedTable(
    table([["Name", "left"], ["Net", "right"]], [["a", "+1.0%"], ["bcd", "−12.0%"]]),
    100,
  );
  assert.equal(text, "  Name     Net\n* a      +1.0%\n  bcd   −12.0%");
});

Deno.test("fittedTable() wraps texts between words before it takes columns apart", () => {
  const long = "one two three four five six seven eight nine ten";
  const text = fittedTable(table([["Name", "left"], ["Net", "right"]], [[long, "1"], ["short", "2"]]), 40);
  assert.deepEqual(text.split("\n"), [
    "  Name                               Net",
    "* one two three four five six seven    1",
    "  eight nine ten",
    "  short                                2",
  ]);
});

Deno.test("fittedTable() gives columns that do not fit a table of their own, beside the first column", () => {
  const wide = "1".repeat(15);
  const text = fittedTable(table([["A", "left"], ["B", "right"], ["C", "right"]], [["x", wide, wide]]), 30);
  const [first, second] = text.split("\n\n");
  assert.match(first!, /A +B\n\* x +1{15}$/);
  assert.match(second!, /A +C\n\* x +1{15}$/);
});

const KEYED = [["Claim", "left"], ["Contrast", "left"], ["Market", "left"], ["B", "right"], [
  "C",
  "right",
]] as const;
const CLAIMS = [["C2", "transfer", "weak"], ["C2", "transfer", "strong"], ["C2", "diversity", "weak"]];

Deno.test("rows that the first column does not tell apart keep the texts that do in every table they are broken into", () => {
  const rows = CLAIMS.map((names) => [...names, "1".repeat(20), "2".repeat(20)]);
  const [first, second] = fittedTable(table(KEYED.map(([label, align]) => [label, align]), rows), 60).split(
    "\n\n",
  );
  assert.match(first!, /Claim +Contrast +Market +B$/m);
  assert.match(
    second!,
    /Claim +Contrast +Market +C\n\* C2 +transfer +weak +2{20}\n +C2 +transfer +strong +2{20}\n/,
  );
});

Deno.test("keys give way where the next column does not fit beside them", () => {
  const rows = CLAIMS.map((names) => [...names, "1".repeat(30), "2".repeat(30)]);
  const text = fittedTable(table(KEYED.map(([label, align]) => [label, align]), rows), 50);
  assert.match(text.split("\n\n").at(-1)!, /Claim +Contrast +C\n\* C2 +transfer +2{30}\n/);
  for (const line of text.split("\n")) assert.ok(line.length <= 50, line);
});

Deno.test("findings I.5: no table is wider than asked for, and none loses a cell", () => {
  const cell = fc.stringMatching(/^[a-z0-9 .%±−]{0,18}$/);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 14 }).chain((n) =>
        fc.tuple(
          fc.array(cell, { minLength: n, maxLength: n }),
          fc.array(fc.array(cell, { minLength: n, maxLength: n }), { minLength: 1, maxLength: 5 }),
          fc.nat({ max: 3 }),
          fc.string({ minLength: 30, maxLength: 90, unit: fc.constantFrom("a", "b", " ") }),
        )
      ),
      ([labels, rows, texts, name]) => {
        const named = rows.map(([, ...rest]) => [name.trim(), ...rest]);
        const text = fittedTable(
          table(labels.map((label, i) => [label, i <= texts ? "left" : "right"]), named),
          100,
        );
        for (const line of text.split("\n")) assert.ok(line.length <= 100, `${line.length}: ${line}`);
        const bare = (string: string) => string.replaceAll(/\s/g, "");
        for (const one of named[0]!.slice(1)) assert.ok(bare(text).includes(bare(one)));
      },
    ),
    { seed: 7 },
  );
});
