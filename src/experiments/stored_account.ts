import type { AccountSeries } from "./account_series.ts";
import type { RunResult, RunSeries } from "./result.ts";
import { fillsOf, type RunTables } from "./run_tables.ts";

/** The account of a strategy as its run stored it: what its metrics are recomputed from. Null if it has none. */
export function storedAccount(
  { result, series, tables }: {
    readonly result: RunResult;
    readonly series: RunSeries;
    readonly tables: RunTables;
  },
  name: string,
): AccountSeries | null {
  const strategy = result.strategies.find((one) => one.name === name);
  const stored = series.accounts[name];
  if (!strategy || strategy.startingEquity === null || !stored) return null;
  const { startingEquity, accounts } = strategy;
  const { book, coinProfit } = stored;
  const ledger = coinProfit && {
    coinProfit: Object.values(coinProfit),
    fills: fillsOf(tables.fills ?? {}, name, Object.keys(coinProfit)),
  };
  return { startingEquity, accounts, ...book, ledger };
}
