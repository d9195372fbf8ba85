import { plainMethod } from "../../method.ts";
import { fitPlatt, logistic, logit, type PlattLine } from "../../models/probability_maps.ts";
import { MAP_CALENDAR, type ProbabilityInput, type ProbabilityMethod, recalibrated } from "./probability.ts";

/** Pull to the said probability, in outcomes. */
const RIDGE = 5;
/** Bounds on the slope: an odds that past luck turned round is left flat. */
const SLOPES = [0, 2] as const;

/** A line in the logit, fitted to past outcomes: it may also learn that rises are rarer than was said. */
export const platt: ProbabilityMethod = plainMethod(
  "A line in the logit of a rise, fitted to past outcomes; its constant may disagree with the mean's sign",
  (input: ProbabilityInput) => {
    let line: PlattLine | undefined; // the search begins where the last one ended
    return recalibrated(input, logit, ({ said, outcomes }) => {
      const { offset, slope } = line = fitPlatt(said, outcomes, RIDGE, line);
      const bounded = Math.max(SLOPES[0], Math.min(SLOPES[1], slope));
      return (x) => logistic(offset + bounded * x);
    });
  },
  {
    ...MAP_CALENDAR,
    source: "J. Platt, Advances in Large Margin Classifiers (1999) 61",
  },
);
