import * as Plot from "@observablehq/plot";
import { type AccountLine, requireAccount } from "./account_line.ts";
import { accountHover, accountLineMarks, accountPoints } from "./account_marks.ts";
import type { Panel } from "./figure.ts";
import { PANEL_TITLE } from "./figure.ts";
import { decimal } from "./format.ts";
import { FAINT, QUIET, SOFT } from "./theme.ts";
import { timePanelOptions } from "./time_panel.ts";

/** A time at which something happens, and what. */
export interface PathMark {
  /** ms UTC. */
  readonly time: number;
  /** What is written beside it. */
  readonly text: string;
}

/** Accounts as multiples of what they started with, one panel; a rule stands at 1, and one at each mark. */
export function accountPathsPanel(
  accounts: readonly AccountLine[],
  place: Pick<Panel, "x" | "y" | "width" | "height">,
  title: string,
  marks: readonly PathMark[] = [],
  labelled = true,
): Panel {
  accounts.forEach(requireAccount);
  const multiples = accounts.map(({ equity, start }) => equity.map((value) => value / start));
  const low = Math.min(1, ...multiples.map((one) => one.reduce((a, b) => Math.min(a, b))));
  const high = Math.max(1, ...multiples.map((one) => one.reduce((a, b) => Math.max(a, b))));
  const air = Math.max(0.01, (high - low) * 0.06);
  const text = (value: number) => `${decimal(value, high - low < 0.1 ? 3 : 2)}×`;
  return {
    ...place,
    title,
    plot: {
      ...timePanelOptions(accounts[0]!.openTime, place.width, place.height - PANEL_TITLE, labelled),
      marginTop: marks.length > 0 ? 22 : 12,
      marginLeft: 52,
      y: { domain: [low - air, high + air], ticks: 4, tickFormat: text, tickSize: 0, label: null },
      marks: [
        Plot.gridY({ ticks: 4, stroke: FAINT, strokeOpacity: 1 }),
        Plot.ruleY([1], { stroke: SOFT, strokeWidth: 0.8 }),
        Plot.ruleX(marks, { x: "time", stroke: QUIET, strokeWidth: 1.2, ariaDescription: "marked times" }),
        ...accountLineMarks(accountPoints(accounts, multiples, place.width), "path"),
        Plot.text(marks, {
          x: "time",
          text: "text",
          frameAnchor: "top",
          dy: -14,
          dx: 4,
          textAnchor: "start",
          fill: SOFT,
          ariaDescription: "marks",
        }),
      ],
    },
    hover: accountHover(accounts, multiples, text),
  };
}
