/** The metrics of accounts that the usual tables leave out; one table a question. docs/METRICS.md has every formula. */
import type { AccountMetrics } from "../experiments/metrics/schema.ts";
import type { RunResult, StrategyResult } from "../experiments/result.ts";
import { BAR_MS } from "../core/universe.ts";
import { count, decimal, percent, signedPercent } from "./format.ts";
import { oracleMark } from "./strategy_style.ts";
import type { Column, Table } from "./table.ts";
import { plainText } from "./text.ts";

const BARS_PER_DAY = 86_400_000 / BAR_MS;

interface AccountColumn extends Column {
  readonly read: (account: AccountMetrics, strategy: StrategyResult) => string;
}

const column = (label: string, hint: string, read: AccountColumn["read"]): AccountColumn => ({
  label,
  align: "right",
  hint,
  read,
});

const days = (bars: number | null) => decimal(bars === null ? null : bars / BARS_PER_DAY, 1);

const RATIOS: readonly AccountColumn[] = [
  column("CAGR", "Compound annual growth rate", ({ growth }) => signedPercent(growth)),
  column(
    "Lo",
    "Annual Sharpe ratio allowing for autocorrelation within a day (Lo 2002)",
    ({ loSharpe }) => decimal(loSharpe),
  ),
  column("Sortino", "Annual mean over downside deviation, target 0", ({ sortino }) => decimal(sortino)),
  column("Calmar", "Arithmetic annual mean over the maximum drawdown", ({ calmar }) => decimal(calmar)),
  column("CAGR/DD", "CAGR over the maximum drawdown", ({ growthCalmar }) => decimal(growthCalmar)),
  column(
    "Profit f.",
    "Sum of gaining bars over the size of the sum of losing ones",
    ({ profitFactor }) => decimal(profitFactor),
  ),
];

const TAILS: readonly AccountColumn[] = [
  column(
    "VaR 5%",
    "Loss of a bar that the worst 5% reach, historical",
    ({ tails }) => percent(tails.historical5.valueAtRisk, 2),
  ),
  column(
    "ES 5%",
    "Mean loss of the worst 5% of bars",
    ({ tails }) => percent(tails.historical5.expectedShortfall, 2),
  ),
  column(
    "ES 1%",
    "Mean loss of the worst 1% of bars",
    ({ tails }) => percent(tails.historical1.expectedShortfall, 2),
  ),
  column(
    "Tail r.",
    "95% quantile of returns over the size of the 5% quantile",
    ({ tailRatio }) => decimal(tailRatio),
  ),
  column("Skew", "Skewness of bar returns", ({ skew }) => decimal(skew)),
  column("Kurtosis", "Kurtosis of bar returns, 3 for a normal", ({ kurtosis }) => decimal(kurtosis, 1)),
];

const TIME: readonly AccountColumn[] = [
  column(
    "Held",
    "Share of bars that closed with a position",
    ({ timeInMarket }) => percent(timeInMarket, 0),
  ),
  column(
    "Largest",
    "Largest gross notional over equity at a close",
    ({ maxExposure }) => `${decimal(maxExposure)}×`,
  ),
  column(
    "Traded",
    "Mean of traded notional over equity before the bar",
    ({ tradedPerBar }) => percent(tradedPerBar, 2),
  ),
  column("Ulcer", "Root mean square of the drawdowns", ({ ulcer }) => percent(ulcer)),
  column(
    "Longest DD",
    "Longest stretch below an earlier high, days",
    ({ drawdown }) => days(drawdown.longest),
  ),
  column("Below high", "Share of bars below an earlier high", ({ drawdown }) => percent(drawdown.share, 0)),
];

const TRIPS: readonly AccountColumn[] = [
  column(
    "Closed",
    "Positions from flat to flat that ended within the reported rows",
    ({ roundTrips }) => count(roundTrips && roundTrips.closed),
  ),
  column(
    "Long",
    "Share of them that were long",
    ({ roundTrips }) =>
      percent(roundTrips && roundTrips.closed > 0 ? roundTrips.longs / roundTrips.closed : null, 0),
  ),
  column(
    "Won",
    "Share of them with a net profit",
    ({ roundTrips }) => percent(roundTrips && roundTrips.winRate, 0),
  ),
  column(
    "Mean win",
    "Net of fees and funding, over the notional entered",
    ({ roundTrips }) => signedPercent(roundTrips && roundTrips.meanWin, 2),
  ),
  column(
    "Mean loss",
    "Net of fees and funding, over the notional entered",
    ({ roundTrips }) => signedPercent(roundTrips && roundTrips.meanLoss, 2),
  ),
  column(
    "Mean",
    "Mean net return of a round trip",
    ({ roundTrips }) => signedPercent(roundTrips && roundTrips.meanReturn, 2),
  ),
  column(
    "Days",
    "Mean days from the first fill to the last",
    ({ roundTrips }) => days(roundTrips && roundTrips.holding),
  ),
];

