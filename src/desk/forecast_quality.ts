/** Forecasters on the same bars: how calibrated they are, and what they know beyond each coin's past. */
import { VARIANTS } from "../agents/catalogue.ts";
import { forecastQuality as qualityOf, type HorizonQuality } from "../experiments/forecast_quality.ts";
import { settingsSchema } from "../experiments/config.ts";
import { stages, team } from "./agents.ts";
import { requireKnown } from "../core/known_names.ts";
import type { Market } from "./market.ts";
import { requireMarket } from "./request_checks.ts";

/** The quality of researchers by name; by horizon each. */
export type ForecastQuality = Readonly<Record<string, readonly HorizonQuality[]>>;

/**
 * How good the distributions of researchers are behind the default analyst, from the row on at which agents are warm.
 *
 * @param names Variants; all that are declared unless given.
 * @throws {RangeError} If there is no researcher of a name.
 */
export function forecastQuality(
  market: Market,
  names: readonly string[] = VARIANTS.researcher.map(({ name }) => name),
): ForecastQuality {
  requireMarket(market);
  const known = VARIANTS.researcher.map(({ name }) => name);
  for (const name of names) requireKnown("Cannot judge a researcher as its name", name, known);
  const closes = market.panel.coins.map(({ close }) => close);
  const from = settingsSchema.parse({}).clock.warmUpRows;
  return Object.fromEntries(
    names.map((name) => {
      const { forecast } = stages(market, team({ researcher: name }));
      return [name, qualityOf(forecast, closes, from, market.panel.firstRow)];
    }),
  );
}
