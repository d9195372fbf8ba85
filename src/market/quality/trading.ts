import { type Instrument, isFundingTime, termsAt } from "../../core/universe.ts";
import type { CoinBars, ColumnName } from "../panel.ts";
import { type Add, addBeyond } from "./finding.ts";
import type { QualitySettings } from "./settings.ts";
import { runStart } from "./values.ts";

/** Checks volume, turnover and open interest against the prices and one another. */
export function checkTrading(
  bars: CoinBars,
  columns: ReadonlySet<ColumnName>,
  { trades, interest }: QualitySettings,
  add: Add,
): void {
  const { coin, high, low, volume, turnover, openInterest } = bars;
  if (columns.has("volume") && columns.has("turnover")) {
    const paid = turnover.map((value, t) => value / volume[t]!);
    const outside = (t: number) => {
      if (volume[t] === 0 && turnover[t] === 0) return 0; // no trade
      return Math.max(Math.log(paid[t]! / high[t]!), Math.log(low[t]! / paid[t]!), 0);
    };
    addBeyond(add, "trades off range", coin, "turnover / volume", paid, outside, trades);
  }
  if (!columns.has("openInterest")) return;
  const steps = new Float64Array(openInterest.length);
  for (let t = 0, last = NaN; t < steps.length; t++) {
    const now = openInterest[t]!;
    if (now > 0) steps[t] = Math.abs(Math.log(now / last)); // NaN at the first known one
    if (now > 0) last = now;
  }
  addBeyond(add, "interest jump", coin, "openInterest", openInterest, (t) => steps[t]!, interest);
}

/** Checks that open interest is in coins: its value stands in some relation to what is traded. */
export function checkInterestUnit(bars: CoinBars, { interestUnit }: QualitySettings, add: Add): void {
  const { coin, close, turnover, openInterest } = bars;
  const value = median(openInterest.map((coins, t) => coins * close[t]!)), usual = 4 * median(turnover);
  const size = Math.abs(Math.log(value / usual));
  addBeyond(add, "odd unit", coin, "openInterest", openInterest, (t) => t === 0 ? size : 0, interestUnit);
}

/** Checks the funding rate. */
export function checkFunding(
  { coin, fundingRate }: CoinBars,
  openTime: Float64Array,
  instrument: Instrument,
  { fundingLimit, fundingUnit, zeroFundingRows }: QualitySettings,
  add: Add,
): void {
  const column = "fundingRate";
  const settles = (time: number) => isFundingTime(time, termsAt(instrument, time).fundingHours);
  const offHours = (t: number) => t > 0 && fundingRate[t] !== fundingRate[t - 1] && !settles(openTime[t]!);
  add("funding off hours", "note", coin, column, fundingRate, offHours);
  add("funding outlier", "note", coin, column, fundingRate, (t) => Math.abs(fundingRate[t]!) > fundingLimit);
  const size = median(fundingRate.map(Math.abs));
  addBeyond(add, "odd unit", coin, column, fundingRate, (t) => t === 0 ? size : 0, fundingUnit);
  const never = fundingRate.every((rate) => rate === 0);
  const run = runStart(fundingRate, Math.min(zeroFundingRows, fundingRate.length));
  add(
    "no funding",
    never ? "error" : "warning",
    coin,
    column,
    fundingRate,
    (t) => fundingRate[t] === 0 && run(t),
  );
}

/** Median of the values that are known; NaN if none is. */
function median(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  return known.length === 0 ? NaN : (known[(known.length - 1) >> 1]! + known[known.length >> 1]!) / 2;
}
