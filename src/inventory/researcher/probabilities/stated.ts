import { plainMethod } from "../../method.ts";
import type { ProbabilityInput, ProbabilityMethod } from "./probability.ts";

/** Probabilities as the distribution has them. */
export const stated: ProbabilityMethod = plainMethod(
  "Probabilities of a rise as the forecast's own distribution has them",
  ({ said }: ProbabilityInput) => said,
  { source: "T. Gneiting, F. Balabdaoui, A. Raftery, JRSS B 69 (2007) 243" },
);
