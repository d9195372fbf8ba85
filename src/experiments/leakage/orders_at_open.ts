import { DECLARED_COINS } from "../../core/universe.ts";
import type { Simulation } from "../../simulation/event_loop.ts";
import { FILL } from "../../simulation/trace.ts";
import type { RowSeries } from "./probe.ts";

const AT_OPEN: readonly number[] = [FILL.entry, FILL.increase, FILL.reduce, FILL.close];

/**
 * Coins bought or sold (< 0) by market orders at the open of each row: decided at the close before, so known
 * when the bar opens. Equity at the close cannot tell whether an order knew its bar; this can.
 *
 * @throws {TypeError} If the simulation lists no fills.
 */
export function ordersAtOpen(name: string, { trace, to }: Simulation): RowSeries {
  if (!trace) throw new TypeError("Cannot list orders at the open as the simulation must have a trace");
  const values = new Float64Array(to * DECLARED_COINS.length);
  for (let i = 0; i < trace.length; i++) {
    if (AT_OPEN.includes(trace.kind[i]!)) {
      values[trace.row[i]! * DECLARED_COINS.length + trace.coin[i]!]! += trace.quantity[i]!;
    }
  }
  return { name: `${name} orders at the open`, values, width: DECLARED_COINS.length, known: "open" };
}
