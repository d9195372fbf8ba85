import { termsAt } from "../core/universe.ts";
import type { EventOf } from "../events/event.ts";
import type { Panel } from "../market/panel.ts";
import { ticksPerUnit } from "../simulation/instruments.ts";
import { type DivergencePart, place } from "./divergence_part.ts";

/** Fills by which a coarser grid is told from chance: one in a hundred thousand where each is one in ten. */
const ENOUGH = 5;

/** Prices off the exchange's steps of their date, or all on steps so many times as coarse. */
export function tickPart(fills: readonly EventOf<"fill">[], panel: Panel): DivergencePart {
  const found: string[] = [];
  let off = 0;
  panel.coins.forEach(({ coin, close }, i) => {
    const own = fills.filter((one) => one.coin === coin && one.kind !== "liquidation");
    const steps = own.map(({ row, price }) => {
      const terms = termsAt(panel.instruments[i]!, panel.openTime[row]!);
      return price * ticksPerUnit(terms, close[Math.max(0, row - 1)]!);
    });
    const astray = steps.findIndex((value) => Math.abs(value - Math.round(value)) > 1e-4);
    if (astray !== -1) {
      off += steps.filter((value) => Math.abs(value - Math.round(value)) > 1e-4).length;
      found.push(`${place(own[astray]!)}: ${own[astray]!.price} is between two ticks`);
    }
    for (const coarse of [100, 50, 20, 10, 5]) {
      if (
        steps.length < ENOUGH ||
        !steps.every((value) => Math.abs(value / coarse - Math.round(value / coarse)) < 1e-4)
      ) {
        continue;
      }
      off += steps.length;
      found.push(`${place(own[0]!)}: all ${steps.length} prices are multiples of ${coarse} ticks`);
      break;
    }
  });
  return {
    part: "tick",
    value: off,
    limit: 0,
    unit: "fills",
    compared: fills.length,
    fault: off > 0,
    first: found.join("; "),
  };
}
