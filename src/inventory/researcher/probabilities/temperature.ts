import { plainMethod } from "../../method.ts";
import { fitTemperature, logistic, logit } from "../../models/probability_maps.ts";
import { MAP_CALENDAR, type ProbabilityInput, type ProbabilityMethod, recalibrated } from "./probability.ts";

/** Bounds on the temperature: a few hundred coin flips must not turn .51 into .7. */
const BOUNDS = [.5, 20] as const;

/** Logits divided by the temperature of least past log loss: none crosses one half. */
export const temperature: ProbabilityMethod = plainMethod(
  "Logits of a rise over the temperature of least past log loss: surer or less sure, never on the other side",
  (input: ProbabilityInput) => {
    let bounded = 1; // the search begins where the last one ended
    return recalibrated(input, logit, ({ said, outcomes }) => {
      const found = fitTemperature(said, outcomes, bounded);
      const temperature = bounded = Math.max(BOUNDS[0], Math.min(BOUNDS[1], found));
      return (x) => x === 0 ? .5 : logistic(x / temperature);
    });
  },
  {
    ...MAP_CALENDAR,
    source: "C. Guo et al., On Calibration of Modern Neural Networks, ICML (2017)",
  },
);
