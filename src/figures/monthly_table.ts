import { displayed } from "./displayed.ts";
import type { RunResult } from "../experiments/result.ts";
import { signedPercent } from "./format.ts";
import type { Column, Table } from "./table.ts";
import { plainText } from "./text.ts";
import { requireResult } from "./run_parts.ts";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** Compounded net returns of the headline by calendar month: a row a year, a column a month. */
export function monthlyTable(result: RunResult): Table {
  requireResult(result, "strategies");
  const headline = result.strategies.find(({ name }) => name === result.headline)!;
  const months = headline.account?.months ?? [];
  const years = [...new Set(months.map(({ year }) => year))];
  const cell = (year: number, month: number) =>
    signedPercent(months.find((one) => one.year === year && one.month === month)?.value ?? null);
  return displayed({
    name: "monthly_returns",
    title: `Monthly returns: ${plainText(headline.label)}`,
    caption:
      "Compounded net returns by calendar month, UTC; the first and the last may be cut by the reported rows.",
    columns: [
      { label: "Year", align: "left", hint: "Calendar year, UTC" },
      ...MONTHS.map((label): Column => ({ label, align: "right", hint: `Net return of ${label}` })),
    ],
    rows: years.map((year) => ({
      cells: [`${year}`, ...MONTHS.map((_, i) => cell(year, i + 1))],
      strong: false,
    })),
  });
}
