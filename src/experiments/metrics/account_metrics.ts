import { monthlyReturns } from "../../stats/monthly_returns.ts";
import { type AccountSeries, barReturns } from "../account_series.ts";
import { returnMetrics } from "./return_metrics.ts";
import { roundTripMetrics } from "./round_trips.ts";
import type { AccountMetrics } from "./schema.ts";
import { tradingMetrics } from "./trading_metrics.ts";

/** What an account's rows are called. */
export interface ReportedRows {
  /** First reported row. */
  readonly from: number;
  /** Open time of each reported row, ms UTC; shape [rows]. */
  readonly openTime: Float64Array;
  /** Names of the coins, by index. */
  readonly coins: readonly string[];
}

/**
 * The metrics of one account beside those that the field has too (`strategyMetrics`): for strategies of the result
 * table alone, as hundreds of pipelines have no reader.
 */
export function accountMetrics(
  series: AccountSeries,
  { from, openTime, coins }: ReportedRows,
): AccountMetrics {
  const net = barReturns(series, "net");
  return {
    ...returnMetrics(net),
    ...tradingMetrics(series, coins),
    months: monthlyReturns(net, openTime),
    roundTrips: series.ledger && roundTripMetrics(series.ledger.fills, from),
  };
}
