import assert from "node:assert/strict";
import type { Order } from "popagent/live/exchange.ts";
import { simulatedExchange } from "popagent/live/simulated_exchange.ts";
import { highestLeverage } from "popagent/live/simulated_orders.ts";
import { startExchange } from "popagent/live/simulated_state.ts";
import { arenaOf, COINS, whole } from "../../tools/paper_mind.ts";

/** Maintenance of 1% up to 3000 USDT and of 10% beyond: leverage 50 and 5. */
const riskTiers = [{ upTo: 3000, maintenanceMargin: 0.01 }, { upTo: Infinity, maintenanceMargin: 0.1 }];

Deno.test("the highest leverage is one over twice the maintenance margin of the tier", () => {
  assert.deepEqual([3000, 3001].map((value) => highestLeverage(riskTiers, value)), [50, 5]);
});

Deno.test("the simulated exchange refuses leverage above the tier that a position would lie in", async () => {
  const instruments = whole.instruments.map((one) => ({
    ...one,
    terms: one.terms.map((terms) => ({ ...terms, riskTiers, lot: 0 })),
  }));
  const exchange = simulatedExchange(
    { arena: arenaOf({ ...whole, instruments }), openTime: whole.openTime, now: () => whole.openTime[60]! },
    startExchange(COINS.length, 10_000, 60),
  );
  exchange.open();
  const price = whole.coins[0]!.open[60]!;
  const buy = (clientId: string, worth: number, leverage: number): Order => ({
    clientId,
    coin: 0,
    quantity: worth / price,
    price: null,
    reduceOnly: false,
    leverage,
    worth,
    stop: 0,
    target: 0,
    untilRow: null,
  });
  const small = await exchange.submit(buy("small", 2000, 20));
  assert.equal(small.state, "filled", small.reason);
  const more = await exchange.submit(buy("more", 2000, 20)); // 4000 with what is held
  assert.deepEqual([more.state, more.reason], [
    "rejected",
    "110013 leverage must be at most 5 in the tier of this size",
  ]);
  const back = await exchange.submit({ ...buy("back", 1000, 20), quantity: -1000 / price, reduceOnly: true });
  assert.equal(back.state, "filled", back.reason);
});
