import { type MarketView, returnsOf, volatilityOf } from "../../features/market_view.ts";
import { normalShape, stretchCount } from "../../inventory/researcher/distribution/shape.ts";
import type { Forecast } from "../../inventory/researcher/forecast.ts";
import { methodNamed } from "../../inventory/pools.ts";

const DEFAULT_HORIZONS = [2, 6, 12] as const;

/** The declared default researcher: the expanding mean and the EWMA .97 sd; it reads no analysis. */
export function defaultForecast(market: MarketView): Forecast {
  const { panel } = market;
  const task = {
    rows: panel.rows,
    firstRow: panel.firstRow,
    width: 0,
    design: panel.coins.map(() => new Float64Array(0)),
    returns: panel.coins.map((_, coin) => returnsOf(market, coin)),
    sd: panel.coins.map((_, coin) => volatilityOf(market, coin)),
    horizons: DEFAULT_HORIZONS,
    levels: [.1, .5, .9],
    widths: DEFAULT_HORIZONS.map(() => normalShape(stretchCount(panel.firstRow, panel.rows))),
    calibrationWindow: 100,
    shrinkage: 0,
    seedLabel: "default",
  };
  const { run } = methodNamed("researcher.forecasting", "expandingMean");
  return run({ task, calibrate: null, sample: null }, {});
}
