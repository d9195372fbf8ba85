/** A table for a paper: booktabs rules, every sign escaped, so that what stands in a label stands on the page. */
import type { Table } from "../../figures/table.ts";
import { plainText } from "../../figures/text.ts";
import { type LatexLayout, latexLayout, POINTS } from "./latex_layout.ts";
import { textWidth } from "./latex_widths.ts";

/** Signs with a meaning in LaTeX, and signs that pdfLaTeX has no letter for. */
const SIGNS: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  "$": "\\$",
  "&": "\\&",
  "#": "\\#",
  "%": "\\%",
  "_": "\\_",
  "^": "\\textasciicircum{}",
  "~": "\\textasciitilde{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  '"': "\\textquotedbl{}",
  "`": "\\textasciigrave{}",
  "'": "\\textquotesingle{}",
  "[": "{[}", // an optional argument after \\
  "]": "{]}",
  "*": "{*}",
  "−": "$-$",
  "–": "--",
  "—": "---",
  "×": "$\\times$",
  "±": "$\\pm$",
  "∞": "$\\infty$",
  "≤": "$\\leq$",
  "≥": "$\\geq$",
  "≈": "$\\approx$",
  "…": "\\ldots{}",
  "·": "$\\cdot$",
  "→": "$\\to$",
  "‘": "`",
  "’": "'",
  "“": "``",
  "”": "''",
  "§": "\\S{}",
  "°": "$^\\circ$",
  "µ": "$\\mu$",
  "\u00a0": "~",
};

/** Letters that inputenc's utf8 knows with the T1 encoding. */
const KNOWN = /[\u00c0-\u00ff\u0100-\u017f]/;

/** Text as LaTeX shows it. A letter that pdfLaTeX has no glyph for is named by its code point, so that it compiles. */
export function latexText(text: string): string {
  return [...plainText(text)].map((sign, i, all) => {
    if (sign === "-" && all[i - 1] === "-") return "{}-"; // two in a row would be drawn as one dash
    if (SIGNS[sign] !== undefined) return SIGNS[sign];
    if (sign <= "~" || KNOWN.test(sign)) return sign;
    return `\\texttt{U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}}`;
  }).join("");
}

/**
 * A `table` environment with caption and label (`tab:<name>`); needs `\usepackage{booktabs}`, and
 * `\usepackage[T1]{fontenc}` with `\usepackage{textcomp}` for quotes. The strong row is bold. It fits a text of 5.5
 * inches (397 pt), as NeurIPS has it: by size, by less space between columns, by lines broken, last by parts, each of
 * which repeats the first column.
 */
export function latexTable(table: Table): string {
  const layout = latexLayout(table);
  return layout.parts.map((columns, part) => latexPart(table, layout, columns, part)).join("\n");
}

function latexPart(
  { name, title, caption, columns, rows }: Table,
  { size, separation, breaks, heads }: LatexLayout,
  shown: readonly number[],
  part: number,
): string {
  const line = (cells: readonly string[]) => `    ${cells.join(" & ")} \\\\`;
  const cellText = (i: number, text: string, strong: boolean) => {
    const set = strong ? `\\textbf{${latexText(text)}}` : latexText(text);
    const width = breaks[i]!;
    return width === null || textWidth(text, POINTS[size], strong) <= width
      ? set
      : `\\parbox[t]{${width}pt}{\\raggedright ${set}\\strut}`;
  };
  const headText = (i: number) => {
    const lines = heads[i]!.map(latexText);
    return lines.length === 1 ? lines[0]! : `\\shortstack[${columns[i]!.align[0]}]{${lines.join("\\\\")}}`;
  };
  const kept = part === 0 ? caption : "Continued";
  return [
    "\\begin{table}",
    "  \\centering",
    `  \\${size}`,
    ...(separation === 6 ? [] : [`  \\setlength{\\tabcolsep}{${separation}pt}`]),
    `  \\caption{${
      latexText([title, kept].filter((text) => text !== "").join(". ").replace(/\.\. /, ". "))
    }}`,
    `  \\label{tab:${name.replace(/[^A-Za-z0-9:-]/g, "-")}${part === 0 ? "" : `-${part + 1}`}}`,
    `  \\begin{tabular}{@{}${shown.map((i) => columns[i]!.align[0]).join("")}@{}}`,
    "    \\toprule",
    line(shown.map(headText)),
    "    \\midrule",
    ...rows.map(({ cells, strong }) => line(shown.map((i) => cellText(i, cells[i]!, strong)))),
    "    \\bottomrule",
    "  \\end{tabular}",
    "\\end{table}",
    "",
  ].join("\n");
}
