import assert from "node:assert/strict";
import { backtest } from "popagent/desk/backtest.ts";
import { loadMarket, type Market } from "popagent/desk/market.ts";
import { sma } from "popagent/features/sma.ts";
import { assertClose } from "../close_to.ts";
import { realBarsFolder } from "../real_bars.ts";

/** Final equity of the rule by a loop of another program over the development rows. */
const EXPECTED = {
  BTC: 6783.639231454158,
  ETH: 6401.471901407282,
  SOL: 12651.112559117593,
  DOGE: 8584.73454071585,
  XRP: 8964.840077327226,
} as const;

function crossings(market: Market, coin: string) {
  const { close } = market.panel.coins[market.coins.indexOf(coin)]!;
  const fast = sma(close, 10), slow = sma(close, 30);
  const at = (holds: (row: number) => boolean) => Array.from(close, (_, row) => row > 0 && holds(row));
  return {
    entries: at((row) => fast[row]! > slow[row]! && fast[row - 1]! <= slow[row - 1]!),
    exits: at((row) => fast[row]! < slow[row]! && fast[row - 1]! >= slow[row - 1]!),
  };
}

const folder = realBarsFolder();
Deno.test({
  name: "issue: SMA 10/30 in plain mode gives what another back-tester gives, on five coins",
  ignore: folder === null,
  fn: async () => {
    const market = await loadMarket({ folder: folder! });
    for (const [coin, expected] of Object.entries(EXPECTED)) {
      const test = backtest({
        market,
        coins: [coin],
        ...crossings(market, coin),
        rules: "plain",
        fill: "close",
      });
      assertClose(test.equity.at(-1)!, expected, 1e-9 * expected, coin);
      if (coin === "BTC") assert.equal(test.trades.length, 92);
    }
  },
});
