import * as Plot from "@observablehq/plot";
import { spread } from "./spread.ts";
import { fitText, textWidth } from "./text.ts";

/** A line's label: where the line ends, what is written, and how. */
export interface EndLabel {
  readonly text: string;
  /** Written after the text and never cut, such as a return; "" for none. */
  readonly figure: string;
  /** Last value of the line, in data units. */
  readonly value: number;
  readonly colour: string;
  readonly bold: boolean;
}

/** The axes that labels stand on, as they are given to Plot. */
export interface LabelAxes {
  readonly type: "linear" | "log";
  readonly domain: readonly [number, number];
  /** Px of the domain's lower and upper end from the panel's top (the lower end has the larger px). */
  readonly bottom: number;
  readonly top: number;
  /** Where the lines end and where the leaders do: `lastX` and `labelX` in data units. */
  readonly lastX: number;
  readonly labelX: number;
}

const LABEL_SIZE = 11;
const LABEL_GAP = 14;
const LABEL_WIDTH = 290;
const LEADER_WIDTH = 20;

/** The label as it will be written: its text is cut where it would be wider than a label may be. */
function fitLabel({ text, figure }: Pick<EndLabel, "text" | "figure">): string {
  const tail = figure === "" ? "" : `  ${figure}`;
  return fitText(text, LABEL_WIDTH - textWidth(tail, LABEL_SIZE), LABEL_SIZE) + tail;
}

/** Right margin in px that labels need beyond the leaders. */
export function labelRoom(labels: readonly Pick<EndLabel, "text" | "figure">[]): number {
  return 14 + Math.max(0, ...labels.map((label) => textWidth(fitLabel(label), LABEL_SIZE)));
}

/** Least height in px of a plot's inner area that holds n labels. */
export function labelHeight(n: number): number {
  return (n - 1) * LABEL_GAP;
}

/** Where leaders end: the x domain must reach from `first` to here, so that they have their width in px. */
export function leaderEnd(first: number, last: number, innerWidth: number): number {
  return last + (last - first) * LEADER_WIDTH / (innerWidth - LEADER_WIDTH);
}

/** Labels at the end of lines in place of a legend, moved apart where they would overlap, each tied to its line by a leader. */
export function endLabels(labels: readonly EndLabel[], axes: LabelAxes): Plot.Markish[] {
  const { pixel, value } = mapping(axes);
  const wanted = labels.map((label) =>
    pixel(Math.min(Math.max(label.value, axes.domain[0]), axes.domain[1]))
  );
  const placed = spread(wanted, LABEL_GAP, axes.top, axes.bottom).map(value);
  return labels.flatMap((label, i) => [
    Plot.link([i], {
      x1: [axes.lastX],
      x2: [axes.labelX],
      y1: [value(wanted[i]!)],
      y2: [placed[i]!],
      stroke: label.colour,
      strokeWidth: 0.8,
      strokeOpacity: 0.7,
      ariaDescription: "leader",
    }),
    Plot.text([i], {
      x: [axes.labelX],
      y: [placed[i]!],
      text: [fitLabel(label)],
      textAnchor: "start",
      dx: 4,
      fill: label.colour,
      fontSize: LABEL_SIZE,
      fontWeight: label.bold ? "bold" : "normal",
      ariaDescription: "end label",
    }),
  ]);
}

function mapping({ type, domain, bottom, top }: LabelAxes) {
  const scale = type === "log" ? Math.log : (x: number) => x;
  const inverse = type === "log" ? Math.exp : (x: number) => x;
  const low = scale(domain[0]), high = scale(domain[1]);
  return {
    pixel: (x: number) => bottom + (scale(x) - low) / (high - low) * (top - bottom),
    value: (px: number) => inverse(low + (px - bottom) / (top - bottom) * (high - low)),
  };
}
