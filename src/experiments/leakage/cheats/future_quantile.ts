import type { Computation } from "../probe.ts";
import type { PlantedCheat } from "./planted_cheat.ts";

const LEVEL = 0.8;

/** The 80 % quantile (the order statistic) of all turnovers in rows 0..t+ahead. */
function turnoverQuantile(ahead: number): Computation {
  return (panel) => {
    const { turnover } = panel.coins[0]!;
    const values = turnover.map((_, t) => {
      const seen = turnover.slice(0, t + ahead + 1).sort();
      return seen[Math.floor(LEVEL * (seen.length - 1))]!;
    });
    return { series: [{ name: "quantile", values }] };
  };
}

/** CHEAT: an expanding quantile that runs a day ahead of its row. Honest: one that ends at it. */
export const futureQuantile: PlantedCheat = { cheat: turnoverQuantile(6), honest: turnoverQuantile(0) };
