import { displayed } from "./displayed.ts";
import * as Plot from "@observablehq/plot";
import { BARS_PER_DAY } from "../core/universe.ts";
import { drawdownDuration } from "../stats/drawdown_duration.ts";
import { drawdowns } from "../stats/drawdown.ts";
import {
  type AccountLine,
  accountStyle,
  closesOf,
  type FigureHead,
  requireHead,
  returnsOf,
} from "./account_line.ts";
import { accountHover, accountLegend, accountLineMarks, accountPoints } from "./account_marks.ts";
import type { Figure } from "./figure.ts";
import { count, day, percent } from "./format.ts";
import { singlePanelFigure } from "./single_panel.ts";
import { plainText } from "./text.ts";
import { FAINT, SOFT, widthOf } from "./theme.ts";
import { roundStep, stepDigits } from "./ticks.ts";
import { timePanelOptions } from "./time_panel.ts";

const HEIGHT = 250;

/**
 * Drawdown over time, 0 at the top: the first account filled, others as lines.
 *
 * @throws {RangeError} If there is no account, or one that cannot be drawn.
 */
export function underwaterFigure(accounts: readonly AccountLine[], head: FigureHead): Figure {
  const [first] = accounts;
  if (!first) {
    throw new RangeError("Cannot draw drawdowns as there must be at least one account: current value is 0");
  }
  const lost = accounts.map((account) => drawdowns(returnsOf(account)));
  const deepest = Math.max(0.01, ...lost.map((line) => line.reduce((a, b) => Math.max(a, b), 0)));
  const step = roundStep(deepest, 4), floor = Math.ceil(deepest / step - 1e-9) * step;
  const ticks = Array.from({ length: Math.round(floor / step) + 1 }, (_, i) => i * step);
  requireHead(head);
  const width = widthOf(head.width ?? "page");
  const lines = accountPoints(accounts, lost, width);
  const figure = singlePanelFigure(
    {
      name: "underwater",
      title: "Drawdown",
      subtitle: head.subtitle,
      caption: `Share of the highest equity so far that is lost, at the close of each bar. ${
        worstText(first, lost[0]!)
      }`,
    },
    HEIGHT,
    {
      ...timePanelOptions(first.openTime, width, HEIGHT),
      y: {
        domain: [floor, 0],
        ticks,
        tickFormat: (tick: number) => (tick === 0 ? "0%" : `−${percent(tick, stepDigits(100 * step))}`),
        tickSize: 0,
        label: null,
      },
      marks: [
        Plot.gridY(ticks, { stroke: FAINT, strokeOpacity: 1 }),
        Plot.areaY(lines[0]!, {
          x: "0",
          y1: 0,
          y2: "1",
          fill: accountStyle(0).colour,
          fillOpacity: 0.25,
          ariaDescription: "drawdown area",
        }),
        ...accountLineMarks(lines, "drawdown"),
        Plot.ruleY([0], { stroke: SOFT, strokeWidth: 0.8 }),
      ],
    },
    accountHover(accounts, lost, (value) => percent(value)),
    width,
  );
  return displayed({ ...figure, legend: accounts.length === 1 ? [] : accountLegend(accounts) });
}

/** How deep and how long, in one sentence. */
function worstText(account: AccountLine, lost: Float64Array): string {
  const deepest = lost.reduce((a, b) => Math.max(a, b), 0);
  if (deepest === 0) return `${plainText(account.label)} never lost from a high.`;
  const { longest, share } = drawdownDuration(returnsOf(account))!;
  return `${plainText(account.label)}: at most ${percent(deepest)}, on ${
    day(closesOf(account)[lost.indexOf(deepest)]! - 1)
  }; below an earlier high on ${percent(share, 0)} of bars, at most ${
    count(longest / BARS_PER_DAY)
  } days in a row.`;
}
