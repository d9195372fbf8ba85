/** A table as GitHub and Jupyter read Markdown. */
import { requireTable, type Table } from "../../figures/table.ts";
import { plainText } from "../../figures/text.ts";

/** Text that Markdown shows as it is: every sign that could begin markup or a tag is escaped. */
export function markdownText(text: string): string {
  return plainText(text).replace(/[\\`*_{}[\]()#+!|~<>&$]/g, (sign) => SPELT[sign] ?? `\\${sign}`);
}

/** Signs that a backslash does not protect everywhere. */
const SPELT: Readonly<Record<string, string>> = {
  "<": "&lt;",
  ">": "&gt;",
  "&": "&amp;",
  "(": "(",
  ")": ")",
  "+": "+",
  "!": "!",
};

/** The table with its title above and its caption below; numbers stand right, the strong row is bold. */
export function markdownTable(table: Table): string {
  requireTable(table);
  const { title, caption, columns, rows } = table;
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const bold = (text: string) => (text === "" ? "" : `**${text}**`);
  return [
    `### ${markdownText(title)}`,
    "",
    ...(columns.length === 0 ? [] : [
      line(columns.map(({ label }) => markdownText(label))),
      line(columns.map(({ align }) => (align === "right" ? "---:" : "---"))),
    ]),
    ...rows.map(({ cells, strong }) =>
      line(cells.map((cell) => (strong ? bold(markdownText(cell)) : markdownText(cell))))
    ),
    ...(caption === "" ? [] : ["", markdownText(caption)]),
    "",
  ].join("\n");
}
