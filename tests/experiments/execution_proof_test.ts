import assert from "node:assert/strict";
import { PROJECT } from "popagent/adapters/files/project.ts";
import {
  executionChecks,
  executionMarket,
  executionProofSchema,
} from "popagent/experiments/execution_proof.ts";

Deno.test("no way of trading earns on null markets: the stored proof holds all its thresholds", async () => {
  const text = await Deno.readTextFile(`${PROJECT}/tests/results/execution_proof.json`);
  const proof = executionProofSchema.parse(JSON.parse(text));
  assert.equal(proof.markets.length, 20);
  const checks = executionChecks(proof);
  assert.equal(checks.length, 7);
  for (const { rule, measured, holds } of checks) assert.equal(holds, true, `${rule}: ${measured}`);
});

Deno.test("a stored market is what the code gives, and a fill that is too kind would fail", async () => {
  const text = await Deno.readTextFile(`${PROJECT}/tests/results/execution_proof.json`);
  const proof = executionProofSchema.parse(JSON.parse(text));
  const [first] = proof.markets;
  assert.deepEqual(executionMarket(first!.marketSeed, proof.settings.rows), first);
  const kind = proof.markets.map((market) => ({
    ...market,
    styles: market.styles.map((one) => ({
      ...one,
      advantage: one.advantage === null ? null : one.advantage + 5e-4,
    })),
  }));
  assert.equal(
    executionChecks({ ...proof, markets: kind }).at(-1)!.holds,
    false,
    "five basis points a fill are seen",
  );
});
