import assert from "node:assert/strict";
import { timeSeriesMomentum, volatilityTargetedHold } from "popagent/experiments/references/passive.ts";
import { DECLARED_COINS } from "popagent/core/universe.ts";
import { PLAN_WIDTH } from "popagent/simulation/plan.ts";
import { cuts, futures } from "popagent/experiments/leakage/trials.ts";
import { flagged, type Outputs, probe, report } from "popagent/experiments/leakage/probe.ts";
import { deskOf } from "popagent/experiments/leakage/run_outputs.ts";
import {
  HINDSIGHT,
  strategyConfig,
  strategyOutputs,
  strategyPanel,
} from "popagent/experiments/leakage/strategy_outputs.ts";

const panel = strategyPanel(3), config = strategyConfig(3);
const { clock: { reportFrom, firstDecision: FIRST } } = config, FROM = reportFrom!;

Deno.test("every strategy: its account at or before t knows no row after t, but for those that say they choose in hindsight", async () => {
  let whole: Outputs | null = null;
  const verdict = await probe(panel, [
    ...cuts(panel, [485, 504, 540, 577]),
    ...futures(panel, [503], ["reversed", "otherCoin"]),
    ...futures(panel, [560], ["tenfold"]),
  ], async (world) => {
    const outputs = await strategyOutputs(world, config);
    if (world === panel) whole = outputs;
    return outputs;
  });
  const names = [...new Set(whole!.series.map(({ name }) => name.split(" ")[0]!))];
  console.log(
    `${verdict.trials} worlds, ${verdict.compared} values compared, strategies: ${names.join(" ")}`,
  );
  const blind = {
    ...verdict,
    violations: verdict.violations.filter(({ output }) => !HINDSIGHT.includes(output.split(" ")[0]!)),
  };
  assert.equal(blind.violations.length, 0, report(blind));
  assert.ok(
    flagged(verdict).includes("hindsight equity"),
    "the probe must see that the hindsight strategy knows the future",
  );

  const reported = whole!.series.find(({ name }) => name === "randomSwitching equity")!;
  assert.ok(
    whole!.series.some(({ name, values }) =>
      name.startsWith("random stream") &&
      values.slice(FROM - FIRST - 1).every((x, i) => x === reported.values[i])
    ),
    "the placebo is one of the blind streams",
  );
});

// Equity at or before t cannot see an order that fills at t+1, so the plans are looked at as well, at their own rows.
Deno.test("the managed references: their plans at or before t know no row after t", async () => {
  const resets = [FROM - 1, FROM + 41, FROM + 83];
  const verdict = await probe(panel, [...cuts(panel, resets), ...futures(panel, resets)], (world) => {
    const desk = deskOf(world, config);
    const width = DECLARED_COINS.length * PLAN_WIDTH;
    return {
      series: Object.entries({ timeSeriesMomentum, volatilityTargetedHold }).map(([name, mandate]) => ({
        name,
        values: mandate(desk, FROM).plan.values,
        width,
      })),
    };
  });
  assert.equal(verdict.violations.length, 0, report(verdict));
});
