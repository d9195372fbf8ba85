import { carryForward } from "../../../features/warm_up.ts";
import type { Computation } from "../probe.ts";
import type { PlantedCheat } from "./planted_cheat.ts";

/** The long ratio with a gap of seven rows in every twenty. */
function withGaps(values: Float64Array): Float64Array {
  return values.map((value, t) => t % 20 >= 13 ? NaN : value);
}

/** Replaces each NaN by the next value after it. */
function carryBack(values: Float64Array): Float64Array {
  return carryForward(values.toReversed()).reverse();
}

function filled(fill: (values: Float64Array) => Float64Array): Computation {
  return (panel) => ({
    series: panel.coins.map(({ coin, longRatio }) => ({ name: coin, values: fill(withGaps(longRatio)) })),
  });
}

/** CHEAT: a gap filled from behind. Honest: filled with the last value before it. */
export const backFilledGap: PlantedCheat = { cheat: filled(carryBack), honest: filled(carryForward) };
