import { plainMethod } from "../../method.ts";
import { fitTemperature, logistic, logit } from "../../models/probability_maps.ts";
import { REFIT_EVERY } from "../refits.ts";
import { type ProbabilityInput, type ProbabilityMethod, recalibrated } from "./probability.ts";

/** Bounds on the temperature: a few hundred coin flips must not turn .51 into .7. */
const BOUNDS = [.5, 20] as const;

/** Logits divided by the temperature of least past log loss: none crosses one half. */
export const temperature: ProbabilityMethod = plainMethod(
  "Logits of a rise over the temperature of least past log loss: surer or less sure, never on the other side",
  (input: ProbabilityInput) =>
    recalibrated(input, (said, outcomes) => {
      const found = fitTemperature(said.map(logit), outcomes).temperature;
      const bounded = Math.max(BOUNDS[0], Math.min(BOUNDS[1], found));
      return (p) => p === .5 ? .5 : logistic(logit(p) / bounded);
    }),
  {
    warmUp: 360,
    refitEvery: REFIT_EVERY,
    source: "C. Guo et al., On Calibration of Modern Neural Networks, ICML (2017)",
  },
);
