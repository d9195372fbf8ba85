/** A quality report as a table. */
import { displayed } from "../figures/displayed.ts";
import { count, significant } from "../figures/format.ts";
import type { Column, Table } from "../figures/table.ts";
import type { QualityReport } from "../market/quality.ts";

const COLUMNS: readonly Column[] = [
  {
    label: "Severity",
    align: "left",
    hint: "error: results mean nothing; warning: look at it; note: known to happen",
  },
  { label: "Issue", align: "left", hint: "What is odd" },
  { label: "Coin", align: "left", hint: "Its symbol; nothing where all coins share the column" },
  { label: "Column", align: "left", hint: "Where" },
  {
    label: "Rows",
    align: "right",
    hint: "Rows affected; runs of rows for what stands still, missing bars for gaps",
  },
  { label: "First row", align: "right", hint: "Row of the first" },
  { label: "First time", align: "left", hint: "Its open, UTC" },
  { label: "Value there", align: "right", hint: "What was found" },
];

/** A quality report as a table: one row a finding, errors in bold. */
export function qualityTable({ rows, from, to, findings }: QualityReport): Table {
  return displayed({
    name: "quality",
    title: findings.length === 0
      ? "Nothing odd was found"
      : findings.length === 1
      ? "1 finding"
      : `${findings.length} findings`,
    caption: `${count(rows)} rows, ${from} to ${to} UTC. Reported, never repaired.`,
    columns: findings.length === 0 ? [] : COLUMNS,
    rows: findings.map((one) => ({
      cells: [
        one.severity,
        one.issue,
        one.coin ?? "",
        one.column,
        count(one.count),
        String(one.firstRow),
        one.firstTime,
        significant(one.firstValue),
      ],
      strong: one.severity === "error",
    })),
  });
}
