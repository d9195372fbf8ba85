import type { Computation } from "../probe.ts";
import type { PlantedCheat } from "./planted_cheat.ts";

const HORIZON = 6;

/**
 * Forecast of the return over the next six rows: the last bar's return times the slope of past labels on
 * past returns. The label of row s, which ends at row s+6, enters `wait` rows after s.
 */
function forecast(wait: number): Computation {
  return (panel) => {
    const { close } = panel.coins[0]!;
    let cross = 0, square = 1e-6;
    const values = close.map((_, t) => {
      const s = t - wait;
      if (s > 0 && s + HORIZON < close.length) {
        const x = close[s]! / close[s - 1]! - 1;
        cross += x * (close[s + HORIZON]! / close[s]! - 1);
        square += x * x;
      }
      return t > 0 ? cross / square * (close[t]! / close[t - 1]! - 1) : 0;
    });
    return { series: [{ name: "forecast", values }] };
  };
}

/** CHEAT: the label of row s over h rows trains at row s+1. Honest: at row s+h, when it is known. */
export const earlyLabel: PlantedCheat = { cheat: forecast(1), honest: forecast(HORIZON) };
