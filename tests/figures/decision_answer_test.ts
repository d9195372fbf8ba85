import assert from "node:assert/strict";
import type { DeciderSummary, ModelComparison } from "popagent/experiments/decisions/compare_models.ts";
import type { Pair, PairedLoss } from "popagent/experiments/decisions/pairs.ts";
import { decisionAnswer } from "popagent/figures/decision_answer.ts";

const decider = (name: string, loss: number | null, control = false) =>
  ({ name, simulated: false, control, cutoff: null, strata: [], loss }) as unknown as DeciderSummary;
const loss = (difference: number, holmP: number): PairedLoss => ({
  ...{ n: 50, difference, lower: difference - 0.01, upper: difference + 0.01, p: holmP, signFlipP: holmP },
  holmP,
});

function answerOf(pair: Partial<Pair>): string {
  const comparison = {
    benchmark: {
      ...{
        name: "two",
        source: { kind: "synthetic", mode: "planted", seed: 1, ic: 0.1 },
        synthetic: "made up",
      },
      ...{ prompt: "trendShort", horizon: 6, hash: "", points: 50 },
    },
    deciders: [decider("small", 0.3), decider("mute", null), decider("rules", 0.2, true)],
    pairs: [{
      first: "small",
      second: "rules",
      simulated: false,
      brier: null,
      crps: null,
      direction: null,
      ...pair,
    }],
  } as unknown as ModelComparison;
  return decisionAnswer(comparison).markdown;
}

Deno.test("who is told apart is said by the corrected p alone, the better one first", () => {
  const none = answerOf({ brier: loss(0.1, 0.2) }); // its interval leaves 0 out
  assert.match(none, /No two deciders are told apart/);
  assert.match(none, /mute answered nothing and cannot be judged/);
  assert.match(
    answerOf({ brier: loss(0.1, 0.01) }),
    /By Brier score: rules.* better than small \(\+0\.100, p 0\.010\)\./,
  );
  assert.match(
    answerOf({ crps: loss(-0.002, 0.04) }),
    /By quantiles \(CRPS\): small better than rules.* \(20 bp, p 0\.040\)/,
  );
  const direction = { onlyFirst: 2, onlySecond: 12, p: 0.01, holmP: 0.01 };
  assert.match(
    answerOf({ direction }),
    /By direction: rules.* better than small \(12 to 2 where one alone was right/,
  );
});
