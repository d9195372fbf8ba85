/** What each arm and strategy earned: levels, beside which differences are read. */
import { mean } from "../../stats/moments.ts";
import { pairedTest } from "../../stats/paired.ts";
import { unitsOf } from "./contrast_values.ts";
import type { EvidenceRecord } from "./evidence_record.ts";

/** The level of an arm or a strategy on the markets of one name. */
export interface Level {
  /** Null for a strategy that runs beside the arms. */
  readonly arm: string | null;
  /** The outcome, or the name of a strategy. */
  readonly measure: string;
  /** Name of the markets. */
  readonly market: string;
  /** Markets; seeds where there is one. */
  readonly n: number;
  /** Annual Sharpe ratio. */
  readonly mean: number;
  /** Over markets; null for one. */
  readonly se: number | null;
  /** On each market; shape [n]. */
  readonly values: readonly number[];
}

/** Levels of the outcome and of what is described beside it, market by market. */
export function levelsOf(
  { cells, registration: { evidence, arms, markets } }: Pick<EvidenceRecord, "cells" | "registration">,
  outcome: string,
): Level[] {
  const measures = [...new Set([outcome, ...evidence.describe])];
  return Object.keys(markets).flatMap((market) =>
    measures.flatMap((measure) =>
      [...Object.keys(arms), null].flatMap((arm): Level[] => {
        const own = cells.filter((cell) =>
          cell.market === market && cell.arm === arm && measure in cell.measures
        );
        const { units, unitOf } = unitsOf(own);
        if (units.length === 0) return [];
        const values = units.map((unit) =>
          mean(own.filter((cell) => unitOf(cell) === unit).map((cell) => cell.measures[measure]!))
        );
        const se = values.length < 2 ? null : pairedTest(values).se;
        return [{ arm, measure, market, n: values.length, mean: mean(values), se, values }];
      })
    )
  );
}
