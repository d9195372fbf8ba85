import { plainMethod } from "../../method.ts";
import { sharesOf, type SizingInput, type SizingMethod } from "./sizing.ts";

/** A full position at every entry: a fixed fraction of equity as margin, or what puts the fixed risk per trade at the stop. */
export const fixedFraction: SizingMethod = plainMethod(
  "A full position at every entry: a fixed fraction of equity, or a fixed risk at the stop",
  (input: SizingInput) => sharesOf(input, () => () => Infinity),
  { source: "Vince, Portfolio Management Formulas (1990)" },
);
