import assert from "node:assert/strict";
import { agentOf } from "popagent/agents/agent.ts";
import { unnamedPlayers, untargetedNames, variantNamed } from "popagent/agents/catalogue.ts";
import { forecastOf, planOf, shadowReturns } from "popagent/agents/desk.ts";
import { geneSet, startGenome } from "popagent/agents/variant.ts";
import { genesOf } from "popagent/genome/gene.ts";
import { settle } from "popagent/genome/genome.ts";
import { iterationsOf } from "popagent/experiments/jobs/job.ts";
import { JOBS } from "popagent/experiments/jobs/registry.ts";
import { createDesk, marketOf } from "popagent/experiments/market.ts";
import { configuredPipeline } from "popagent/experiments/pipeline_strategies.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { PLAN, PLAN_WIDTH, planIndex } from "popagent/simulation/plan.ts";
import { jobInput } from "../experiments/job_input.ts";
import { pipelineConfig, populationConfig } from "../run_config.ts";
import { declaredPipeline, PARTNERS, pipelineWith, syntheticDesk } from "./small_desk.ts";

const [ADAPTIVE] = untargetedNames(["adaptive"]) as [string];
const traders = unnamedPlayers("trader").map(({ name }) => name);

Deno.test("a target lies the trader's multiple of the longest horizon's sd away, stretched; a stop that of the middle one", () => {
  for (const targetStretch of [0.5, 1, 2]) {
    const desk = { ...syntheticDesk(), targetStretch };
    const pipeline = declaredPipeline({ ...PARTNERS, trader: "adaptive" });
    const { takeProfit, stopLoss } = pipeline.trader!.genes;
    const plan = planOf(desk, pipeline), { sd } = forecastOf(desk, pipeline).coins[2]!;
    for (const row of [400, 700, 1000]) {
      const at = planIndex(plan.coins, row, 2);
      assert.equal(plan.values[at + PLAN.target], targetStretch * takeProfit! * sd[2]![row]!);
      assert.equal(plan.values[at + PLAN.stop], stopLoss! * sd[1]![row]!);
    }
  }
});

Deno.test("a trader without targets has every gene but one, no dead one, and plans without a target", () => {
  const desk = syntheticDesk();
  for (const name of traders) {
    const [untargeted] = untargetedNames([name]);
    const names = genesOf(geneSet(variantNamed("trader", untargeted!))).map((gene) => gene.name);
    const all = genesOf(geneSet(variantNamed("trader", name))).map((gene) => gene.name);
    assert.deepEqual(names, all.filter((gene) => gene !== "takeProfit"));
  }
  const variant = variantNamed("trader", ADAPTIVE), set = geneSet(variant);
  assert.equal(variantNamed("trader", ADAPTIVE), variant, "one object, wherever it is asked for");
  const start = startGenome(variant);
  const decided = (coordinates: readonly number[]) => {
    const pipeline = pipelineWith("trader", { ...start, coordinates: settle(set, coordinates) }, PARTNERS);
    return { plan: planOf(desk, pipeline), returns: shadowReturns(desk, pipeline) };
  };
  const { plan, returns } = decided(start.coordinates);
  for (let at = PLAN.target; at < plan.values.length; at += PLAN_WIDTH) assert.equal(plan.values[at], 0);
  genesOf(set).forEach((gene, i) => {
    const moved = [0.05, 0.95].some((x) => {
      const other = decided(start.coordinates.map((own, k) => k === i ? x : own));
      return other.plan.values.some((value, at) => value !== plan.values[at]) &&
        other.returns.some((value, at) => value !== returns[at]);
    });
    assert.ok(moved, `${gene.name} changes nothing`);
  });
  assert.notEqual(
    agentOf("trader", start).key,
    declaredPipeline({ ...PARTNERS, trader: "adaptive" }).trader!.key,
  );
});

Deno.test("targets: off reaches all who play: pipeline, players, genomes through transfer and mutation", async () => {
  const off = { trading: { targets: "off", targetStretch: 3 } };
  const { trader } = configuredPipeline(pipelineConfig(off));
  assert.equal(trader!.variant.name, ADAPTIVE);

  const config = populationConfig({
    ...off,
    market: { rows: 1000 },
    iterations: 3,
    references: false,
    population: { size: 3, committeeShare: 9 / 81, transferEvery: 1, diversityTrigger: 10 },
  });
  const { panel } = marketOf(config);
  const plan = planRun(config, panel);
  assert.deepEqual(plan.config.population.agents.trader, untargetedNames(traders));
  assert.equal(
    plan.config.trading.targetStretch,
    populationConfig().trading.targetStretch,
    "nobody reads it",
  );
  assert.deepEqual(planRun(plan.config, panel).config, plan.config, "what is read is read again as it is");

  const events = iterationsOf(
    await JOBS.population.run(jobInput(createDesk(panel, config, 2 ** 27), config)),
  );
  assert.ok(events.some(({ mutations }) => mutations.some(({ role }) => role === "trader")));
  assert.ok(events.some(({ transfers }) => transfers.some(({ role }) => role === "trader")));
  for (const { agents } of events) {
    for (const { variant, genome } of agents.trader) {
      assert.equal(genome.length, genesOf(geneSet(variantNamed("trader", variant))).length);
      assert.ok(variant.endsWith("-untargeted"));
    }
  }
});

Deno.test("traders with and without a take-profit do not play together", () => {
  const mixed = { population: { agents: { trader: ["adaptive", ADAPTIVE, "momentum"] } } };
  assert.throws(() => populationConfig(mixed), /all or none/);
});
