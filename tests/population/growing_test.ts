import assert from "node:assert/strict";
import { limitsOf } from "popagent/agents/desk.ts";
import { createDesk, growDesk } from "popagent/experiments/market.ts";
import { appendRows, slicePanel, truncatePanel } from "popagent/market/panel.ts";
import { declaredGenomes, membersOf, teamPipeline } from "popagent/population/members.ts";
import { LIMITS_WIDTH } from "popagent/simulation/limits.ts";
import { POOLS } from "popagent/inventory/pools.ts";
import { panel, smallConfig } from "./small_run.ts";

Deno.test("in a market that grows bar by bar a check goes on from its stored end, with the whole's limits", () => {
  const team = { analyst: 0, researcher: 0, trader: 0, risk: 4 }; // the check called drawdown
  const pipeline = teamPipeline(membersOf(declaredGenomes(5)), team);
  const check = POOLS["risk.checks"].drawdown!;
  const { run } = check;
  let runs = 0;
  const counted = { ...check, run: (...given: Parameters<typeof run>) => (runs++, run(...given)) };
  Object.assign(POOLS["risk.checks"], { drawdown: counted });
  try {
    const config = smallConfig();
    let desk = createDesk(truncatePanel(panel, 600), config, 2 ** 28);
    for (let row = 600; row < 612; row++) {
      desk = growDesk(desk, appendRows(desk.market.panel, slicePanel(panel, row, row + 1)), config);
      limitsOf(desk, pipeline);
    }
    assert.equal(runs, 1, "once from row 0, then on from there");
    const whole = limitsOf(createDesk(panel, config, 2 ** 28), pipeline);
    assert.deepEqual(limitsOf(desk, pipeline).values, whole.values.slice(0, 612 * LIMITS_WIDTH));
  } finally {
    Object.assign(POOLS["risk.checks"], { drawdown: check });
  }
});
