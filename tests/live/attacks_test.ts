import assert from "node:assert/strict";
import { eventsOfType } from "popagent/events/event.ts";
import type { Exchange, Execution } from "popagent/live/exchange.ts";
import type { GuardLimits } from "popagent/live/guards.ts";
import { CASH, scriptedSession, START } from "./scripted_session.ts";
import { whole } from "../../tools/paper_mind.ts";

/** The script wishes for half its equity at most in one coin, and three coins: within these on a usual day. */
const limits: Partial<GuardLimits> = { orderNotional: 2, gross: 3, leverage: 5, priceDeviation: 0.1 };
const BARS = 14, FROM = START + 4;

interface Sent {
  readonly row: number;
  /** USDT at the true price, whatever was quoted. */
  readonly worth: number;
  readonly reduceOnly: boolean;
  readonly leverage: number;
  readonly isMarket: boolean;
}

type Attack = (exchange: Exchange, row: () => number) => Exchange;

/** Trades under an attack. @returns Orders sent once it has begun, by whether they may enlarge, and the guards' changes. */
async function attacked(attack: Attack) {
  const orders: Sent[] = [];
  const { journal, take, venue } = scriptedSession((exchange, row) => {
    const hostile = attack(exchange, row);
    return {
      ...hostile,
      submit: (order) => {
        const worth = Math.abs(order.quantity) * whole.coins[order.coin]!.open[row()]!;
        orders.push({
          row: row(),
          worth,
          reduceOnly: order.reduceOnly,
          leverage: order.leverage,
          isMarket: order.price === null,
        });
        return hostile.submit(order);
      },
    };
  }, limits);
  const loop = take();
  for (let bar = 0; bar < BARS; bar++) await loop.bar();
  for (const { worth, leverage, reduceOnly } of orders) {
    assert.ok(reduceOnly || (worth <= 2.2 * CASH && leverage <= 5), `${worth} at ${leverage}`);
  }
  const guards = eventsOfType(journal.events(), "guard").map(({ to, rule }) => `${to} ${rule}`);
  const held = (await venue.holdings()).positions
    .reduce(
      (sum, { coin, quantity }) => sum + Math.abs(quantity) * whole.coins[coin]!.close[START + BARS - 1]!,
      0,
    );
  assert.ok(held <= 3.3 * CASH, `${held} held`);
  const after = orders.filter(({ row }) => row >= FROM);
  return { enlarging: after.filter(({ reduceOnly }) => !reduceOnly), after, guards };
}
const isOn = (row: number) => row >= FROM;

Deno.test("without an attack the session trades on, and no guard changes", async () => {
  const { enlarging, guards } = await attacked((exchange) => exchange);
  assert.ok(enlarging.filter(({ isMarket }) => isMarket).length > 5);
  assert.deepEqual(guards, []);
});

Deno.test("attack: a position that was never ordered is reported; nothing is sent any more", async () => {
  const { after, guards } = await attacked((exchange, row) => ({
    ...exchange,
    holdings: async () => {
      const one = await exchange.holdings();
      return isOn(row())
        ? { ...one, positions: one.positions.map((held) => ({ ...held, quantity: held.quantity + 50 })) }
        : one;
    },
  }));
  assert.deepEqual(guards, ["halted reconciliation"]);
  assert.deepEqual(after, []);
});

Deno.test("attack: fills of an order that was never sent are reported; the books follow, the account does not: halted", async () => {
  const { guards, after } = await attacked((exchange, row) => ({
    ...exchange,
    executions: async (after) => {
      const all = await exchange.executions(0), first = all[0];
      if (!isOn(row()) || first === undefined) return all.slice(after);
      const spoofed: Execution = {
        ...all.at(-1)!,
        sequence: all.length + 1,
        clientId: "stranger",
        quantity: 50,
        kind: "entry",
      };
      return [...all, spoofed].slice(after);
    },
  }));
  assert.ok(guards.includes("halted reconciliation"), guards.join());
  assert.ok(after.filter(({ row }) => row > FROM).length === 0);
});

for (const [name, far] of [["thrice", 3], ["a third of", 1 / 3], ["a thousandth of", 1e-3]] as const) {
  Deno.test(`attack: quotes of ${name} the price let no order pass that enlarges`, async () => {
    const { enlarging } = await attacked((exchange, row) => ({
      ...exchange,
      quote: async (coin, direction, worth) => {
        const { price, fill } = await exchange.quote(coin, direction, worth);
        return isOn(row()) ? { price: price * far, fill: fill * far } : { price, fill };
      },
    }));
    assert.deepEqual(enlarging.filter(({ isMarket }) => isMarket), []);
  });
}

for (const fill of [NaN, 0, -1, Infinity]) {
  Deno.test(`attack: a quote of ${fill} sizes no order at market`, async () => {
    const quoted: number[] = [];
    const { after } = await attacked((exchange, row) => ({
      ...exchange,
      quote: async (coin, direction, worth) => {
        const quote = await exchange.quote(coin, direction, worth);
        if (!isOn(row())) return quote;
        quoted.push(row());
        return { ...quote, fill };
      },
      submit: async (order) => {
        assert.ok(order.price !== null || !isOn(row()), `an order at market of ${order.quantity}`);
        return await exchange.submit(order);
      },
    }));
    assert.ok(quoted.length > 0);
    assert.ok(after.every(({ worth }) => Number.isFinite(worth)));
  });
}

Deno.test("attack: stale quotes, of a market that stood 15% lower, let no order pass that enlarges", async () => {
  const { enlarging } = await attacked((exchange, row) => ({
    ...exchange,
    quote: async (coin, direction, worth) => {
      if (!isOn(row())) return await exchange.quote(coin, direction, worth);
      const price = whole.coins[coin]!.close[FROM - 1]! * 0.85;
      return { price, fill: price };
    },
  }));
  assert.deepEqual(enlarging.filter(({ isMarket }) => isMarket), []);
});
