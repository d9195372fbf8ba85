/** What a judged grid puts into the paper folder as text: each file follows from stored results alone. */
import type { RobustRecord } from "../../experiments/evidence/robust/robust_record.ts";
import type { Summary } from "../../experiments/evidence/summarise.ts";
import { claimsTable, guardsTable, levelsTable } from "../../figures/evidence_tables.ts";
import { pText, signed } from "../../figures/format.ts";
import { paperFigures } from "../../figures/paper_figures.ts";
import { robustTables } from "../../figures/robust_tables.ts";
import { latexTable, latexText } from "./latex_table.ts";

/** The tables of a grid: path below the paper folder -> text. */
export function paperTables(
  summary: Summary,
  robust: RobustRecord | null,
): Readonly<Record<string, string>> {
  const { grid } = summary.record;
  const tables = [
    claimsTable(summary),
    levelsTable(summary),
    guardsTable(summary),
    ...robustTables(summary.record, robust),
  ];
  return Object.fromEntries(
    tables.map((
      table,
    ) => [`tables/${grid}_${table.name}.tex`, latexTable({ ...table, name: `${grid}-${table.name}` })]),
  );
}

/** The macros of grids, one number each, for the text of the paper: \evidenceSmokeTransferWeakEffect. */
export function paperMacros(summaries: readonly Summary[]): string {
  const lines = summaries.flatMap(({ record, claims }) => {
    const macro = (parts: readonly string[], value: string) =>
      `\\newcommand{\\${macroName([record.grid, ...parts])}}{${latexText(value)}}`;
    return [
      `% grid ${record.grid} ${record.gridHash}, ${record.trials} trials`,
      macro(["grid", "hash"], record.gridHash.slice(0, 10)),
      macro(["trials"], `${record.trials}`),
      macro(["cells"], `${record.cells.length}`),
      ...claims.flatMap((claim) => {
        const own = (what: string, value: string) => macro([claim.name, claim.market, what], value);
        return [
          own("effect", signed(claim.effect)),
          own("lower", signed(claim.lower)),
          own("upper", signed(claim.upper)),
          own("p", pText(claim.holmP)),
          own("verdict", claim.ruling ?? "no verdict"),
        ];
      }),
    ];
  });
  return `% Written by popagent experiment export; checked by deno task verify-paper.\n${lines.join("\n")}\n`;
}

/** The file that main.tex inputs: tables and figures of all exported grids. */
export function paperResults(
  grids: readonly { readonly summary: Summary; readonly robust: RobustRecord | null }[],
): string {
  const parts = grids.flatMap(({ summary, robust }) => {
    const { record } = summary;
    return [
      `\\subsection*{Grid ${latexText(record.grid)}${record.provisional ? " (provisional)" : ""}}`,
      latexText(record.registration.question),
      ...Object.keys(paperTables(summary, robust)).map((path) => `\\input{${path}}`),
      ...paperFigures(summary).map(({ name }) =>
        [
          "\\begin{figure}",
          "  \\centering",
          `  \\includegraphics[width=\\linewidth]{figures/${record.grid}_${name}.pdf}`,
          "\\end{figure}",
        ].join("\n")
      ),
      "\\clearpage",
    ];
  });
  return `% Written by popagent experiment export.\n${parts.join("\n")}\n`;
}

const DIGITS = ["Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];

/** A name that TeX takes: letters alone, each word with a capital but the first. */
function macroName(parts: readonly string[]): string {
  const words = parts.join(" ").replace(/\d/g, (digit) => ` ${DIGITS[Number(digit)]} `).split(/[^A-Za-z]+/);
  return words.filter((word) => word !== "").map((word, i) =>
    i === 0 ? word[0]!.toLowerCase() + word.slice(1) : word[0]!.toUpperCase() + word.slice(1)
  ).join("");
}
