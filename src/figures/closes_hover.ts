import { BAR_MS } from "../core/universe.ts";
import { type LinesHover, readRows } from "./hover.ts";
import { plainText } from "./text.ts";
import { minute } from "./time_panel.ts";

/** A line of values at closes that a pointer reads. */
export interface ReadLine {
  readonly label: string;
  readonly colour: string;
  /** Value at each close, in units of the panel's y scale; one without a place is NaN; shape [rows]. */
  readonly values: Float64Array;
}

/** Readings of all lines together, so that a page of many lines stays small. */
const READINGS = 9000;
/** Readings of one line: as many as a pointer can tell apart. */
const MOST = 700;

/**
 * What a pointer reads in a panel over time: every line at the nearest close.
 *
 * @param text A value as it is read.
 * @param mostRows Closes that can be told apart.
 * @param from First row that is read; rows before it have no value.
 */
export function closesHover(
  openTime: Float64Array,
  lines: readonly ReadLine[],
  text: (value: number) => string,
  from = 0,
  mostRows = MOST,
): LinesHover {
  const most = Math.min(mostRows, Math.floor(READINGS / Math.max(1, lines.length)));
  const rows = readRows(openTime.length - from, most).map((row) => from + row);
  const closes = rows.map((row) => openTime[row]! + BAR_MS);
  return {
    kind: "lines",
    x: closes,
    heads: closes.map(minute),
    lines: lines.map(({ label, colour, values }) => ({
      label: plainText(label),
      colour,
      y: rows.map((row) => values[row]!),
      texts: rows.map((row) => text(values[row]!)),
    })),
  };
}
