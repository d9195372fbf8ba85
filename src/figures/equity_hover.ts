import { BAR_MS } from "../core/universe.ts";
import { decimal } from "./format.ts";
import { type LinesHover, readRows } from "./hover.ts";
import { minute } from "./time_panel.ts";

/** Readings of all lines together, so that a page of many lines stays small. */
const READINGS = 9000;

/** A line of equity that a pointer reads. */
export interface ReadEquity {
  readonly label: string;
  readonly colour: string;
  /** Multiple of the start at each close; shape [rows]. */
  readonly equity: Float64Array;
}

/** What a pointer reads in an equity figure: every line's multiple of its start at the nearest close. */
export function equityHover(openTime: Float64Array, lines: readonly ReadEquity[]): LinesHover {
  const rows = readRows(openTime.length, Math.min(700, Math.floor(READINGS / Math.max(1, lines.length))));
  const closes = rows.map((row) => openTime[row]! + BAR_MS);
  return {
    kind: "lines",
    x: closes,
    heads: closes.map(minute),
    lines: lines.map(({ label, colour, equity }) => ({
      label,
      colour,
      y: rows.map((row) => (equity[row]! > 0 ? equity[row]! : NaN)), // a log axis has no place for nothing
      texts: rows.map((row) => `${decimal(equity[row]!, 3)}×`),
    })),
  };
}
