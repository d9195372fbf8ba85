/** Stored or synthetic bars as a simulated exchange gives them: the next one opens when the last has closed. */
import { BAR_MS } from "../core/universe.ts";
import { type Panel, slicePanel } from "../market/panel.ts";
import type { VirtualClock } from "./clock.ts";
import type { SimulatedExchange } from "./simulated_exchange.ts";
import type { Bars } from "./session_parts.ts";

/**
 * The bars of a panel, in order, on a virtual clock.
 *
 * @param until Row before which the replay ends.
 */
export function replayBars(
  panel: Panel,
  exchange: Pick<SimulatedExchange, "row" | "open" | "close">,
  clock: VirtualClock,
  until = panel.rows,
): Bars {
  return {
    open: (row) => {
      if (row >= until) return Promise.resolve(null);
      clock.to(panel.openTime[row]!);
      if (exchange.row() === row) exchange.open();
      return Promise.resolve(panel.coins.map(({ open }) => open[row]!));
    },
    close: (row) => {
      clock.to(panel.openTime[row]! + BAR_MS);
      if (exchange.row() === row) exchange.close();
      return Promise.resolve(slicePanel(panel, row, row + 1));
    },
  };
}
