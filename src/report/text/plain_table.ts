import type { Column, Table } from "../../figures/table.ts";
import { textTable } from "./run_text.ts";

/** A column as its label and the side its cells are flush with. */
export type PlainColumn = readonly [label: string, align: Column["align"]];

/** Texts as a table without title and hints, at most as wide as the page, no spaces at the ends of lines. */
export function plainTable(
  columns: readonly PlainColumn[],
  rows: readonly (readonly string[])[],
): string {
  const table: Table = {
    name: "",
    title: "",
    caption: "",
    columns: columns.map(([label, align]) => ({ label, align, hint: "" })),
    rows: rows.map((cells) => ({ cells, strong: false })),
  };
  return textTable(table);
}
