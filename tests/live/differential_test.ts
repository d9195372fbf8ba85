import assert from "node:assert/strict";
import { createDesk } from "popagent/experiments/market.ts";
import { startState } from "popagent/population/state.ts";
import { step } from "popagent/population/step.ts";
import { HISTORY, market, MEMO, sessionConfig, smallSession } from "./small_session.ts";

/** Decisions at rows 419, 437 and 455: two takeovers. */
const UNTIL = 460;

for (const deploy of ["champion", "committee", "mirrored"] as const) {
  Deno.test(`a session on the simulated exchange is the research account of the ${deploy}, to the bit`, async () => {
    const config = sessionConfig(deploy);
    const { loop, mind, journal } = smallSession({ config, until: UNTIL });
    let bars = 0;
    while (await loop.bar()) {
      bars++;
      if (bars % 9 === 0 || loop.row() + 1 === UNTIL) {
        assert.deepEqual(loop.book(), mind.research(), `row ${loop.row()}`);
      }
    }
    assert.equal(bars, UNTIL - HISTORY);
    const fills = journal.events().filter(({ type }) => type === "fill");
    assert.ok(fills.length > 10, `${fills.length} fills`);
    const orders = journal.events().filter((one) => one.type === "order");
    assert.ok(!orders.some(({ to }) => to === "rejected" || to === "refused"), "no order was turned down");
    const agreed = journal.events().filter((one) => one.type === "reconciliation");
    assert.ok(agreed.length === bars && agreed.every(({ agrees }) => agrees));
  });
}

Deno.test("what a session learned on the way is what a research run learns over the same rows", async () => {
  const config = sessionConfig();
  const { loop, mind, journal } = smallSession({ config, until: UNTIL });
  while (await loop.bar());
  const context = {
    desk: createDesk(market, config, MEMO),
    config: config.population,
    clock: config.clock,
    seed: config.seed,
    iterations: 10,
  };
  let state = startState(config.population, config.seed, market.coins.length, config.startingEquity);
  const events = [];
  while (state.k < mind.population()!.k) {
    const result = step(state, context);
    events.push(result.event);
    state = result.state;
  }
  assert.deepEqual(journal.events().filter(({ type }) => type === "iteration"), events);
  assert.ok(events.length >= 2);
});
