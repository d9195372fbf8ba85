import type { Computation } from "../probe.ts";
import type { PlantedCheat } from "./planted_cheat.ts";

/** Mean close over rows t-before .. t+after, as far as there are rows. */
function movingAverage(before: number, after: number): Computation {
  return (panel) => {
    const { close } = panel.coins[0]!;
    const values = close.map((_, t) => {
      const window = close.subarray(Math.max(0, t - before), t + after + 1);
      return window.reduce((sum, x) => sum + x, 0) / window.length;
    });
    return { series: [{ name: "average", values }] };
  };
}

/** CHEAT: a moving average centred on its row. Honest: the trailing one of as many rows. */
export const centredWindow: PlantedCheat = { cheat: movingAverage(6, 6), honest: movingAverage(12, 0) };
