/** Tables fit the text of a page: by the widths that TeX measures, and, where there is a TeX, by what it says itself. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { agentPerformanceTable } from "popagent/figures/agent_performance_table.ts";
import { coinProfitTable } from "popagent/figures/coin_profit_table.ts";
import { creditTable } from "popagent/figures/credit_table.ts";
import { genealogyTable } from "popagent/figures/genealogy_table.ts";
import { monthlyTable } from "popagent/figures/monthly_table.ts";
import { moneyTable } from "popagent/figures/money_answer.ts";
import { ratiosTable } from "popagent/figures/ratios_table.ts";
import { researcherQualityTable } from "popagent/figures/researcher_quality_table.ts";
import { notesTable, resultTable, riskTable, tradingTable } from "popagent/figures/result_table.ts";
import { roundTripsTable } from "popagent/figures/round_trips_table.ts";
import type { Table } from "popagent/figures/table.ts";
import { tailsTable } from "popagent/figures/tails_table.ts";
import { timeTable } from "popagent/figures/time_table.ts";
import { latexLayout, POINTS, TEXT_WIDTH } from "popagent/report/text/latex_layout.ts";
import { latexTable } from "popagent/report/text/latex_table.ts";
import { textWidth } from "popagent/report/text/latex_widths.ts";
import { inFolder } from "../cli/cli.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";

const { result: made, events } = createRunFixture({ iterations: 12 });
/** The longest label that a run has. */
const LONGEST = "Hindsight best of the field, oracle (hindsight)";
const result = {
  ...made,
  strategies: made.strategies.map((one, i) => i === 0 ? { ...one, label: LONGEST } : one),
};

/** Every table of a run, those that `popagent tables` writes first. */
const TABLES: readonly Table[] = [
  resultTable(result),
  tradingTable(result),
  notesTable(result),
  creditTable(result),
  genealogyTable(events, 40),
  ...[riskTable, ratiosTable, roundTripsTable, tailsTable, timeTable, monthlyTable, moneyTable]
    .map((table) => table(result)),
  coinProfitTable(result),
  agentPerformanceTable(result),
  researcherQualityTable(result),
];
const WIDE: Table = {
  name: "wide",
  title: "Wider than any page",
  caption: "Twenty columns.",
  columns: Array.from(
    { length: 20 },
    (_, i) => ({ label: `Column ${i}`, align: i === 0 ? "left" : "right", hint: "" }),
  ),
  rows: [{ cells: Array.from({ length: 20 }, (_, i) => `−1,234.${i}%`), strong: true }],
};

/** Width of each part, by the measured widths of letters. */
function widthsOf(table: Table): number[] {
  const { size, separation, parts, breaks, heads } = latexLayout(table), pt = POINTS[size];
  return parts.map((columns) =>
    columns.reduce((sum, i) => {
      const cells = table.rows.map(({ cells, strong }) => textWidth(cells[i]!, pt, strong));
      const head = heads[i]!.map((line) => textWidth(line, pt, false));
      return sum + Math.max(...head, ...cells.map((width) => Math.min(width, breaks[i] ?? Infinity)));
    }, 2 * separation * (columns.length - 1))
  );
}

for (const table of [...TABLES, WIDE]) {
  Deno.test(`the LaTeX table ${table.name} fits a text of 5.5 inches`, () => {
    for (const width of widthsOf(table)) assert.ok(width <= TEXT_WIDTH, `${width} pt`);
  });
}

Deno.test("a table that cannot fit comes in parts, each with the first column", () => {
  const { parts } = latexLayout(WIDE);
  assert.ok(parts.length > 1);
  assert.ok(parts.every(([first]) => first === 0));
  assert.deepEqual(parts.flatMap((columns) => columns.slice(1)), Array.from({ length: 19 }, (_, i) => i + 1));
  const text = latexTable(WIDE);
  assert.equal(text.match(/\\begin\{table\}/g)!.length, parts.length);
  assert.match(text, /Wider than any page\. Continued\}\n {2}\\label\{tab:wide-2\}/);
});

const hasTex = await new Deno.Command("pdflatex", { args: ["--version"], stdout: "null", stderr: "null" })
  .output().then(({ success }) => success, () => false);

Deno.test({
  name: "pdfLaTeX sets every table without an overfull box",
  ignore: !hasTex,
  fn: () =>
    inFolder(async (folder) => {
      const head =
        String.raw`\documentclass[10pt]{article}\usepackage[T1]{fontenc}\usepackage{textcomp,booktabs}` +
        String.raw`\setlength{\textwidth}{5.5in}\setlength{\textheight}{20in}\begin{document}`;
      const body = [...TABLES, WIDE].map((table) => `${latexTable(table)}\\clearpage`).join("\n");
      await Deno.writeTextFile(join(folder, "all.tex"), `${head}\n${body}\n\\end{document}\n`);
      const { stdout } = await new Deno.Command("pdflatex", {
        args: ["-draftmode", "-interaction=nonstopmode", "all.tex"],
        cwd: folder,
        stderr: "null",
      }).output();
      const said = new TextDecoder().decode(stdout);
      assert.match(said, /Transcript written/);
      assert.deepEqual(said.match(/^(Overfull .*|! .*)$/gm), null);
    }),
});
