import assert from "node:assert/strict";
import { hashJson } from "popagent/core/hash.ts";
import {
  drawdownChecks,
  type DrawdownMarket,
  drawdownProofSchema,
  emptyProof,
  meansByAgent,
  proofChecks,
} from "popagent/experiments/drawdown_proof.ts";
import { drawdownProofText } from "popagent/report/text/drawdown_proof_text.ts";
import { VARIANTS } from "popagent/agents/catalogue.ts";
import { assertClose } from "../close_to.ts";
import { populationConfig } from "../run_config.ts";
import { settingsSince, SINCE_PROOFS, todaysReading } from "./stored_settings.ts";

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

Deno.test("a market in which an agent wanted nothing says nothing of how often it was halved", () => {
  const idle = market(2, 0, 0);
  const riskAgents = idle.riskAgents.map((one) => ({ ...one, wanted: 0, halved: null, cap: null }));
  const [mean] = meansByAgent([market(1, 2, 0.4), { ...idle, riskAgents }]);
  assert.deepEqual([mean!.halved, mean!.cap, mean!.wanted], [0.4, 0.5, 0.4]); // .8 and 0 of rows
});

const STORED = new URL("../results/drawdown_proof.json", import.meta.url);
const DOC = new URL("../../docs/VALIDATION.md", import.meta.url);

Deno.test("the stored proof: these rules, fresh markets in a row, drawdowns within their bounds", async () => {
  const stored = drawdownProofSchema.parse(JSON.parse(await Deno.readTextFile(STORED)));
  assert.equal(stored.configHash, hashJson(stored.config), "the configuration is the one that was run");
  const today = emptyProof(populationConfig()).config;
  assert.deepEqual(
    emptyProof(todaysReading(stored.config)).config,
    today,
    "settings have moved: run it again",
  );
  assert.deepEqual(
    settingsSince(today, stored.config),
    SINCE_PROOFS,
    "run it again, or say what it does not cover",
  );
  const seeds = stored.markets.map(({ marketSeed }) => marketSeed);
  assert.deepEqual(seeds, [null, ...Array.from({ length: 20 }, (_, i) => 341 + i)], "none left out");
  const doc = (await Deno.readTextFile(DOC)).replace(/\s+/g, " ");
  for (const { rule, measured, holds } of proofChecks(stored.markets)) {
    if (rule.includes("maximum drawdown")) assert.ok(holds, `${rule}: ${measured}`);
    else if (!holds) {
      assert.ok(doc.includes(measured.replace(" %", "")), `docs/VALIDATION.md must say ${rule}: ${measured}`);
    }
  }
});
