import type { NumberTable } from "../../core/number_table.ts";
import { pitNormal } from "../../stats/pit.ts";

/** What one researcher of a run forecast, and what came. */
export interface ResearcherForecasts {
  /** Its place in the population. */
  readonly place: number;
  /** Its variant, at the last decision. */
  readonly label: string;
  /** Transforms of the outcomes by the normal distribution of stated mean and sd; shape [n]. */
  readonly values: Float64Array;
  /** Stated probability of a rise; shape [n]. */
  readonly probabilities: Float64Array;
  /** 1 where the price rose; shape [n]. */
  readonly outcomes: Float64Array;
}

/**
 * The forecasts of each researcher of a run over its middle horizon, as `pitFigure` and `reliabilityFigure` take them.
 * Outcomes of a coin share no bar; those of several coins at one time are not independent.
 *
 * @param run `tables.forecasts` and the names in `result.researcherQuality` are read.
 * @throws {RangeError} If the run has no forecasts.
 */
export function researcherForecasts(
  { result, tables }: {
    readonly result: {
      readonly researcherQuality: readonly { readonly place: number; readonly variant: string }[];
      readonly reported: { readonly from: number };
    };
    readonly tables: Readonly<Record<string, unknown>>;
  },
): ResearcherForecasts[] {
  const table = tables.forecasts as NumberTable | undefined;
  if (table === undefined || result.researcherQuality.length === 0) {
    throw new RangeError("Cannot read forecasts as the run must have some: it has no table of forecasts");
  }
  return result.researcherQuality.map(({ place, variant }) => {
    const keep = (_: number, i: number) =>
      table.place![i] === place && table.row![i]! >= result.reported.from - 1;
    const [mean, sd, rise, outcome] = ["mean", "sd", "rise", "outcome"].map((name) =>
      table[name]!.filter(keep)
    ) as [Float64Array, Float64Array, Float64Array, Float64Array];
    return {
      place,
      label: variant,
      values: pitNormal(mean, sd, outcome),
      probabilities: rise,
      outcomes: outcome.map((value) => value > 0 ? 1 : 0),
    };
  });
}
