/**
 * Two readings that look alike: both hold the price against its mean, one of all bars, which nobody knows before they
 * are over, one of those so far. `deno task popagent leakcheck --extensions notebooks/leaking_reading.ts` tells them apart.
 */
import { type Extension, POOLS } from "../src/mod.ts";

const { rsi } = POOLS["analyst.features"];
const MOST = 3; // a reading lies in -3..3
const reading = (price: number, mean: number) => Math.max(-MOST, Math.min(MOST, 10 * (price / mean - 1)));

export default {
  methods: {
    "analyst.features": {
      fromWholeMean: {
        ...rsi!,
        summary: "The price against its mean over all bars: knows the future",
        run: ({ market, coin }) => {
          const { close } = market.panel.coins[coin]!;
          const mean = close.reduce((sum, price) => sum + price, 0) / close.length;
          return close.map((price) => reading(price, mean));
        },
      },
      fromMeanSoFar: {
        ...rsi!,
        summary: "The price against its mean so far",
        run: ({ market, coin }) => {
          let sum = 0;
          return market.panel.coins[coin]!.close.map((price, t) => reading(price, (sum += price) / (t + 1)));
        },
      },
    },
  },
} satisfies Extension;
