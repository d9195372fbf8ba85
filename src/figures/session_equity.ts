/** Equity of a paper session over some days. */
import * as Plot from "@observablehq/plot";
import type { Figure } from "./figure.ts";
import { decimal } from "./format.ts";
import { singlePanelFigure } from "./single_panel.ts";
import { FAINT, type FigureWidth, LOSS, SOFT, STRONG, widthOf } from "./theme.ts";
import { thinLine } from "./thin.ts";
import { timeAxis } from "./time_axis.ts";

const HEIGHT: Readonly<Record<FigureWidth, number>> = { page: 300, column: 260, phone: 240 };

/** What is drawn. */
export interface SessionEquity {
  /** Where the bars come from. */
  readonly subtitle: string;
  /** Closes, ms UTC, ascending; the first is the one before the period. At least one. */
  readonly times: readonly number[];
  /** Equity at each, USDT. */
  readonly equity: readonly number[];
  /** Times of alerts, ms UTC. */
  readonly alerts: readonly number[];
}

/** Equity in USDT at each close; upright lines are alerts. */
export function sessionEquityFigure(
  { subtitle, times, equity, alerts }: SessionEquity,
  size: FigureWidth = "page",
): Figure {
  const width = widthOf(size), first = times[0]!;
  const points = thinLine(times, Float64Array.from(equity), 600);
  return singlePanelFigure(
    {
      name: "session_equity",
      title: "Equity",
      subtitle,
      caption:
        "Equity in USDT at each close after fees, slippage and funding. The grey line is where the period " +
        "began; upright lines are alerts.",
    },
    HEIGHT[size],
    {
      marginLeft: 62,
      marginBottom: 44,
      x: { ...timeAxis(first, times.at(-1)!), ticks: size === "page" ? 8 : 4 },
      y: { label: null, nice: true, ticks: 5, tickFormat: (value: number) => decimal(value, 0) },
      marks: [
        Plot.gridY({ ticks: 5, stroke: FAINT, strokeOpacity: 1 }),
        Plot.ruleY([equity[0]!], { stroke: SOFT, strokeWidth: 0.8, ariaDescription: "start" }),
        Plot.ruleX(alerts, { stroke: LOSS, strokeWidth: 1, strokeOpacity: 0.6, ariaDescription: "alerts" }),
        Plot.line(points, { stroke: STRONG[0], strokeWidth: 2, ariaDescription: "equity" }),
      ],
    },
    undefined,
    width,
  );
}
