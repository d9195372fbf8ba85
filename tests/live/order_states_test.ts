import assert from "node:assert/strict";
import fc from "fast-check";
import { ORDER_STATES } from "popagent/events/order.ts";
import {
  afterStep,
  FINAL,
  OPEN,
  ORDER_STEPS,
  ORDER_TABLE,
  type OrderState,
} from "popagent/live/order_states.ts";

Deno.test("every pair of state and step is in the table or an error that says what would be allowed", () => {
  let allowed = 0, refused = 0;
  for (const state of ORDER_STATES) {
    for (const step of ORDER_STEPS) {
      const next = ORDER_TABLE[state][step];
      if (next === undefined) {
        refused++;
        assert.throws(() => afterStep(state, step), /Cannot \w+ an order that is \w+ as it must be one of: /);
      } else {
        allowed++;
        assert.equal(afterStep(state, step), next);
        assert.ok(ORDER_STATES.includes(next));
      }
    }
  }
  assert.equal(allowed + refused, ORDER_STATES.length * ORDER_STEPS.length);
  assert.equal(allowed, 30); // counted by hand in the table
});

/** States that can be reached from one by any steps. */
function reached(from: OrderState): Set<OrderState> {
  const seen = new Set<OrderState>([from]);
  for (const state of seen) Object.values(ORDER_TABLE[state]).forEach((next) => seen.add(next));
  return seen;
}

Deno.test("every state is reached from intended, every one can come to an end, and nothing leads out of an end", () => {
  assert.deepEqual([...reached("intended")].sort(), [...ORDER_STATES].sort());
  for (const state of ORDER_STATES) {
    const ends = [...reached(state)].filter((one) => FINAL.includes(one));
    assert.ok(ends.length > 0, state);
    if (FINAL.includes(state)) assert.deepEqual([...reached(state)], [state]);
  }
});

Deno.test("an order goes out only from approved, and after that the exchange may have it until it is final", () => {
  for (const state of ORDER_STATES) {
    assert.equal(ORDER_TABLE[state].send !== undefined, state === "approved", state);
  }
  for (const state of reached("sent")) {
    // approved again: looked up, and the exchange cannot take it any more; refused then by the guards
    assert.ok(OPEN.includes(state) || FINAL.includes(state) || state === "approved", state);
  }
});

Deno.test("no walk through the table fills an order that was never sent, or that the guards refused", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...ORDER_STEPS), { maxLength: 30 }), (steps) => {
      let state: OrderState = "intended", sent = false, approved = false;
      for (const step of steps) {
        const next: OrderState | undefined = ORDER_TABLE[state][step];
        if (next === undefined) continue;
        if (step === "approve") approved = true;
        if (step === "send") sent = true;
        state = next;
        if (["accepted", "partlyFilled", "filled", "rejected"].includes(state)) assert.ok(approved && sent);
      }
    }),
    { seed: 7, numRuns: 2000 },
  );
});
