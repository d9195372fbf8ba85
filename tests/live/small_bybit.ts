/** An account on the local Bybit server, as the tests of the adapter begin it. */
import { beginAccount, stepsOf } from "popagent/adapters/exchange/bybit/begin_account.ts";
import { bybitExchange } from "popagent/adapters/exchange/bybit/bybit_exchange.ts";
import { signedClient } from "popagent/adapters/exchange/bybit/signed_client.ts";
import { openVenueMemory } from "popagent/adapters/exchange/bybit/venue_memory.ts";
import type { Order } from "popagent/live/exchange.ts";
import { bybitServer } from "./bybit_server.ts";

export const KEYS = { key: "canary-key-77", secret: "canary-secret-99" };
export const SYMBOLS = ["BTCUSDT", "SOLUSDT"];

/** An order at market, with what a test says of it. */
export function marketOrder(change: Partial<Order> & { readonly clientId: string }): Order {
  return {
    coin: 0,
    quantity: 0.002,
    price: null,
    reduceOnly: false,
    leverage: 5,
    worth: 200,
    stop: 0,
    target: 0,
    untilRow: null,
    ...change,
  };
}

/** Server, client and exchange; `behind` is what this machine's clock lacks, ms. */
export async function smallBybit({ behind = 0, patience = 300 } = {}) {
  const server = bybitServer(KEYS.key, KEYS.secret);
  const { world } = server;
  const skew = { ms: -behind };
  const slept: number[] = [];
  const client = signedClient(server.address, KEYS, {
    fetch,
    now: () => world.now + skew.ms,
    sleep: (ms) => {
      slept.push(ms);
      world.now += ms;
      return Promise.resolve();
    },
    patience,
  });
  const memory = openVenueMemory(":memory:");
  await beginAccount(client, SYMBOLS, 10_000, memory);
  const parts = {
    client,
    symbols: SYMBOLS,
    steps: await stepsOf(client, SYMBOLS),
    memory,
    now: () => world.now,
    closeOf: (row: number) => 1_762_329_600_000 + row,
  };
  return {
    server,
    world,
    client,
    skew,
    slept,
    exchange: bybitExchange(parts),
    again: () => bybitExchange(parts),
    [Symbol.asyncDispose]: async () => {
      memory[Symbol.dispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}
