/** What a notebook opens with: which bars these are, and what each coin did in them. */
import { displayed } from "../figures/displayed.ts";
import { BARS_PER_DAY, BARS_PER_YEAR, type Coin } from "../core/universe.ts";
import { count, day, percent, signedPercent, significant } from "../figures/format.ts";
import { sourceText } from "../figures/run_subtitle.ts";
import type { Figure } from "../figures/figure.ts";
import { seriesFigure } from "../figures/series.ts";
import type { Table } from "../figures/table.ts";
import { mean, standardDeviation } from "../stats/moments.ts";
import { coinAt } from "./columns.ts";
import type { Market } from "./market.ts";
import { requireMarket } from "./request_checks.ts";

/** The source of some bars and their span, as figures say it. */
export function marketSource(market: Market): string {
  requireMarket(market);
  const { openTime, rows, source } = market.panel;
  return `${sourceText(source)}; ${day(openTime[0]!)} to ${day(openTime[rows - 1]!)}`;
}

/** One row a coin: price, growth, volatility, traded value and funding. What must be said of the bars stands below. */
export function marketTable(market: Market): Table {
  requireMarket(market);
  const { panel, coins, rows, notes } = market;
  return displayed({
    name: "market",
    title: `${count(rows)} bars of four hours: ${marketSource(market)}`,
    caption: notes.join(" "),
    columns: [
      { label: "Coin", align: "left", hint: "Its symbol" },
      { label: "First", align: "right", hint: "First close, USDT" },
      { label: "Last", align: "right", hint: "Last close, USDT" },
      { label: "Return", align: "right", hint: "Last close over first, less 1" },
      { label: "Volatility", align: "right", hint: "Standard deviation of log returns, annualised" },
      { label: "Traded a day", align: "right", hint: "Mean turnover, million USDT a day" },
      {
        label: "Funding a year",
        align: "right",
        hint: "Mean funding rate times the 1,095 payments of a year",
      },
    ],
    rows: coins.map((coin) => ({ cells: coinCells(panel.coins[coinAt(market, coin)]!), strong: false })),
  });
}

function coinCells({ coin, close, turnover, fundingRate }: Market["panel"]["coins"][number]): string[] {
  const moves = Float64Array.from(
    { length: close.length - 1 },
    (_, i) => Math.log(close[i + 1]! / close[i]!),
  );
  const first = close[0]!, last = close[close.length - 1]!;
  return [
    coin,
    significant(first, 5),
    significant(last, 5),
    signedPercent(last / first - 1, 0),
    percent(standardDeviation(moves) * Math.sqrt(BARS_PER_YEAR), 0),
    count(mean(turnover) * BARS_PER_DAY / 1e6),
    signedPercent(mean(fundingRate) * 1095),
  ];
}

/** Closes of all coins, a small plot each. */
export function marketFigure(market: Market): Figure {
  requireMarket(market);
  const { openTime } = market.panel;
  const series = market.coins.map((coin: Coin) => ({
    label: coin,
    note: "close, USDT",
    values: market.panel.coins[coinAt(market, coin)]!.close,
  }));
  return seriesFigure(series, openTime, {
    title: "What the coins did",
    subtitle: marketSource(market),
    caption: "Closing prices, each coin on a scale of its own.",
    ownScales: true,
  });
}
