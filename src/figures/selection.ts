/** Which method an agent used when, and which it gave up. */
import * as Plot from "@observablehq/plot";
import { BAR_MS } from "../core/universe.ts";
import { formatTime } from "../core/time.ts";
import type { MethodSelection } from "../inventory/selection/select.ts";
import { displayed } from "./displayed.ts";
import type { Figure, Panel } from "./figure.ts";
import { decimal, percent } from "./format.ts";
import type { Table } from "./table.ts";
import { cycle, FIGURE_WIDTH, LOSS, SOFT, VARIANT } from "./theme.ts";
import { timePanelOptions } from "./time_panel.ts";

const LANE = 26, AXIS = 40;

/**
 * A lane for each method: filled while it was used, crossed where it was pruned.
 *
 * @param keys Names of the methods, in the order of the selection's indices.
 * @param openTime Open times of the selection's rows, ms UTC.
 */
export function selectionFigure(
  { chosen, pruned }: MethodSelection,
  keys: readonly string[],
  openTime: Float64Array,
  subtitle: string,
): Figure {
  const height = LANE * keys.length + AXIS;
  const spans = spansOf(chosen).map(({ method, from, to }) => ({
    key: keys[method]!,
    from: openTime[from]! + BAR_MS,
    to: openTime[to - 1]! + 2 * BAR_MS,
    colour: cycle(VARIANT, method),
  }));
  const ends = pruned.map(({ method, row }) => ({ key: keys[method]!, at: openTime[row]! + BAR_MS }));
  const panel: Panel = {
    x: 0,
    y: 0,
    width: FIGURE_WIDTH,
    height,
    title: "",
    plot: {
      ...timePanelOptions(openTime, FIGURE_WIDTH, height, true),
      marginLeft: 150,
      marginTop: 4,
      y: { type: "band", domain: [...keys], label: null, tickSize: 0, padding: 0.25 },
      marks: [
        Plot.barX(spans, { x1: "from", x2: "to", y: "key", fill: "colour" }),
        Plot.ruleX(ends, { x: "at", stroke: SOFT, strokeOpacity: 0.4, strokeDasharray: "3,3" }),
        Plot.dot(ends, { x: "at", y: "key", symbol: "times", stroke: LOSS, r: 6, strokeWidth: 2 }),
      ],
    },
  };
  return displayed({
    name: "selection",
    title: "Which method was used when",
    subtitle,
    caption: "A lane is filled while its method was chosen; a cross is the row at which it was pruned.",
    width: FIGURE_WIDTH,
    height,
    panels: [panel],
    legend: [{ label: "pruned", colour: LOSS, shape: "cross" }],
  });
}

interface Span {
  readonly method: number;
  readonly from: number;
  readonly to: number;
}

/** Rows from..to-1 of one method each, in order. */
function spansOf(chosen: Uint8Array): Span[] {
  const spans: Span[] = [];
  for (let from = 0; from < chosen.length;) {
    let to = from + 1;
    while (to < chosen.length && chosen[to] === chosen[from]) to++;
    spans.push({ method: chosen[from]!, from, to });
    from = to;
  }
  return spans;
}

/** Every method with how much it was used, and when and why it was pruned. */
export function selectionTable(
  { chosen, choices, pruned }: MethodSelection,
  keys: readonly string[],
  openTime: Float64Array,
): Table {
  return displayed({
    name: "selection_table",
    title: pruned.length === 0
      ? "No method was pruned"
      : `${pruned.length} of ${keys.length} methods were pruned`,
    caption:
      "failing: the best is 4 standard errors of their difference ahead. unused: hardly chosen, and 3 behind.",
    columns: [
      { label: "Method", align: "left", hint: "its key" },
      { label: "Chosen", align: "right", hint: "share of the choices" },
      { label: "Pruned", align: "left", hint: "close at which it was taken out, UTC" },
      { label: "Why", align: "left", hint: "what it fell short of" },
      { label: "Behind", align: "right", hint: "standard errors behind the best at that row" },
    ],
    rows: keys.map((key, method) => {
      const used = choices.filter((row) => chosen[row] === method).length / choices.length;
      const gone = pruned.find((one) => one.method === method);
      return {
        cells: [
          key,
          percent(used, 0),
          gone ? formatTime(openTime[gone.row]! + BAR_MS) : "–",
          gone ? gone.cause : "–",
          gone ? decimal(gone.behind, 1) : "–",
        ],
        strong: false,
      };
    }),
  });
}
