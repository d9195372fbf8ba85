import assert from "node:assert/strict";
import { pipelineKey } from "popagent/agents/agent.ts";
import { rng } from "popagent/core/rng.ts";
import { CREDIT_SCHEMES } from "popagent/population/credit.ts";
import { creditErrors } from "popagent/population/credit_error.ts";
import { square } from "popagent/population/design.ts";
import { declaredGenomes, membersOf } from "popagent/population/members.ts";

const ROWS = 3600;
const members = membersOf(declaredGenomes(5));
const rule = { score: "utility", scoreHalfLife: 1e9, riskAversion: 0 } as const; // the plain mean of returns
const common = { scheme: CREDIT_SCHEMES.pipeline, rule, from: 0, to: ROWS - 1, draws: 200 };
const input = { members, draws: square(5), previousChampion: null };

Deno.test("creditErrors(): what all pipelines share cancels, for bars are drawn jointly", () => {
  const shared = Float64Array.from({ length: ROWS }, rng("shared").normal);
  const errors = creditErrors({ ...common, input, returns: () => shared, random: rng("joint") });
  for (const error of errors.trader) assert.ok(error < 1e-12);
});

// Independent unit noise in each of 25 pipelines: a mean of five has sd 1 / sqrt(5 n); less the mean of all 25 its
// variance is (1 / 5 - 1 / 25) / n, so the SE is sqrt(.16 / 3600) = .00667.
Deno.test("creditErrors() finds the standard error of independent noise", () => {
  const series = new Map<string, Float64Array>();
  const errors = creditErrors({
    ...common,
    input,
    returns: (pipeline) => {
      const key = pipelineKey(pipeline);
      if (!series.has(key)) series.set(key, Float64Array.from({ length: ROWS }, rng("noise", key).normal));
      return series.get(key)!;
    },
    random: rng("noise draws"),
  });
  const all = [...errors.analyst, ...errors.researcher, ...errors.trader, ...errors.risk];
  const mean = all.reduce((sum, x) => sum + x, 0) / all.length;
  assert.ok(Math.abs(mean - Math.sqrt(0.16 / ROWS)) < 0.0008, `${mean}`);
});
