/** A table for a paper: booktabs rules, every sign escaped, so that what stands in a label stands on the page. */
import type { Table } from "../../figures/table.ts";
import { plainText } from "../../figures/text.ts";

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

/** Characters from which on a text is broken into lines, and the column that breaks it. */
const LONG = 60;
const PARAGRAPH = "p{0.5\\linewidth}";

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
 * `\usepackage[T1]{fontenc}` with `\usepackage{textcomp}` for quotes. The strong row is bold.
 */
export function latexTable({ name, title, caption, columns, rows }: Table): string {
  const columnKind = (i: number) =>
    columns[i]!.align === "right" ? "r" : rows.some(({ cells }) => cells[i]!.length > LONG) ? PARAGRAPH : "l";
  const line = (cells: readonly string[]) => `    ${cells.join(" & ")} \\\\`;
  return [
    "\\begin{table}",
    "  \\centering",
    "  \\small",
    `  \\caption{${
      latexText([title, caption].filter((text) => text !== "").join(". ").replace(/\.\. /, ". "))
    }}`,
    `  \\label{tab:${name.replace(/[^A-Za-z0-9:-]/g, "-")}}`,
    `  \\begin{tabular}{@{}${columns.map((_, i) => columnKind(i)).join("")}@{}}`,
    "    \\toprule",
    line(columns.map(({ label }) => latexText(label))),
    "    \\midrule",
    ...rows.map(({ cells, strong }) =>
      line(cells.map((cell) => (strong ? `\\textbf{${latexText(cell)}}` : latexText(cell))))
    ),
    "    \\bottomrule",
    "  \\end{tabular}",
    "\\end{table}",
    "",
  ].join("\n");
}
