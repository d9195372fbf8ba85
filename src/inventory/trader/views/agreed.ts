import { rootsToMiddle, view } from "./view.ts";

/** The weakest of three horizons that agree, 0 if they do not; and only with the odds on its side. */
export const agreed = view(
  "The weakest of three horizons that agree, with the odds on their side",
  ({ mean, sd, pUp }, horizons) => {
    const roots = rootsToMiddle(horizons), middle = mean[1]!, risk = sd[1]!, up = pUp[1]!;
    return (row) => {
      const sign = Math.sign(middle[row]!);
      if (sign * (up[row]! - 0.5) <= 0) return 0;
      let weakest = Infinity;
      for (let h = 0; h < roots.length; h++) {
        weakest = Math.min(weakest, sign * mean[h]![row]! / sd[h]![row]! * roots[h]!);
      }
      return weakest > 0 ? sign * weakest * risk[row]! : 0;
    };
  },
);
