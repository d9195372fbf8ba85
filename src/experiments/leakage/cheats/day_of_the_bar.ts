import { BAR_MS } from "../../../core/universe.ts";
import type { Computation } from "../probe.ts";
import type { PlantedCheat } from "./planted_cheat.ts";

const PER_DAY = 24 * 60 * 60 * 1000 / BAR_MS;

/** At each row the highest price of a day: of the row's own day (`days` 0), or of a day before. */
function dailyHigh(days: number): Computation {
  return ({ coins, openTime }) => {
    const { high } = coins[0]!, first = openTime[0]! / BAR_MS % PER_DAY;
    const values = high.map((_, t) => {
      const start = t - (t + first) % PER_DAY - days * PER_DAY;
      return high.subarray(Math.max(0, start), Math.max(0, start + PER_DAY)).reduce(
        (a, b) => Math.max(a, b),
        0,
      );
    });
    return { series: [{ name: "daily high", values }] };
  };
}

/** CHEAT: daily bars joined to the rows of their own day, which is not over. Honest: to those of the day after. */
export const dayOfTheBar: PlantedCheat = { cheat: dailyHigh(0), honest: dailyHigh(1) };
