import assert from "node:assert/strict";
import { VARIANTS } from "popagent/agents/catalogue.ts";
import { analysisOf, forecastOf, limitsOf, planOf } from "popagent/agents/desk.ts";
import { DECLARED_COINS } from "popagent/core/universe.ts";
import { LIMITS, LIMITS_WIDTH } from "popagent/simulation/limits.ts";
import { PLAN, planIndex } from "popagent/simulation/plan.ts";
import { declared, deskOf, syntheticDesk } from "./small_desk.ts";

const NOBODY = { analyst: null, researcher: null, trader: null, risk: null };

Deno.test("an analyst without a researcher changes nothing, whoever trades", () => {
  const { panel } = syntheticDesk().market;
  for (const trader of [null, declared("trader", "momentum")]) {
    const without = planOf(deskOf(panel), { ...NOBODY, trader }).values;
    for (const { name } of VARIANTS.analyst) {
      const analyst = declared("analyst", name);
      // A desk of its own: a shared one would hand out the first plan again, whatever the analyst did.
      const plan = planOf(deskOf(panel), { ...NOBODY, trader, analyst }).values;
      assert.ok(plan.length === without.length && plan.every((x, i) => Object.is(x, without[i])), name);
    }
  }
});

Deno.test("the default team: no features, the mean so far, a fifth of equity a coin at 1x by its sign, 1x gross", () => {
  const desk = syntheticDesk();
  const { panel } = desk.market;
  const analysis = analysisOf(desk, NOBODY);
  assert.equal(analysis.width, 0);
  assert.ok(analysis.coins.every(({ trend }) => trend.every((x) => x === 0)));
  const forecast = forecastOf(desk, NOBODY);
  const plan = planOf(desk, NOBODY).values;
  const limits = limitsOf(desk, NOBODY).values;
  const t = 700;
  for (let coin = 0; coin < DECLARED_COINS.length; coin++) {
    const { close } = panel.coins[coin]!;
    let sum = 0;
    for (let s = 1; s <= t; s++) sum += close[s]! / close[s - 1]! - 1;
    const mean = forecast.coins[coin]!.mean[1]![t]!;
    assert.ok(Math.abs(mean - 6 * sum / t) < 1e-12);
    const at = planIndex(DECLARED_COINS.length, t, coin);
    assert.deepEqual(
      [PLAN.conviction, PLAN.leverage, PLAN.baseSize, PLAN.stop, PLAN.target].map((i) => plan[at + i]),
      [Math.sign(mean), 1, 0.2, 0, 0],
    );
  }
  assert.equal(limits[t * LIMITS_WIDTH + LIMITS.maxLeverage], 1);
  assert.equal(limits[t * LIMITS_WIDTH + LIMITS.maxGross], 1);
  assert.equal(limits[t * LIMITS_WIDTH + LIMITS.maxDrawdown], 1);
});
