/** The best points of a sweep, as a table. */
import { displayed } from "../figures/displayed.ts";
import { count as wholeNumber, decimal, percent, signedPercent } from "../figures/format.ts";
import type { Table } from "../figures/table.ts";
import type { Grid, Sweep } from "./sweep.ts";

/** The best rows of a sweep as a table; how many trials stand behind them is in its caption. */
export function sweepTable<Parameters extends Grid>(
  { rows, trials, deflatedSharpe }: Sweep<Parameters>,
  count = 10,
): Table {
  const names = Object.keys(rows[0]!.values);
  const number = (label: string, hint: string) => ({ label, align: "right" as const, hint });
  const best = [...rows].sort((a, b) => b.sharpe - a.sharpe).slice(0, count);
  return displayed({
    name: "sweep",
    title: `The best ${best.length} of ${rows.length} points`,
    caption: `${trials} distinct trials were made on these rows. Deflated Sharpe ratio of the best: ` +
      `${
        deflatedSharpe === null ? "none, it never moved" : deflatedSharpe.toFixed(3)
      } (the probability that its ` +
      "true Sharpe ratio exceeds what the best of as many without skill would show).",
    columns: [
      ...names.map((name) => number(name, "parameter")),
      number("Sharpe", "annual, net"),
      number("Max drawdown", "share of the highest equity"),
      number("Return", "net, over the traded rows"),
      number("Entries", "positions opened"),
    ],
    rows: best.map(({ values, sharpe, maxDrawdown, totalReturn, entries }, i) => ({
      cells: [
        ...names.map((name) => String(values[name])),
        decimal(sharpe),
        percent(maxDrawdown),
        signedPercent(totalReturn),
        wholeNumber(entries),
      ],
      strong: i === 0,
    })),
  });
}
