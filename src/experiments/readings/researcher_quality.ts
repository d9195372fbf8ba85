import { probabilityQuality } from "../../agents/evaluator.ts";
import { mapColumns, type NumberTable } from "../../core/number_table.ts";
import { mean } from "../../stats/moments.ts";
import { defined } from "../metrics/defined.ts";
import { NOMINAL } from "./forecast_rows.ts";
import type { ResearcherQuality } from "./schema.ts";

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
  const { rise, outcome, low, high, horizon } = own as Record<string, Float64Array>;
  const { count, baseRate, brier, calibration } = probabilityQuality(
    rise!,
    outcome!.map((value) => value > 0 ? 1 : 0),
  );
  const crps = mean(own.crps!), past = mean(own.crpsOfPast!);
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
    covered: mean(outcome!.map((value, i) => low![i]! <= value && value <= high![i]! ? 1 : 0)),
    width: mean(high!) - mean(low!),
  };
}

function rowsWhere(table: NumberTable, keep: (row: number) => boolean): NumberTable {
  return mapColumns(table, (column) => column.filter((_, i) => keep(i)));
}
