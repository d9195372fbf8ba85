import { displayed } from "./displayed.ts";
import * as Plot from "@observablehq/plot";
import { BARS_PER_DAY } from "../core/universe.ts";
import { rollingSharpe } from "../stats/rolling_sharpe.ts";
import { sharpeError } from "../stats/sharpe.ts";
import {
  type AccountLine,
  accountStyle,
  closesOf,
  type FigureHead,
  requireHead,
  returnsOf,
} from "./account_line.ts";
import { accountHover, accountLegend, accountLineMarks, accountPoints } from "./account_marks.ts";
import { singlePanelFigure } from "./single_panel.ts";
import type { Figure } from "./figure.ts";
import { count, decimal } from "./format.ts";
import { readRows } from "./hover.ts";
import { plainText } from "./text.ts";
import { FAINT, SOFT, widthOf } from "./theme.ts";
import { timePanelOptions } from "./time_panel.ts";

const HEIGHT = 300;
/** Standard errors either side of an interval of 95 %. */
const WIDTH_IN_ERRORS = 1.96;
/** Rows of the band: as many as can be told apart. */
const BAND_ROWS = 240;

/**
 * Annual Sharpe ratio of the last `window` bars, with the first account's 95 % interval.
 *
 * @param window Bars, an integer from 2 to the number of bars; 540 are 90 days.
 * @throws {RangeError} If there is no account, one cannot be drawn, or no window is full.
 */
export function rollingSharpeFigure(
  accounts: readonly AccountLine[],
  window: number,
  head: FigureHead,
): Figure {
  const [first] = accounts;
  if (!first) {
    throw new RangeError(
      "Cannot draw rolling Sharpe ratios as there must be at least one account: current value is 0",
    );
  }
  const returns = accounts.map(returnsOf);
  const n = first.openTime.length;
  if (!(Number.isInteger(window) && window >= 2 && window <= n)) {
    throw new RangeError(
      `Cannot draw rolling Sharpe ratios as the window must be an integer from 2 to the ${n} bars: current value is ${window}`,
    );
  }
  const ratios = returns.map((line) =>
    rollingSharpe(line, window).map((value) => (Number.isFinite(value) ? value : NaN))
  );
  const closes = closesOf(first);
  const band = readRows(n - window + 1, BAND_ROWS).map((row) => row + window - 1).flatMap((row) => {
    const error = sharpeError(returns[0]!.subarray(row - window + 1, row + 1)), ratio = ratios[0]![row]!;
    return error === null || Number.isNaN(ratio)
      ? []
      : [{ x: closes[row]!, low: ratio - WIDTH_IN_ERRORS * error, high: ratio + WIDTH_IN_ERRORS * error }];
  });
  requireHead(head);
  const width = widthOf(head.width ?? "page");
  const lines = accountPoints(accounts, ratios, width);
  const values = [
    ...band.flatMap(({ low, high }) => [low, high]),
    ...lines.flatMap((points) => points.map(([, y]) => y)),
  ];
  const low = Math.min(-0.5, ...values), high = Math.max(0.5, ...values), air = (high - low) / 25;
  const figure = singlePanelFigure(
    {
      name: "rolling_sharpe",
      title: `Sharpe ratio of the last ${count(window / BARS_PER_DAY)} days`,
      subtitle: head.subtitle,
      caption:
        `Annual Sharpe ratio of net returns over the last ${
          count(window)
        } bars; nothing is drawn before the first ` +
        `window is full. The band is ${
          plainText(first.label)
        } ± 1.96 standard errors, as if bars were independent. ` +
        "Neighbouring windows share most of their bars: a long swing is one observation, not many.",
    },
    HEIGHT,
    {
      ...timePanelOptions(first.openTime, width, HEIGHT),
      y: {
        domain: [low - air, high + air],
        ticks: 6,
        tickFormat: (tick: number) => decimal(tick, high - low < 2 ? 1 : 0),
        tickSize: 0,
        label: null,
      },
      marks: [
        Plot.gridY({ ticks: 6, stroke: FAINT, strokeOpacity: 1 }),
        Plot.areaY(band, {
          x: "x",
          y1: "low",
          y2: "high",
          fill: accountStyle(0).colour,
          fillOpacity: 0.16,
          ariaDescription: "interval",
        }),
        Plot.ruleY([0], { stroke: SOFT, strokeWidth: 0.8 }),
        ...accountLineMarks(lines, "rolling Sharpe"),
      ],
    },
    accountHover(accounts, ratios, (value) => decimal(value), window - 1),
    width,
  );
  return displayed({ ...figure, legend: accountLegend(accounts) });
}
