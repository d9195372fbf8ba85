/** A limit entry meets a position the other way, which a close has left: it makes it smaller before it enters. */
import assert from "node:assert/strict";
import { bookFill } from "popagent/live/book.ts";
import type { Execution, Order } from "popagent/live/exchange.ts";
import { ACCOUNT, createAccount, POSITION, positionIndex } from "popagent/simulation/account.ts";
import { createLoop } from "popagent/simulation/loop.ts";
import { arenaOf, whole } from "../../tools/paper_mind.ts";

const NONE = { rows: 0, coins: 0, values: new Float64Array() };
const SOL = 2, ROW = 60, P = POSITION;

const order = (quantity: number, price: number | null): Order => ({
  clientId: "t",
  coin: SOL,
  quantity,
  price,
  reduceOnly: false,
  leverage: 2,
  worth: 1000,
  stop: 0,
  target: 0,
  untilRow: null,
});
const execution = (quantity: number, price: number): Execution => ({
  sequence: 1,
  time: 0,
  clientId: "t",
  coin: SOL,
  kind: "entry",
  quantity,
  price,
  fee: 0,
  feeRate: 0,
  slippage: 0,
  paid: 0,
});

// By hand: short 5 at 100; bought 5 at 90 is 50 realised, and what remains of 12 enters at 90: long 7.
for (
  const [bought, left, entry, realised] of [[12, 7, 90, 50], [3, -2, 100, 30], [5, 0, 0, 50]] as const
) {
  Deno.test(`short 5 at 100, a limit order buys ${bought} at 90: ${left} are held, ${realised} realised`, () => {
    const account = createAccount(whole.coins.length, 10_000), at = positionIndex(SOL);
    const loop = createLoop(account, arenaOf(whole), NONE, NONE, null);
    bookFill(loop, ROW, execution(-5, 100), order(-5, null), true);
    account[at + P.restingQuantity] = bought;
    const booked = bookFill(loop, ROW, execution(bought, 90), order(bought, 90), true);
    assert.equal(account[at + P.quantity], left);
    assert.equal(account[at + P.entry], entry);
    assert.equal(account[at + P.restingQuantity], 0);
    assert.deepEqual(booked, { kind: "limit", realised });
    assert.equal(account[ACCOUNT.realised], realised);
  });
}
