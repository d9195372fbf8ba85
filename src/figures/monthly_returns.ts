import * as Plot from "@observablehq/plot";
import { BARS_PER_DAY } from "../core/universe.ts";
import { type MonthlyReturn, monthlyReturns } from "../stats/monthly_returns.ts";
import { type AccountLine, type FigureHead, requireHead, returnsOf } from "./account_line.ts";
import type { Figure } from "./figure.ts";
import { percent, signed, signedPercent } from "./format.ts";
import { singlePanelFigure } from "./single_panel.ts";
import { plainText } from "./text.ts";
import { FAINT, INK, PAPER, widthOf, WIDTHS } from "./theme.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const YEAR = "Year";
const ROW = 30;
const TOP = 24;
const BOTTOM = 6;
/** Loss to gain; the middle is paper. Ends are so light that ink can be read on them. */
const COLOURS = ["#e08a3c", "#f3c896", "#ffffff", "#bcdcd3", "#5fb39f"];

interface Cell {
  readonly year: string;
  readonly column: string;
  readonly value: number;
  /** False where the bars do not cover the month, or the year. */
  readonly whole: boolean;
}

/** Net return of every month and year, as a table whose cells are coloured. */
export function monthlyReturnsFigure(account: AccountLine, head: FigureHead): Figure {
  const months = monthlyReturns(returnsOf(account), account.openTime);
  const cells: Cell[] = months.map((month) => ({
    year: String(month.year),
    column: MONTHS[month.month - 1]!,
    value: month.value,
    whole: isWhole(month),
  }));
  const years = [...new Set(cells.map(({ year }) => year))];
  const sums: Cell[] = years.map((year) => {
    const own = cells.filter((cell) => cell.year === year);
    return {
      year,
      column: YEAR,
      value: own.reduce((equity, { value }) => equity * (1 + value), 1) - 1,
      whole: own.length === 12 && own.every(({ whole }) => whole),
    };
  });
  const limit = Math.max(0.01, ...cells.map(({ value }) => Math.abs(value)));
  requireHead(head);
  const width = widthOf(head.width ?? "page");
  const narrow = width < WIDTHS.page;
  const height = TOP + years.length * ROW + BOTTOM;
  const texts = (which: readonly Cell[], weight: "bold" | "normal") =>
    [true, false].map((whole) =>
      Plot.text(which.filter((cell) => cell.whole === whole), {
        x: "column",
        y: "year",
        text: ({ value }: Cell) => cellText(value, narrow),
        fontSize: narrow ? 9 : 11,
        fontWeight: whole ? weight : "normal", // no face here is bold and italic
        fontStyle: whole ? "normal" : "italic",
        fill: INK,
        ariaDescription: `${whole ? "whole" : "partial"} ${weight === "bold" ? "years" : "months"}`,
      })
    );
  return singlePanelFigure(
    {
      name: "monthly_returns",
      title: `Monthly returns: ${plainText(account.label)}`,
      subtitle: head.subtitle,
      caption:
        "Net return in percent, compounded over the bars that open in the month (UTC). Colour repeats what the number " +
        `says; its ends are ±${
          percent(limit)
        }. In italics: months and years that the bars do not cover whole.`,
    },
    height,
    {
      width,
      height,
      marginTop: TOP,
      marginBottom: BOTTOM,
      marginLeft: 44,
      marginRight: 6,
      x: {
        type: "band",
        domain: [...MONTHS, YEAR],
        tickFormat: (column: string) => (width <= WIDTHS.phone && column !== YEAR ? column[0]! : column),
        axis: "top",
        tickSize: 0,
        label: null,
        padding: 0.04,
      },
      y: { type: "band", domain: years, tickSize: 0, label: null, padding: 0.08 },
      color: {
        type: "linear",
        domain: [-limit, -limit / 2, 0, limit / 2, limit],
        range: COLOURS,
        clamp: true,
      },
      marks: [
        Plot.cell(cells, {
          x: "column",
          y: "year",
          fill: "value",
          stroke: FAINT,
          strokeWidth: 0.6,
          ariaDescription: "month",
        }),
        Plot.cell(sums, { x: "column", y: "year", fill: PAPER, ariaDescription: "year" }),
        ...texts(cells, "normal"),
        ...texts(sums, "bold"),
      ],
    },
    {
      kind: "cells",
      cells: [...cells, ...sums].map(({ year, column, value, whole }) => ({
        x: column,
        y: year,
        head: column === YEAR ? year : `${column} ${year}`,
        texts: [signedPercent(value, 2), ...(whole ? [] : ["not whole"])],
      })),
    },
    width,
  );
}

/** A percentage as short as its cell. */
function cellText(value: number, narrow: boolean): string {
  return signed(100 * value, Math.abs(value) >= (narrow ? 0.1 : 1) ? 0 : 1);
}

function isWhole({ year, month, bars }: MonthlyReturn): boolean {
  return bars >= new Date(Date.UTC(year, month, 0)).getUTCDate() * BARS_PER_DAY;
}
