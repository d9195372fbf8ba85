import assert from "node:assert/strict";
import { hashJson } from "popagent/core/hash.ts";
import {
  drawdownChecks,
  type DrawdownMarket,
  drawdownProofSchema,
  emptyProof,
  meansByAgent,
} from "popagent/experiments/drawdown_proof.ts";
import { drawdownProofText } from "popagent/report/text/drawdown_proof_text.ts";
import { VARIANTS } from "popagent/agents/catalogue.ts";
import { assertClose } from "../close_to.ts";
import { populationConfig } from "../run_config.ts";

/** A market on which every risk agent's pipelines lost so many limits and were halved in so many of wanted rows. */
function market(marketSeed: number | null, overLimit: number, halved: number): DrawdownMarket {
  return {
    market: marketSeed === null ? "real development rows" : "synthetic default",
    marketSeed,
    rows: 4380,
    riskAgents: VARIANTS.risk.map(({ name, start }) => ({
      variant: name,
      pipelines: 125,
      limit: start.maxDrawdown!,
      maxDrawdown: overLimit * start.maxDrawdown!,
      overLimit,
      wanted: 0.8,
      halved,
      cap: 0.5,
    })),
  };
}

Deno.test("drawdownChecks() takes means over markets, and a strict agent's bound is its own", () => {
  const markets = [market(1, 2, 0.3), market(2, 4, 0.44)]; // means 3 and .37
  assertClose(meansByAgent(markets)[0]!.overLimit, 3, 1e-12);
  const checks = drawdownChecks("default", markets);
  assert.equal(checks.length, 11);
  assert.deepEqual(checks.map(({ holds }) => holds), [
    ...VARIANTS.risk.map(({ name }) => name === "strict"),
    ...new Array<boolean>(6).fill(false),
  ]);
  assert.ok(drawdownChecks("default", [market(1, 2.5, 0.35)]).every(({ holds }) => holds));
  const text = drawdownProofText([...markets, market(null, 1, 0.1)]);
  assert.match(text, /synthetic default \(2 markets\)/);
  assert.match(text, /FAILS: synthetic default \(2 markets\), moderate/);
  assert.match(text, /holds: real development rows \(1 market\), moderate/);
});
