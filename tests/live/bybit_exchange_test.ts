/** The Bybit adapter on the local server: what is sent, and what every answer is taken for. */
import assert from "node:assert/strict";
import { meanFill } from "popagent/adapters/exchange/bybit/bybit_exchange.ts";
import { requireTradingHost } from "popagent/adapters/exchange/bybit/hosts.ts";
import { bybitKeys } from "popagent/adapters/exchange/bybit/keys.ts";
import { signerOf } from "popagent/adapters/exchange/bybit/signature.ts";
import { exactly, nearest } from "popagent/adapters/exchange/bybit/steps.ts";
import { UserError } from "popagent/core/user_error.ts";
import { ExchangeFault } from "popagent/live/exchange.ts";
import { KEYS, marketOrder, smallBybit } from "./small_bybit.ts";

const faultOf = async (call: Promise<unknown>) => {
  const error = await call.then(() => null, (one) => one);
  assert.ok(error instanceof ExchangeFault, `a fault: ${error}`);
  return error.fault;
};

Deno.test("signerOf() gives the signatures of another library", async () => {
  const sign = signerOf({ key: "test-key", secret: "test-secret-0123456789" });
  // Made with openssl dgst -sha256 -hmac.
  const cases = [
    ["category=linear&symbol=BTCUSDT", "4b7fd8e707ec6e6b0dc27e3c8cb4bee85ed5dcca6eaeaf6beda02c44dcf6df58"],
    ["", "52dee6da85bdeb6db731d9d697386ba7afe69b8e3bab219788d3de66ec18ffd7"],
    [
      '{"category":"linear","symbol":"BTCUSDT","side":"Buy","orderType":"Market","qty":"0.002","orderLinkId":"pa-000001","positionIdx":0}',
      "680e1e43dff70d29f1a8bb8de74f85ffde2add60f61537c4a07e98c4e8747fd0",
    ],
  ] as const;
  for (const [payload, mac] of cases) assert.equal(await sign(1762315200000, 5000, payload), mac);
});

Deno.test("only demo, testnet and this machine may be sent orders", () => {
  for (
    const address of ["https://api-demo.bybit.com", "https://api-testnet.bybit.com", "http://127.0.0.1:80"]
  ) {
    assert.equal(requireTradingHost(address), address);
  }
  const refused = [
    "https://api.bybit.com",
    "https://api.bytick.com",
    "https://api.bybit.eu",
    "https://api-demo.bybit.com.example.org",
    "https://api-demo.bybit.com@api.bybit.com",
    "http://api-demo.bybit.com",
    "http://127.0.0.1:80@api.bybit.com",
    "https://api-demo.bybit.com/",
  ];
  for (const address of refused) assert.throws(() => requireTradingHost(address), UserError, address);
});

