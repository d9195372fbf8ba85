import { decimal } from "../../figures/format.ts";
import type { Measure } from "../measure.ts";

/**
 * Minutes between the close of a bar and its books: read when they are compared with the exchange, or when a guard finds
 * the bar stale.
 */
export const lateness: Measure = () => {
  let closed = NaN, row = -1;
  return (event) => {
    if (event.type === "bar") {
      closed = event.time;
      row = event.row;
      return null;
    }
    const minutes = event.type === "reconciliation" && event.row === row
      ? (event.time - closed) / 60_000
      : event.type === "guard" && event.rule === "staleMinutes"
      ? event.value ?? NaN
      : null;
    if (minutes === null) return null;
    return { value: minutes, text: `the newest bar came ${decimal(minutes, 1)} minutes late` };
  };
};
