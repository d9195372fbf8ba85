import { probabilityQuality } from "../../agents/evaluator.ts";
import { mapColumns, type NumberTable } from "../../core/number_table.ts";
import { mean } from "../../stats/moments.ts";
import { normalInverse } from "../../stats/normal.ts";
import { crpsNormal } from "../../stats/proper_scores.ts";
import { defined } from "../metrics/defined.ts";
import type { ResearcherQuality } from "./schema.ts";

/** Share of outcomes that the central interval should hold. */
const NOMINAL = 0.8;

/**
 * How good each researcher's forecasts were, over those made from the close before the first reported row on.
 *
 * @param forecasts The table `forecasts` of a run (`forecastRows`).
 * @param variants Of each researcher, by place.
 * @param from First reported row.
 */
export function researcherQualities(
  forecasts: NumberTable,
  variants: readonly string[],
  from: number,
): ResearcherQuality[] {
  return variants.flatMap((variant, place) => {
    const own = rowsWhere(forecasts, (i) => forecasts.place![i] === place && forecasts.row![i]! >= from - 1);
    return own.row!.length > 0 ? [qualityOf(own, place, variant)] : [];
  });
}

function qualityOf(own: NumberTable, place: number, variant: string): ResearcherQuality {
  const { rise, outcome, mean: centre, sd, horizon, crpsOfPast } = own as Record<string, Float64Array>;
  const half = normalInverse((1 + NOMINAL) / 2);
  const { count, baseRate, brier, calibration } = probabilityQuality(
    rise!,
    outcome!.map((value) => value > 0 ? 1 : 0),
  );
  const crps = mean(outcome!.map((value, i) => crpsNormal(centre![i]!, sd![i]!, value)));
  const past = mean(crpsOfPast!);
  const inside = outcome!.map((value, i) => Math.abs(value - centre![i]!) <= half * sd![i]! ? 1 : 0);
  return {
    place,
    variant,
    count,
    horizon: { least: Math.min(...horizon!), most: Math.max(...horizon!) },
    baseRate,
    brier,
    ece: calibration.ece,
    eceNull95: calibration.quantile95,
    eceP: calibration.p,
    crps,
    crpsOfPast: past,
    crpsSkill: defined(1 - crps / past),
    nominal: NOMINAL,
    covered: mean(inside),
    width: 2 * half * mean(sd!),
  };
}

function rowsWhere(table: NumberTable, keep: (row: number) => boolean): NumberTable {
  return mapColumns(table, (column) => column.filter((_, i) => keep(i)));
}
