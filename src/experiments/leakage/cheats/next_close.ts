import type { Computation } from "../probe.ts";
import type { PlantedCheat } from "./planted_cheat.ts";

/** The return from row t+lead-1 to row t+lead as a feature of row t. */
function closeReturn(lead: number): Computation {
  return (panel) => {
    const { close } = panel.coins[0]!;
    const values = close.map((_, t) => close[t + lead]! / close[t + lead - 1]! - 1);
    return { series: [{ name: "return", values }] };
  };
}

/** CHEAT: the next close as a feature. Honest: the last one. */
export const nextClose: PlantedCheat = { cheat: closeReturn(1), honest: closeReturn(0) };
