import assert from "node:assert/strict";
import { type IntentParts, resting } from "popagent/live/intents.ts";
import { createAccount, POSITION, positionIndex } from "popagent/simulation/account.ts";

Deno.test("a limit entry that rests is one order; a ladder is refused, as one order would not trade what research trades", () => {
  const account = createAccount(1, 10_000), at = positionIndex(0);
  account[at + POSITION.restingQuantity] = 2;
  account[at + POSITION.restingPrice] = 99;
  account[at + POSITION.restingRungs] = 1;
  const parts = { loop: { account }, idOf: () => "id" } as unknown as IntentParts;
  const order = resting(parts, 0)!;
  assert.deepEqual([order.quantity, order.price], [2, 99]);
  account[at + POSITION.restingRungs] = 3;
  assert.throws(() => resting(parts, 0), /a ladder of 3 orders\. Play traders of another style/);
});
