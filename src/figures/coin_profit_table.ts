import type { RunResult } from "../experiments/result.ts";
import { accountColumn, accountTable } from "./account_table.ts";
import { signedPercent } from "./format.ts";
import type { Table } from "./table.ts";
import { plainText } from "./text.ts";
import { requireResult } from "./run_parts.ts";

/** Net profit by coin, as a share of the starting equity. */
export function coinProfitTable(result: RunResult): Table {
  requireResult(result, "strategies");
  const coins = coinsOf(result);
  const columns = coins.map((coin) =>
    accountColumn(
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

/** Coins in the order of the configuration; JSON has them by the alphabet. */
function coinsOf({ config, strategies }: RunResult): string[] {
  const profits = strategies.map(({ account }) => account?.coinProfit).find((profit) => profit);
  const order = (config.universe as { readonly coins?: readonly string[] } | undefined)?.coins ?? [];
  return Object.keys(profits ?? {}).sort((a, b) => order.indexOf(a) - order.indexOf(b));
}
