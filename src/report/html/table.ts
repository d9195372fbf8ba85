/** A table as HTML: escaped, with the hints of its columns, and no style of its own. */
import type { Table } from "../../figures/table.ts";
import { type Html, html, markup } from "./html.ts";

/** A <table> element; a strong row has class "strong", right-aligned cells class "number". */
export function tableHtml({ columns, rows }: Table): Html {
  const kinds = columns.map(({ align }) => align === "right" ? markup(' class="number"') : "");
  const head = columns.map(({ label, hint }, i) =>
    html`
      <th scope="col" ${kinds[i]} title="${hint}">${label}</th>
    `
  );
  const lines = rows.map(({ cells, strong }) =>
    html`
      <tr${strong ? markup(' class="strong"') : ""}>${cells.map((cell, i) =>
        html`<td${kinds[i]}>${cell}</td>`
      )}</tr>
    `
  );
  return html`
    <table>
      <thead>
        <tr>${head}</tr>
      </thead>
      <tbody>${lines}</tbody>
    </table>
  `;
}
