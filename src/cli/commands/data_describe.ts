import { Command } from "@commander-js/extra-typings";
import { type CoinSummary, marketSummary } from "../../experiments/market_summary.ts";
import { day, decimal, percent } from "../../figures/format.ts";
import { barsOf, barsText, withDataFlags } from "../data_flags.ts";
import { say } from "../print.ts";
import { plainTable } from "../../report/text/plain_table.ts";

const EXAMPLES = `
Vol. is the annualised volatility. Funding is the mean rate over settlements, in basis points (0.01%) per 8 hours;
longs pay where it is positive. Bull, bear and side are shares of rows by each coin's own trend over 180 rows,
high volatility is against the coin's own past; both are labelled from the past alone. Sealed months are
left out.

Examples:
  deno task popagent data describe                    data/bybit where there are bars, else the synthetic market
  deno task popagent data describe --data data/bybit
  deno task popagent data describe --synthetic null --seed 3 --json`;

/** popagent data describe: what the bars of each coin look like as a whole. */
export function dataDescribeCommand() {
  return withDataFlags(new Command("describe"))
    .description("Describe the bars of each coin: span, volatility, funding, regimes")
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const panel = await barsOf(flags);
      const coins = marketSummary(panel);
      if (flags.json) say(JSON.stringify({ source: panel.source, coins }));
      else say(`${barsText(panel)}\n\n${summaryText(coins, panel.missing.includes("fundingRate"))}`);
    });
}

function summaryText(coins: readonly CoinSummary[], unfunded: boolean): string {
  const share = (value: number | null | undefined) => value == null ? "–" : percent(value, 0);
  return plainTable(
    [
      ["Coin", "left"],
      ["Rows", "right"],
      ["First bar", "left"],
      ["Last bar", "left"],
      ["First close", "right"],
      ["Last close", "right"],
      ["Vol.", "right"],
      ["Funding, bp", "right"],
      ["Bull", "right"],
      ["Bear", "right"],
      ["Side", "right"],
      ["High vol.", "right"],
    ],
    coins.map((coin) => [
      coin.coin,
      String(coin.rows),
      day(coin.first),
      day(coin.last),
      String(coin.firstClose),
      String(coin.lastClose),
      percent(coin.volatility),
      unfunded ? "none" : decimal(coin.meanFunding * 1e4),
      share(coin.trend?.bull),
      share(coin.trend?.bear),
      share(coin.trend?.side),
      share(coin.highVolatility),
    ]),
  );
}
