import { WORTH } from "../../core/memo.ts";
import type { Forecast } from "../../inventory/researcher/forecast.ts";
import { collectOutputs, type Outputs } from "../outputs.ts";
import type { RoleRecord } from "../role_record.ts";
import { defaultForecast } from "./default.ts";
import { learnedByResearcher, research } from "./research.ts";

/** The researcher: from an analysis to the distribution of returns over three horizons. */
export const researcherRole: RoleRecord<"researcher"> = {
  run: (agent, { market, upstream, seedLabel, straightLine, stated }) =>
    agent ? research(agent, market, upstream(), seedLabel, straightLine, stated) : defaultForecast(market),
  learned: learnedByResearcher,
  defaultReadsUpstream: false,
  shared: withoutQuantiles,
  worth: WORTH.forecast,
  packed: null,
  bytes: ({ coins, rows, horizons }) => coins.length * 3 * rows * horizons.length * 8,
  slice: sliceForecast,
  outputs: forecastOutputs,
  decision: (values, at) => [values[at + 5]!, 1 - values[at + 5]!], // up or down over the middle horizon
};

/**
 * What traders read: means, sds and probabilities. Quantiles are left out (`levels` is empty), for they are most
 * of a forecast's size.
 */
function withoutQuantiles(forecast: Forecast): Forecast {
  return { ...forecast, levels: [], coins: forecast.coins.map((coin) => ({ ...coin, quantiles: [] })) };
}

/** Per state and horizon: mean, sd and probability of a rise. */
function forecastOutputs({ coins, horizons }: Forecast, from: number, rows: number): Outputs {
  return collectOutputs(coins.length, rows, 3 * horizons.length, (row, coin, put) => {
    const t = from + row;
    const { mean, sd, pUp } = coins[coin]!;
    for (let h = 0; h < horizons.length; h++) {
      put(3 * h, mean[h]![t]!);
      put(3 * h + 1, sd[h]![t]!);
      put(3 * h + 2, pUp[h]![t]!);
    }
  });
}

function sliceForecast(forecast: Forecast, from: number, to: number): Forecast {
  const cut = (series: readonly Float64Array[], width = 1) =>
    series.map((values) => values.subarray(from * width, to * width));
  const { shapes } = forecast;
  return {
    ...forecast,
    rows: to - from,
    coins: forecast.coins.map(({ mean, sd, pUp, quantiles }) => ({
      mean: cut(mean),
      sd: cut(sd),
      pUp: cut(pUp),
      quantiles: cut(quantiles, forecast.levels.length),
    })),
    ...(shapes ? { shapes: { ...shapes, skipped: shapes.skipped + from } } : {}),
  };
}
