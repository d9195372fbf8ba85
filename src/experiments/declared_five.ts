import { VARIANTS } from "../agents/catalogue.ts";

/** Names of the five declared analysts and researchers, which proofs of forecasts run over. */
export const DECLARED = {
  analyst: VARIANTS.analyst.slice(0, 5).map(({ name }) => name),
  researcher: VARIANTS.researcher.slice(0, 5).map(({ name }) => name),
} as const;