/** Growth and risk-adjusted ratios. */
export function ratiosTable(result: RunResult): Table {
  return accountTable(result, RATIOS, {
    name: "ratios",
    title: "Growth and ratios",
    caption: "Annual, of net returns per bar. A dash: it does not exist or has no bound.",
  });
}

/** Tails of bar returns. */
export function tailsTable(result: RunResult): Table {
  return accountTable(result, TAILS, {
    name: "tails",
    title: "Tails of bar returns",
    caption: "Losses of one four-hour bar, positive; historical.",
  });
}

/** Time in the market and time under water. */
export function timeTable(result: RunResult): Table {
  return accountTable(result, TIME, {
    name: "time",
    title: "Time in the market and below a high",
    caption: "Exposure is gross notional over equity at the close of a bar.",
  });
}

/** Round trips: positions from flat to flat. */
export function roundTripsTable(result: RunResult): Table {
  return accountTable(result, TRIPS, {
    name: "round_trips",
    title: "Round trips",
    caption: "A position of one coin from flat to flat; net of fees and funding, over the notional entered.",
  });
}

/** Net profit by coin, as a share of the starting equity. */
export function coinProfitTable(result: RunResult): Table {
  const coins = coinsOf(result);
  const columns = coins.map((coin) =>
    column(
      plainText(coin),
      `Net profit made with ${coin}, share of starting equity`,
      ({ coinProfit }) => signedPercent(coinProfit?.[coin] ?? null),
    )
  );
  return accountTable(result, columns, {
    name: "coin_profit",
    title: "Profit by coin",
    caption:
      "Net of fees, slippage and funding, share of the starting equity; the coins add up to the net return.",
  });
}

/** Compounded net returns of the headline by calendar month: a row a year, a column a month. */
export function monthlyTable(result: RunResult): Table {
  const headline = result.strategies.find(({ name }) => name === result.headline)!;
  const months = headline.account?.months ?? [];
  const years = [...new Set(months.map(({ year }) => year))];
  const cell = (year: number, month: number) =>
    signedPercent(months.find((one) => one.year === year && one.month === month)?.value ?? null);
  return {
    name: "monthly_returns",
    title: `Monthly returns: ${plainText(headline.label)}`,
    caption:
      "Compounded net returns by calendar month, UTC; the first and the last may be cut by the reported rows.",
    columns: [
      { label: "Year", align: "left", hint: "Calendar year, UTC" },
      ...MONTHS.map((label): Column => ({ label, align: "right", hint: `Net return of ${label}` })),
    ],
    rows: years.map((year) => ({
      cells: [`${year}`, ...MONTHS.map((_, i) => cell(year, i + 1))],
      strong: false,
    })),
  };
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** Coins in the order of the configuration; JSON has them by the alphabet. */
function coinsOf({ config, strategies }: RunResult): string[] {
  const profits = strategies.map(({ account }) => account?.coinProfit).find((profit) => profit);
  const order = (config.universe as { readonly coins?: readonly string[] } | undefined)?.coins ?? [];
  return Object.keys(profits ?? {}).sort((a, b) => order.indexOf(a) - order.indexOf(b));
}

/** One row a strategy that has an account. */
function accountTable(
  result: RunResult,
  columns: readonly AccountColumn[],
  text: Pick<Table, "name" | "title" | "caption">,
): Table {
  return {
    ...text,
    columns: [
      { label: "Strategy", align: "left", hint: "What trades" },
      ...columns.map(({ label, align, hint }) => ({ label, align, hint })),
    ],
    rows: result.strategies.flatMap((strategy) => {
      const { account, name } = strategy;
      if (!account) return [];
      return [{
        cells: [shortLabel(strategy), ...columns.map(({ read }) => read(account, strategy))],
        strong: name === result.headline,
      }];
    }),
  };
}

/** The label, and of an oracle that it is one; what it knows stands in the notes. */
function shortLabel(strategy: StrategyResult): string {
  return `${plainText(strategy.label)}${oracleMark(strategy) === "" ? "" : ", oracle"}`;
}
