import { rootsToMiddle, view } from "./view.ts";

/** The horizon whose edge per risk is largest, brought to the middle horizon: an aggressive reading. */
export const strongest = view(
  "The horizon of the largest edge per risk, brought to the middle one",
  ({ mean, sd }, horizons) => {
    const roots = rootsToMiddle(horizons), risk = sd[1]!;
    return (row) => {
      let best = 0;
      for (let h = 0; h < roots.length; h++) {
        const edge = mean[h]![row]! / sd[h]![row]! * roots[h]!;
        if (Math.abs(edge) > Math.abs(best)) best = edge;
      }
      return best * risk[row]!;
    };
  },
);
