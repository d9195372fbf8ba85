/** A table as HTML: escaped, with the hints of its columns, and no style of its own. */
import type { Table } from "../figures/table.ts";
import { escapeXml } from "./svg_export.ts";

/** A <table> element; a strong row has class "strong", right-aligned cells class "number". */
export function tableHtml(table: Table): string {
  const kind = table.columns.map((column) => (column.align === "right" ? ' class="number"' : ""));
  const head = table.columns.map((column, i) =>
    `<th scope="col"${kind[i]} title="${escapeXml(column.hint)}">${escapeXml(column.label)}</th>`
  );
  const rows = table.rows.map((row) => {
    const cells = row.cells.map((cell, i) => `<td${kind[i]}>${escapeXml(cell)}</td>`);
    return `<tr${row.strong ? ' class="strong"' : ""}>${cells.join("")}</tr>`;
  });
  return `<table><thead><tr>${head.join("")}</tr></thead>\n<tbody>${rows.join("\n")}</tbody></table>`;
}
