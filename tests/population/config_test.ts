import assert from "node:assert/strict";
import {
  clockConfigSchema,
  decisionRow,
  iterationsIn,
  populationConfigSchema,
} from "popagent/population/config.ts";

// Values: the design's section "One iteration, exactly", typed by hand.
Deno.test("the defaults of population learning stand in its schema", () => {
  assert.deepEqual(populationConfigSchema.parse({}), {
    agents: { analyst: null, researcher: null, trader: null, risk: null },
    size: 5,
    variants: "declared",
    draw: "square",
    score: "sharpe",
    scoreHalfLife: 1440,
    riskAversion: 5,
    credit: "pipeline",
    creditMemory: 0.95,
    diversityWeight: 0.1,
    learning: "teaching",
    transfer: "softUpdate",
    transferEvery: 10,
    transferTau: 0.1,
    tauSchedule: "constant",
    transferTauEnd: 0.01,
    selectiveShare: 0.5,
    teacher: "best",
    frozen: [],
    mutation: "trigger",
    mutateWorst: false,
    transferTest: false,
    diversityTrigger: 0.7,
    mutationRate: 0.5,
    mutationSd: 0.2,
    startJitter: 0.05,
    committeeShare: 0.04,
    mirror: {
      rules: ["softmax", "hedge"],
      halfLife: { analyst: null, researcher: null, trader: null, risk: null },
      temperature: 0.5,
      hedgeRate: 1,
      hedgeShare: 0.02,
    },
    language: {
      model: "smollm2-135m",
      every: 6,
      signal: 0,
      validRows: 18,
      mostCalls: 300,
      maxTokens: 400,
      shrinkRows: 180,
      research: { analyst: "technical", researcher: "statistical" },
      mask: { coins: true, dates: true },
      mutants: [],
      distil: [],
    },
    deploy: "champion",
  });
  assert.deepEqual(clockConfigSchema.parse({}), {
    warmUpRows: 360,
    firstDecision: 719,
    stepRows: 36,
    reportFrom: null,
  });
});

Deno.test("two years hold 102 iterations, the last window shorter", () => {
  const clock = clockConfigSchema.parse({});
  assert.equal(iterationsIn(4378, clock), 102);
  assert.equal(iterationsIn(4380, clock), 102);
  assert.equal(iterationsIn(720, clock), 0); // nothing is left to trade
  assert.equal(iterationsIn(721, clock), 1);
  assert.equal(iterationsIn(756, clock), 1); // rows 720..755 are one full window
  assert.equal(iterationsIn(757, clock), 2);
  assert.equal(iterationsIn(100, clock), 0);
  assert.deepEqual([0, 1, 101].map((k) => decisionRow(k, clock)), [719, 755, 4355]);
});

Deno.test("0 is a setting, not a missing one", () => {
  const off = { transferTau: 0, mutationRate: 0, mutationSd: 0, startJitter: 0, diversityWeight: 0 };
  const parsed = populationConfigSchema.parse(off);
  for (const [key, value] of Object.entries(off)) assert.equal(parsed[key as keyof typeof off], value);
});
