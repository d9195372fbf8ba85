import { declareMethod, withdrawMethod } from "../../../inventory/pools.ts";
import { plainMethod } from "../../../inventory/method.ts";
import type { ReadingInput } from "../../../inventory/analyst/features/reading.ts";
import { methodsOutputs, pooledMethods } from "../method_outputs.ts";
import type { Computation } from "../probe.ts";
import type { PlantedCheat } from "./planted_cheat.ts";

const POOL = "analyst.features", KEY = "pooledNextMove";

/** A reading of the next bar's direction. */
const nextMove = plainMethod("The direction of the next bar", ({ market, coin }: ReadingInput) => {
  const { close } = market.panel.coins[coin]!;
  return close.map((price, t) => Math.sign((close[t + 1] ?? price) - price));
});

/** All readings of analysts that are in their pool. */
const readings: Computation = (panel) =>
  methodsOutputs(pooledMethods().filter(({ pool }) => pool === POOL), panel);

/** CHEAT: a method that was put into a pool and reads the next row; nobody told the proof of it. Honest: the pool without it. */
export const pooledNextMove: PlantedCheat = {
  cheat: (panel, t) => {
    declareMethod(POOL, KEY, nextMove);
    try {
      return readings(panel, t);
    } finally {
      withdrawMethod(POOL, KEY);
    }
  },
  honest: readings,
};
