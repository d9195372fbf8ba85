import assert from "node:assert/strict";
import type { Exchange } from "popagent/live/exchange.ts";
import { runHistory } from "../../tools/paper_script.ts";

/** A small history to which nothing else happens. */
const SMALL = { failing: false, bars: 24 };

/** Does something else with the fifth order at market. */
function atFifth(
  exchange: Exchange,
  other: (submit: Exchange["submit"]) => Exchange["submit"],
): Exchange["submit"] {
  let many = 0;
  return (order) =>
    order.price === null && ++many === 5 ? other(exchange.submit)(order) : exchange.submit(order);
}
const zeros = { lost: 0, doubled: 0, unsettled: 0, cents: 0, differences: [] };

Deno.test("the small history without a planted error counts nothing", async () => {
  const { lost, doubled, unsettled, cents, differences, orders } = await runHistory(5, SMALL);
  assert.deepEqual({ lost, doubled, unsettled, cents, differences }, zeros);
  assert.ok(orders > 20);
});

Deno.test("the trials' counters see an order that was lost: said to be filled, and never taken", async () => {
  const report = await runHistory(5, {
    ...SMALL,
    between: (exchange) => ({
      ...exchange,
      submit: atFifth(
        exchange,
        () => ({ clientId, quantity }) =>
          Promise.resolve({ clientId, state: "filled", filled: Math.abs(quantity), reason: "" }),
      ),
    }),
  });
  assert.equal(report.unsettled, 1);
});

Deno.test("the trials' counters see an execution that the books never heard of", async () => {
  const report = await runHistory(5, {
    ...SMALL,
    between: (exchange) => ({
      ...exchange,
      executions: async (after) => (await exchange.executions(after)).filter(({ sequence }) => sequence < 20),
    }),
  });
  assert.ok(report.lost >= 1, `${report.lost}`);
  assert.ok(report.differences.length > 0);
});

Deno.test("the trials' counters see an order that was doubled, under its own id or under another", async () => {
  for (const own of [true, false]) {
    let twice = false;
    const report = await runHistory(5, {
      ...SMALL,
      beneath: (venue) => ({
        ...venue,
        submit: async (order) => {
          const report = await venue.submit(order);
          if (twice || order.price !== null || order.reduceOnly) return report;
          const again = await venue.submit({ ...order, clientId: `${order.clientId}again` });
          twice = again.state === "filled"; // there may be no cash for it
          return report;
        },
        executions: async (after) =>
          (await venue.executions(after)).map((one) =>
            own ? { ...one, clientId: one.clientId?.replace("again", "") ?? null } : one
          ),
      }),
    });
    assert.equal(report.doubled, 1, own ? "its own id" : "another id");
  }
});

Deno.test("the trials' counters see a cent that is missing", async () => {
  let dearer: number | null = null;
  const report = await runHistory(5, {
    ...SMALL,
    between: (exchange) => ({
      ...exchange,
      executions: async (after) =>
        (await exchange.executions(after)).map((one) => {
          if (one.clientId !== null) dearer ??= one.sequence;
          return one.sequence === dearer ? { ...one, fee: one.fee + 0.01 } : one;
        }),
    }),
  });
  assert.equal(report.lost, 0);
  assert.ok(Math.abs(report.cents - 0.01) < 1e-6, `${report.cents}`);
  assert.match(report.differences.join(), /^cash USDT/);
});
