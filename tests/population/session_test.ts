import assert from "node:assert/strict";
import { canonicalJson } from "popagent/core/hash.ts";
import { createDesk, growDesk } from "popagent/experiments/market.ts";
import { appendRows, type Panel, slicePanel, truncatePanel } from "popagent/market/panel.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { decide, mandatesOf, type RunContext } from "popagent/population/decide.ts";
import { onClose, startSession } from "popagent/population/session.ts";
import { deployedAccounts } from "popagent/population/state.ts";
import type { StepResult } from "popagent/population/step.ts";
import { nextOrders } from "popagent/simulation/next_orders.ts";
import { populationConfig } from "../run_config.ts";
import { bytesOf, startOf, steps } from "./small_run.ts";

// Decisions at rows 719, 737 and 755: three windows of 18 rows, the last traded row 773.
const ROWS = 774, BY_BAR = 54, ITERATIONS = 3;
const MEMO_BYTES = 256 * 2 ** 20;
const whole = syntheticMarket({ mode: "planted", ic: 0.1, seed: 4, rows: ROWS }).panel;
const config = populationConfig({
  seed: 3,
  clock: { stepRows: 18 },
  population: {
    size: 3,
    transferEvery: 1,
    committeeShare: 5 / 81,
    transferTau: .4,
    diversityTrigger: 1.05,
    credit: "shapley",
    creditMemory: 0,
  },
});

function contextOn(panel: Panel): RunContext {
  return {
    desk: createDesk(panel, config, MEMO_BYTES),
    config: config.population,
    clock: config.clock,
    seed: config.seed,
    iterations: ITERATIONS,
  };
}

const context = contextOn(whole);
const inOneGo = steps(context, ITERATIONS);

Deno.test("a population told its last 54 bars one by one leaves the bytes of the whole run", () => {
  const start = contextOn(truncatePanel(whole, ROWS - BY_BAR));
  let { desk } = start;
  const ended: StepResult[] = [];
  let { session } = onClose(startSession(startOf(start)), start);
  for (let row = ROWS - BY_BAR; row < ROWS; row++) {
    desk = growDesk(desk, appendRows(desk.market.panel, slicePanel(whole, row, row + 1)), config);
    const told = onClose(session, { ...start, desk });
    session = told.session;
    if (told.ended) ended.push(told.ended);
  }
  assert.equal(bytesOf(ended), bytesOf(inOneGo));
  const lessons = ended.reduce((sum, { event }) => sum + event.transfers.length + event.mutations.length, 0);
  assert.ok(lessons > 0, "it learned on the way");
  assert.ok(
    new Set(ended.map(({ event }) => JSON.stringify(event.champion))).size > 1,
    "the champion changed",
  );
});

Deno.test("decide() at the newest row of a market is decide() at that row of a longer one, orders included", () => {
  let state = startOf(context);
  for (const { event, state: next } of inOneGo) {
    const cut = contextOn(truncatePanel(whole, event.row + 1));
    const [short, long] = [decide(state, cut), decide(state, context)];
    assert.equal(canonicalJson(short), canonicalJson(long), `row ${event.row}`);
    assert.deepEqual(short.champion, event.champion);
    for (const account of deployedAccounts(config.population)) {
      const ordersOn = (one: RunContext) =>
        nextOrders(
          one.desk.arena,
          state.accounts[account]!,
          mandatesOf(short, one, event.row, event.row)[account]!,
          event.row,
          short.adopts[account] === true,
        );
      assert.deepEqual(ordersOn(cut), ordersOn(context), `${account} at row ${event.row}`);
    }
    state = next;
  }
});
