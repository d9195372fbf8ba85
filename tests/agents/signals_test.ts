import assert from "node:assert/strict";
import { VARIANTS } from "popagent/agents/catalogue.ts";
import { createMemo } from "popagent/core/memo.ts";
import { type Desk, limitsOf, planOf } from "popagent/agents/desk.ts";
import { SIGNAL_NAMES, type SignalName, standardisedSignals } from "popagent/features/signals/signals.ts";
import { declaredPipeline, PARTNERS, syntheticDesk } from "./small_desk.ts";

/**
 * The desk as it would be if one signal read otherwise, and nothing else were different. Its square, not its
 * opposite: a regression on -x forecasts exactly as one on x.
 */
function withOther(desk: Desk, name: SignalName): Desk {
  const { panel } = desk.market;
  const signals = standardisedSignals(panel);
  const changed = { ...signals, [name]: signals[name].map((x) => x * x - 1) };
  const memo = createMemo(64 * 2 ** 20);
  memo.get(`${panel.hash}|signals`, () => changed, () => 8 * panel.rows * SIGNAL_NAMES.length);
  return { ...desk, market: { panel, memo }, plans: createMemo(16 * 2 ** 20) };
}

const differs = (a: Float64Array, b: Float64Array) => a.some((x, i) => x !== b[i]);

Deno.test("each of the eight cross-asset signals is read by an agent and changes what it decides", () => {
  const desk = syntheticDesk();
  for (const name of SIGNAL_NAMES) {
    const other = withOther(desk, name);
    const readers = [
      ...VARIANTS.analyst.map((variant) => declaredPipeline({ ...PARTNERS, analyst: variant.name })),
      declaredPipeline({ ...PARTNERS, trader: "adaptive" }),
      declaredPipeline({ ...PARTNERS, risk: "dynamic" }),
    ].filter((pipeline) =>
      differs(planOf(desk, pipeline).values, planOf(other, pipeline).values) ||
      differs(limitsOf(desk, pipeline).values, limitsOf(other, pipeline).values)
    );
    assert.ok(readers.length > 0, `${name} is read by nobody`);
    assert.ok(readers.length < 7, `${name} cannot be read by all`);
  }
});
