import assert from "node:assert/strict";
import { resultTable } from "popagent/figures/result_table.ts";
import type { Table } from "popagent/figures/table.ts";
import { csvTable, metricsCsv } from "popagent/report/text/csv_table.ts";
import { latexTable, latexText } from "popagent/report/text/latex_table.ts";
import { markdownTable, markdownText } from "popagent/report/text/markdown_table.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";

const run = createRunFixture({ iterations: 12 });
const table: Table = {
  name: "small_table",
  title: "A & B",
  caption: "100 % of it.",
  columns: [{ label: "Na_me", align: "left", hint: "" }, { label: "Net", align: "right", hint: "" }],
  rows: [
    { cells: ["=SUM(A1)", "−1,234.5%"], strong: true },
    { cells: ['say "no", then | go', "–"], strong: false },
  ],
};

Deno.test("latexText() escapes every sign with a meaning, and what pdfLaTeX has no letter for", () => {
  assert.equal(
    latexText("\\ { } $ & # % _ ^ ~ < > |"),
    "\\textbackslash{} \\{ \\} \\$ \\& \\# \\% \\_ \\textasciicircum{} \\textasciitilde{} \\textless{} \\textgreater{} \\textbar{}",
  );
  assert.equal(latexText("−1 – 2× ± ∞ …"), "$-$1 -- 2$\\times$ $\\pm$ $\\infty$ \\ldots{}");
  assert.equal(latexText("a--b---c"), "a-{}-b-{}-{}-c");
  assert.equal(latexText("Łódź Käse 中😀"), "Łódź Käse \\texttt{U+4E2D}\\texttt{U+1F600}");
  assert.equal(latexText("[1] *"), "{[}1{]} {*}");
  assert.equal(latexText("\\input{/etc/passwd}"), "\\textbackslash{}input\\{/etc/passwd\\}");
});

Deno.test("latexTable() is a booktabs table with the strong row bold", () => {
  assert.equal(
    latexTable(table),
    [
      "\\begin{table}",
      "  \\centering",
      "  \\small",
      "  \\caption{A \\& B. 100 \\% of it.}",
      "  \\label{tab:small-table}",
      "  \\begin{tabular}{@{}lr@{}}",
      "    \\toprule",
      "    Na\\_me & Net \\\\",
      "    \\midrule",
      "    \\textbf{=SUM(A1)} & \\textbf{$-$1,234.5\\%} \\\\",
      "    say \\textquotedbl{}no\\textquotedbl{}, then \\textbar{} go & -- \\\\",
      "    \\bottomrule",
      "  \\end{tabular}",
      "\\end{table}",
      "",
    ].join("\n"),
  );
  const long = latexTable({ ...table, rows: [{ cells: ["w ".repeat(60), "1"], strong: false }] });
  assert.match(long, /\\parbox\[t\]\{\d+pt\}\{\\raggedright w w /);
});

Deno.test("markdownTable() keeps cells in their columns and lets no markup in", () => {
  assert.equal(
    markdownTable(table),
    "### A &amp; B\n\n| Na\\_me | Net |\n| --- | ---: |\n| **=SUM(A1)** | **−1,234.5%** |\n" +
      '| say "no", then \\| go | – |\n\n100 % of it.\n',
  );
  assert.equal(markdownText("<b>*x*</b> [a](b) `c`\n|"), "&lt;b&gt;\\*x\\*&lt;/b&gt; \\[a\\](b) \\`c\\` \\|");
});

Deno.test("csvTable() quotes, disarms formulas and writes plain numbers", () => {
  assert.equal(csvTable(table), 'Na_me,Net\n\'=SUM(A1),-1234.5%\n"say ""no"", then | go",\n');
});

Deno.test("metricsCsv() has every metric of every strategy at full precision, nested ones by their path", () => {
  const [head, ...rows] = metricsCsv(run.result).trimEnd().split("\n").map((line) =>
    line.split(",")
  ) as string[][];
  assert.equal(rows.length, run.result.strategies.length);
  for (const key of ["name", "sharpe", "verdicts.pass", "blocked.coolDown", "fieldPercentile"]) {
    assert.ok(head!.includes(key), key);
  }
  rows.forEach((row, i) => {
    assert.equal(Number(row[head!.indexOf("sharpe")]), run.result.strategies[i]!.metrics.sharpe);
    assert.equal(row.length, head!.length);
  });
  assert.equal(rows[11]![head!.indexOf("breakEvenCost")], ""); // flat has none
});

Deno.test("tables of a run have as many rows in every format as strategies", () => {
  const made = resultTable(run.result), n = run.result.strategies.length;
  assert.equal(latexTable(made).match(/ \\\\$/gm)!.length, n + 1);
  assert.equal(markdownTable(made).match(/^\|/gm)!.length, n + 2);
  assert.equal(csvTable(made).trimEnd().split("\n").length, n + 1);
});