Deno.test("bybitKeys() says in one line which variables are missing", () => {
  const missing = (set: Record<string, string>) => {
    try {
      bybitKeys((name) => set[name], "bybit-demo");
      return "";
    } catch (error) {
      return (error as Error).message;
    }
  };
  assert.match(
    missing({}),
    /^Cannot trade on bybit-demo.*BYBIT_TESTNET_KEY and BYBIT_TESTNET_SECRET \(start it as deno task paper-bybit\)$/,
  );
  assert.match(missing({ BYBIT_TESTNET_KEY: "abcdef" }), /not set is BYBIT_TESTNET_SECRET \(/);
  assert.equal(missing({ BYBIT_TESTNET_KEY: "abcdef", BYBIT_TESTNET_SECRET: "ghijkl" }), "");
});

Deno.test("quantities and prices are decimals on the exchange's steps", () => {
  assert.equal(exactly(0.1 + 0.2, "0.1"), "0.3");
  assert.equal(exactly(0.0025, "0.001"), null);
  assert.equal(exactly(1234, "1"), "1234");
  assert.equal(exactly(102071.4, "0.10"), "102071.4");
  assert.equal(nearest(100000.123, "0.10"), "100000.1");
  assert.equal(nearest(0.123456, "0.00001"), "0.12346");
});

Deno.test("meanFill() walks the book", () => {
  // By hand: 200 USDT at 100 buy 2 coins, 220 at 110 buy 2: 420 / 4
  assert.equal(meanFill([[100, 2], [110, 9]], 420), 105);
  assert.equal(meanFill([[100, 2]], 0), 100);
  assert.equal(meanFill([[100, 2]], 400), 100);
  assert.equal(meanFill([], 1), null);
});

Deno.test("a market order with stop and target: acknowledged, seen filled, executed, held", async () => {
  await using bybit = await smallBybit();
  const { exchange, server, world } = bybit;
  assert.deepEqual(await exchange.quote(0, 1, 200), { price: 100_000, fill: 100_000 });
  const order = marketOrder({ clientId: "s-1-0i", stop: 0.02, target: 0.04 });
  assert.deepEqual(await exchange.submit(order), {
    clientId: "s-1-0i",
    state: "accepted",
    filled: 0,
    reason: "",
  });
  assert.deepEqual(await exchange.look("s-1-0i"), {
    clientId: "s-1-0i",
    state: "filled",
    filled: 0.002,
    reason: "",
  });
  const created = world.seen.find(({ path }) => path === "/v5/order/create")!;
  assert.equal(
    created.raw,
    '{"category":"linear","symbol":"BTCUSDT","side":"Buy","orderType":"Market","qty":"0.002","timeInForce":"IOC",' +
      '"positionIdx":0,"orderLinkId":"s-1-0i","reduceOnly":false,"stopLoss":"98000.0","takeProfit":"104000.0","tpslMode":"Full"}',
  );
  const [fill, ...more] = await exchange.executions(0);
  assert.deepEqual(more, []);
  assert.deepEqual(fill, {
    sequence: 1,
    time: world.now,
    clientId: "s-1-0i",
    coin: 0,
    kind: "entry",
    quantity: 0.002,
    price: 100_000,
    fee: 0.11,
    feeRate: 0.00055,
    slippage: 0,
    paid: 0,
  });
  const { cash, positions, resting } = await exchange.holdings();
  assert.ok(Math.abs(cash - (10_000 - 0.11)) < 1e-9, "the rest of the wallet is set aside");
  assert.deepEqual(positions, [{ coin: 0, quantity: 0.002, entry: 100_000 }, {
    coin: 1,
    quantity: 0,
    entry: 0,
  }]);
  assert.deepEqual(resting, []);
  assert.equal(server.count("/v5/position/set-leverage", 0), 1);
});

Deno.test("an order is not to be seen at once: unknown until it is", async () => {
  await using bybit = await smallBybit();
  bybit.world.hidden = 2; // realtime and history
  await bybit.exchange.quote(0, 1, 200);
  assert.equal((await bybit.exchange.submit(marketOrder({ clientId: "h" }))).state, "accepted");
  assert.equal(await bybit.exchange.look("h"), null);
  assert.equal((await bybit.exchange.look("h"))?.state, "filled");
});

Deno.test("a market order that finds too little is cancelled with what it filled", async () => {
  await using bybit = await smallBybit();
  const { exchange, world } = bybit;
  world.depth = 0.001;
  await exchange.quote(0, -1, 200);
  world.prices.BTCUSDT = 99_900;
  await exchange.submit(marketOrder({ clientId: "p", quantity: -0.002 }));
  assert.deepEqual(await exchange.look("p"), {
    clientId: "p",
    state: "cancelled",
    filled: 0.001,
    reason: "EC_NoImmediateQtyToFill",
  });
  const [fill] = await exchange.executions(0);
  assert.equal(fill!.quantity, -0.001);
  assert.ok(Math.abs(fill!.slippage - 0.1) < 1e-9, "sold 100 USDT a coin below the quote");
});

Deno.test("a limit order rests, fills in parts, is cancelled, and again when its last bar is over", async () => {
  await using bybit = await smallBybit();
  const { exchange, server, world } = bybit;
  const limit = { coin: 1, quantity: 2, price: 140.12, worth: 280.24, untilRow: 60_000 };
  await exchange.submit(marketOrder({ clientId: "l1", ...limit }));
  assert.equal((await exchange.look("l1"))?.state, "accepted");
  assert.deepEqual((await exchange.holdings()).resting, ["l1"]);
  server.fillLimit("l1", 0.5);
  assert.deepEqual(await exchange.look("l1"), {
    clientId: "l1",
    state: "partlyFilled",
    filled: 0.5,
    reason: "",
  });
  const cancelled = { clientId: "l1", state: "cancelled", filled: 0.5, reason: "CancelByUser" };
  assert.deepEqual(await exchange.cancel("l1"), cancelled);
  assert.deepEqual(await exchange.cancel("l1"), cancelled, "once more changes nothing");
  const [fill] = await exchange.executions(0);
  assert.deepEqual([fill!.kind, fill!.quantity, fill!.price, fill!.feeRate], ["limit", 0.5, 140.12, 0.0002]);

  await exchange.submit(marketOrder({ clientId: "l2", ...limit }));
  assert.equal((await exchange.look("l2"))?.state, "accepted");
  world.now += 60_000;
  assert.equal((await exchange.look("l2"))?.state, "cancelled", "its bar is over");
  assert.equal(await exchange.cancel("nobody"), null);
});

Deno.test("what the exchange will not take is rejected with its reason, and nothing is sent twice", async () => {
  await using bybit = await smallBybit();
  const { exchange, server } = bybit;
  await exchange.quote(0, 1, 200);
  const reasonOf = async (change: Parameters<typeof marketOrder>[0]) => {
    const { state, reason } = await exchange.submit(marketOrder(change));
    assert.equal(state, "rejected");
    return reason;
  };
  assert.match(
    await reasonOf({ clientId: "a", quantity: 0.0025 }),
    /^10001 quantity must be a multiple of 0.001$/,
  );
  assert.match(await reasonOf({ clientId: "b", price: 99_999.97 }), /^10001 price/);
  assert.equal(server.count("/v5/order/create"), 0, "not even asked");
  assert.match(await reasonOf({ clientId: "c", coin: 1, quantity: 0.1, price: 40 }), /^110094 /);
  assert.match(await reasonOf({ clientId: "d", reduceOnly: true }), /^110017 /);
  assert.match(await reasonOf({ clientId: "e", quantity: 500, leverage: 1 }), /^110007 /);
  assert.match(await reasonOf({ clientId: "f", leverage: 101 }), /^110013 /);
  assert.equal(server.world.orders.size, 0);

  await exchange.submit(marketOrder({ clientId: "once" }));
  const second = await exchange.submit(marketOrder({ clientId: "once", quantity: 0.009 }));
  assert.deepEqual([second.state, second.filled], ["filled", 0.002], "the first order's own report");
  assert.equal(server.count("/v5/order/create", 110072), 1);
  assert.equal(server.world.executions.length, 1);
});

Deno.test("answers that are lost: unknown, then looked up", async () => {
  await using bybit = await smallBybit({ patience: 60 });
  const { exchange, world } = bybit;
  await exchange.quote(0, 1, 200);
  const create = "/v5/order/create";
  for (const fault of ["lost", "answerLost", "10016", "502", "page"] as const) {
    world.faults.push({ path: create, fault });
    assert.equal(await faultOf(exchange.submit(marketOrder({ clientId: fault }))), "timeout", fault);
    const taken = fault === "answerLost";
    assert.equal((await exchange.look(fault))?.state ?? null, taken ? "filled" : null, fault);
  }
  assert.equal(world.orders.size, 1);
});

Deno.test("rate limits: busy, nothing sent before the reset, then taken", async () => {
  await using bybit = await smallBybit();
  const { exchange, server, world, slept } = bybit;
  await exchange.quote(0, 1, 200);
  for (const fault of ["10006", "429"] as const) {
    world.faults.push({ path: "/v5/order/create", fault });
    assert.equal(await faultOf(exchange.submit(marketOrder({ clientId: fault }))), "busy");
    const before = world.seen.length;
    assert.equal(await exchange.look(fault), null);
    assert.equal(slept.at(-1), 700, "until the reset that the exchange named");
    assert.equal(world.seen.length, before + 2);
    assert.equal((await exchange.submit(marketOrder({ clientId: fault }))).state, "accepted");
  }
  assert.equal(world.orders.size, 2);
  // Ten orders a second: the tenth says that none is left, and the next request waits for the second to end.
  world.now = Math.ceil(world.now / 1000) * 1000;
  const waits = slept.length;
  for (let i = 0; i < 25; i++) await exchange.submit(marketOrder({ clientId: `r${i}` }));
  assert.deepEqual(slept.slice(waits), [1000, 1000]);
  assert.equal(server.count("/v5/order/create", 10006), 1, "the one that was planted");
});

Deno.test("a clock that goes back under a rate limit does not lengthen it", async () => {
  await using bybit = await smallBybit();
  const { exchange, skew, slept, world } = bybit;
  await exchange.quote(0, 1, 200);
  world.faults.push({ path: "/v5/order/create", fault: "10006" });
  assert.equal(await faultOf(exchange.submit(marketOrder({ clientId: "b" }))), "busy");
  skew.ms -= 3_600_000;
  assert.equal(await faultOf(exchange.look("b")), "clock", "asked, and not held back for an hour");
  assert.equal(slept.at(-1), 700);
  await exchange.time();
  assert.equal((await exchange.submit(marketOrder({ clientId: "b" }))).state, "accepted");
});

Deno.test("a clock outside the window is set again", async () => {
  await using bybit = await smallBybit({ behind: 3_600_000 });
  const { exchange, skew, world } = bybit;
  await exchange.quote(0, 1, 200);
  assert.equal(
    (await exchange.submit(marketOrder({ clientId: "k1" }))).state,
    "accepted",
    "set at the start",
  );
  skew.ms += 60_000; // this machine's clock jumps
  assert.equal(await faultOf(exchange.submit(marketOrder({ clientId: "k2" }))), "clock");
  assert.equal(await exchange.time(), world.now);
  assert.equal(await exchange.look("k2"), null);
  assert.equal((await exchange.submit(marketOrder({ clientId: "k2" }))).state, "accepted");
});

Deno.test("executions keep the number that they got, whatever comes late, twice or after a restart", async () => {
  await using bybit = await smallBybit();
  const { exchange, again, server, world } = bybit;
  await exchange.quote(0, 1, 200);
  await exchange.submit(marketOrder({ clientId: "x1" }));
  world.now += 1000;
  const funding = {
    symbol: "BTCUSDT",
    side: "Buy",
    orderLinkId: "",
    execType: "Funding",
    execQty: "0.002",
    execPrice: "100000",
    execFee: "0.02",
    feeRate: "0.0001",
  };
  server.addExecution(funding);
  server.addExecution({ ...funding, symbol: "DOGEUSDT" }); // no coin of the session
  const first = await exchange.executions(0);
  assert.deepEqual(first.map(({ sequence, kind }) => [sequence, kind]), [[1, "entry"], [2, "funding"]]);
  const { paid, fee, clientId, quantity } = first[1]!;
  assert.deepEqual([paid, fee, clientId, quantity], [0.02, 0, null, 0.002]);
  const late = { execTime: String(world.now - 900), execType: "Trade", orderType: "Market", side: "Sell" };
  server.addExecution({ ...funding, ...late, stopOrderType: "StopLoss", execFee: "0.1" });
  const second = await again().executions(0);
  assert.deepEqual(second.slice(0, 2), first);
  assert.deepEqual([second[2]!.sequence, second[2]!.kind, second[2]!.quantity], [3, "stop", -0.002]);
  assert.deepEqual(await again().executions(2), second.slice(2));

  const many = Array.from({ length: 230 }, (_, i) => `m${i}`); // three pages
  for (const name of many) server.addExecution({ ...funding, execId: name });
  assert.equal((await exchange.executions(3)).length, 230);
  assert.equal((await exchange.executions(3)).length, 230);
});

Deno.test("levels go to the exchange as prices on ticks; none on a flat position", async () => {
  await using bybit = await smallBybit();
  const { exchange, world } = bybit;
  await exchange.protect({ coin: 0, basis: 100_000, stop: 98_000, target: 0 });
  assert.deepEqual(world.levels, []);
  await exchange.quote(0, 1, 200);
  await exchange.submit(marketOrder({ clientId: "v" }));
  await exchange.protect({ coin: 0, basis: 100_000, stop: 98_000.04, target: 0 });
  const { stopLoss, takeProfit, positionIdx } = world.levels[0]!;
  assert.deepEqual([stopLoss, takeProfit, positionIdx], ["98000.0", "0", 0]);
});

Deno.test("neither key nor secret is in any error, even where the exchange sends them back", async () => {
  await using bybit = await smallBybit();
  const { client, world } = bybit;
  const texts: string[] = [];
  const told = async (call: Promise<unknown>) => {
    const error = await call.then(() => null, (one) => one);
    assert.ok(error instanceof Error);
    texts.push(Deno.inspect(error), error.message, String(error.cause));
    return error;
  };
  world.allowed = false;
  assert.ok(
    await told(client.get("/v5/account/info", {})) instanceof UserError,
    "no later request does better",
  );
  world.allowed = true;
  world.now += 3_600_000;
  bybit.skew.ms -= 3_600_000; // out of the window
  await told(client.get("/v5/account/info", {}));
  await told(client.post("/v5/nowhere", {}));
  const { signedClient } = await import("popagent/adapters/exchange/bybit/signed_client.ts");
  const ports = { fetch, now: () => world.now, sleep: () => Promise.resolve() };
  const wrong = signedClient(bybit.server.address, { ...KEYS, secret: "canary-secret-00" }, ports);
  assert.match((await told(wrong.get("/v5/account/info", {}))).message, /10004 error sign.*\[key\]/);
  for (const text of texts) assert.doesNotMatch(text, /canary/);
});

Deno.test("a port where nobody listens: nothing was sent", async () => {
  const { signedClient } = await import("popagent/adapters/exchange/bybit/signed_client.ts");
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const ports = { fetch, now: Date.now, sleep: () => Promise.resolve() };
  const client = signedClient(`http://127.0.0.1:${port}`, KEYS, ports);
  assert.equal(await faultOf(client.post("/v5/order/create", {})), "unreachable");
});
