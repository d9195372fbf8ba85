import assert from "node:assert/strict";
import { join } from "node:path";
import { agent, compareStages, genes, stages, stageSeries, team, tradeTeam } from "popagent/desk/agents.ts";
import { openPopulation, teamNames } from "popagent/desk/inside_population.ts";
import { loadMarket } from "popagent/desk/market.ts";
import { runPopulation } from "popagent/desk/run_population.ts";
import { eventsOfType } from "popagent/events/event.ts";
import { inFolder } from "../cli/cli.ts";

const SHORT = {
  data: { source: "synthetic" as const },
  market: { rows: 1000 },
  clock: { firstDecision: 419 },
  iterations: 3,
  population: { size: 3 as const, committeeShare: 5 / 81, transferEvery: 1 },
  references: false,
};
const market = await loadMarket({ synthetic: { rows: 1000 } });

Deno.test("a population in hand, part by part, does what the whole run does", () =>
  inFolder(async (folder) => {
    const shares: number[] = [];
    const run = await runPopulation(SHORT, {
      out: folder,
      ledger: join(folder, "ledger.sqlite"),
      line: false,
      workers: 1,
      onProgress: ({ share }) => shares.push(share),
    });
    assert.equal(shares.at(-1), 1);
    const inside = await openPopulation(SHORT);
    assert.equal(inside.iterations, 3);
    let state = inside.start();
    for (const stored of eventsOfType(run.events, "iteration")) {
      const decision = inside.decide(state);
      const learned = inside.learn(state, decision, inside.trade(state, decision));
      assert.deepEqual(JSON.parse(JSON.stringify(learned.event)), JSON.parse(JSON.stringify(stored)));
      assert.equal(
        teamNames(decision, decision.champion).analyst,
        decision.championPipeline.analyst!.variant.name,
      );
      state = learned.state;
    }
    assert.throws(() => inside.decide(state), /iteration 4 as the rows end after iteration 3/);
  }));

Deno.test("a listener's own mistake ends the run with it", () =>
  inFolder(async (folder) => {
    const failing = runPopulation(SHORT, {
      out: folder,
      ledger: join(folder, "ledger.sqlite"),
      line: false,
      workers: 1,
      onProgress: () => {
        throw new Error("a listener's own mistake");
      },
    });
    await assert.rejects(failing, /a listener's own mistake/);
  }));

Deno.test("a changed gene shows in the stages after it and in none before", () => {
  const start = genes("trader", "adaptive").find(({ name }) => name === "leverage")!;
  assert.ok(start.common && start.value === 5);
  const before = stages(market, team()),
    after = stages(market, team({ trader: agent("trader", "adaptive", { leverage: 2 }) }));
  const changed = compareStages(before, after, "BTC").filter(({ share }) => share > 0).map(({ series }) =>
    series
  );
  assert.ok(changed.includes("plan.leverage"), changed.join());
  assert.deepEqual(changed.filter((series) => /^(analysis|forecast)/.test(series)), []);
  assert.equal(stageSeries(after, "BTC")["plan.leverage"]!.at(-1), 2);
  assert.throws(() => agent("trader", "adaptive", { patience: 1 }), /its name must be one of .*leverage/);
  assert.ok(tradeTeam(market, team()).equity.length === market.rows - 360);
});
