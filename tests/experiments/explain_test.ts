import assert from "node:assert/strict";
import { variantNamed } from "popagent/agents/catalogue.ts";
import { rng } from "popagent/core/rng.ts";
import { eventsOfType } from "popagent/events/event.ts";
import { runPipeline } from "popagent/experiments/pipeline_run.ts";
import { assembleRun } from "popagent/experiments/assemble.ts";
import { iterationsOf, learnerContext } from "popagent/experiments/jobs/job.ts";
import { JOBS } from "popagent/experiments/jobs/registry.ts";
import { createDesk, marketOf } from "popagent/experiments/market.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { explainRun, storedConfig } from "popagent/experiments/explain/explain_run.ts";
import { populationLearner } from "popagent/experiments/learners/population.ts";
import { noCheckpoints } from "popagent/experiments/ports/checkpoints.ts";
import { follow } from "popagent/experiments/prequential.ts";
import { explainText } from "popagent/report/text/explain_text.ts";
import { BAR_MS } from "popagent/core/universe.ts";
import { pipelineConfig, populationConfig } from "../run_config.ts";
import { jobInput } from "./job_input.ts";

const MEMO = 256 * 2 ** 20;
const SYNTHETIC = { data: { source: "synthetic" }, market: { rows: 1400, mode: "planted", ic: 0.1 } };

/** So many different members of a list, drawn. */
function some<Value>(count: number, values: readonly Value[], label: string): Value[] {
  assert.ok(values.length >= count, `only ${values.length} to draw from`);
  const { uniform } = rng("explain test", label);
  const drawn = new Set<Value>();
  while (drawn.size < count) drawn.add(values[Math.floor(uniform() * values.length)]!);
  return [...drawn];
}

const checkOf = (variant: string) => variantNamed("risk", variant).identity.check;

Deno.test("explain agrees with ten random fills that multi lists, and with its stored equity, to the last bit", () => {
  const pipelines = [
    {},
    { trader: "contrarian", risk: "var_based" },
    { researcher: "quantile", trader: "conservative" },
  ];
  for (const pipeline of pipelines) {
    const config = pipelineConfig({ ...SYNTHETIC, pipeline });
    const plan = planRun(config, marketOf(config).panel);
    const { result, series, events, fills } = runPipeline("multi", plan, MEMO);
    const { panel } = marketOf(storedConfig(result));
    for (const fill of some(10, fills, JSON.stringify(pipeline))) {
      const coin = panel.coins[fill.coin]!.coin, time = panel.openTime[fill.row]!;
      const why = explainRun({ result, events, series }, panel, time + BAR_MS / 2, coin, MEMO);
      const { time: _, ...found } = why.fills.find(({ kind, quantity }) =>
        kind === fill.kind && quantity === fill.quantity
      )!;
      assert.deepEqual(found, fill);
      assert.equal(why.equity, series.equity.pipeline![fill.row - result.reported.from]);
      assert.equal(why.decided.row, fill.row - 1, "decided at the close before");
      const { decision, position } = why;
      if (fill.kind === "entry" || fill.kind === "increase") {
        assert.ok(decision.verdict === "pass" || decision.verdict === "soft_fail");
        assert.equal(Math.sign(decision.plan.conviction), Math.sign(fill.quantity));
        assert.ok(
          Math.abs((position.quantity + fill.quantity) * fill.price) <= Math.abs(decision.allowed) * 1.0001,
        );
        assert.ok(Math.abs(decision.allowed) <= Math.abs(decision.wanted) * (1 + 1e-9));
      }
      if (fill.kind === "stop") assert.ok(position.stop > 0 || why.fills.length > 1);
      const text = explainText(why);
      const [ruling, ...others] = why.checks;
      assert.deepEqual([ruling!.check, ruling!.rules], [checkOf(why.team.risk.variant), true]);
      assert.ok(
        Math.abs(ruling!.granted - decision.limits.maxGross) < 1e-12,
        "granted is what bound the account",
      );
      assert.ok(others.length > 10 && others.every(({ rules, reason }) => !rules && reason.length > 20));
      for (const part of ["Fill ", "Verdict ", "Plan ", "Checks ", "Forecast ", "Readings ", "Team "]) {
        assert.ok(text.includes(part));
      }
      assert.doesNotMatch(text, /NaN|undefined/);
    }
  }
});

Deno.test("explain of a population's champion agrees with four random bars' stored columns: fees, slippage, orders, equity", async () => {
  const config = populationConfig({
    ...SYNTHETIC,
    population: { size: 3, transferEvery: 2, committeeShare: 9 / 81 },
    references: false,
  });
  const plan = planRun(config, marketOf(config).panel);
  const desk = createDesk(plan.panel, plan.config, MEMO);
  const context = learnerContext({ plan, desk });
  const learner = populationLearner("population", context);
  const { bars: { champion: book }, events } = await follow(
    learner,
    plan.window.iterations,
    noCheckpoints,
    () => {},
  );
  const job = await JOBS.population.run(jobInput(desk, plan.config, { plan }));
  const { result, series } = assembleRun("population", plan, "champion", [job]);
  assert.deepEqual(iterationsOf(job), events);
  const stored = JSON.parse(JSON.stringify({ result, events })) as {
    result: typeof result;
    events: typeof events;
  };
  const { panel } = marketOf(storedConfig(stored.result));
  const { from } = result.reported;
  const busy = Array.from(book.equity.keys()).filter((i) => book.passed[i]! + book.softFails[i]! > 0);
  for (const i of some(4, busy, "champion")) {
    const why = panel.coins.map(({ coin }) =>
      explainRun({ ...stored, series }, panel, panel.openTime[from + i]!, coin, MEMO)
    );
    const sum = (read: (one: typeof why[number]) => number) =>
      why.reduce((total, one) => total + read(one), 0);
    const close = (a: number, b: number) =>
      assert.ok(Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b)), `${a} is not ${b}`);
    close(sum(({ fills }) => fills.reduce((total, { fee }) => total + fee, 0)), book.fees[i]!);
    close(sum(({ fills }) => fills.reduce((total, { slippage }) => total + slippage, 0)), book.slippage[i]!);
    close(
      sum(({ fills }) =>
        fills.reduce((total, { kind, realised }) => total + (kind === "funding" ? -realised : 0), 0)
      ),
      book.funding[i]!,
    );
    const ordered = ({ fills, decision }: typeof why[number]) =>
      decision.action === "limit" ||
      fills.some(({ kind }) => ["entry", "increase", "reduce", "close"].includes(kind));
    assert.equal(why.filter((one) => ordered(one) && !one.decision.cut).length, book.passed[i]);
    assert.equal(why.filter((one) => ordered(one) && one.decision.cut).length, book.softFails[i]);
    for (const one of why) assert.equal(one.equity, series.equity.champion![i]);
    const event = eventsOfType(events, "iteration").findLast(({ row }) => row < from + i)!;
    for (const [role, index] of Object.entries(event.champion)) {
      assert.equal(why[0]!.team[role as "risk"].variant, event.agents[role as "risk"]![index]!.variant);
    }
  }
});

Deno.test("where a drawdown pauses no share of the size is told; where it scales it is", () => {
  for (const drawdown of ["pause", "scale"]) {
    const config = pipelineConfig({ ...SYNTHETIC, account: { drawdown } });
    const plan = planRun(config, marketOf(config).panel);
    const { result, series, events, fills } = runPipeline("multi", plan, MEMO);
    const { row, coin } = fills.find(({ kind }) => kind === "entry")!,
      { panel } = marketOf(storedConfig(result));
    const why = explainRun(
      { result, events, series },
      panel,
      panel.openTime[row]!,
      panel.coins[coin]!.coin,
      MEMO,
    );
    assert.equal(why.decision.scale === null, drawdown === "pause");
    assert.equal(/size: the drawdown leaves/.test(explainText(why)), drawdown === "scale");
  }
});

Deno.test("a run whose orders come late says so", () => {
  const late = (orderDelay: number) => {
    const config = pipelineConfig({ ...SYNTHETIC, account: { orderDelay } });
    return runPipeline("multi", planRun(config, marketOf(config).panel), MEMO).result.warnings.join(" ");
  };
  assert.match(late(2), /each meets an open 2 bars after the next one/);
  assert.doesNotMatch(late(0), /late/);
});

Deno.test("explain refuses other rows, an account that comes out otherwise, and bars that were not traded", () => {
  const config = pipelineConfig(SYNTHETIC);
  const { panel } = marketOf(config);
  const plan = planRun(config, panel);
  const run = runPipeline("multi", plan, MEMO);
  const time = run.result.reported.start + 10 * BAR_MS;
  const explain = (changed: Partial<typeof run>, market = panel, at = time, coin = "SOL") =>
    explainRun({ ...run, ...changed }, market, at, coin, MEMO);
  const lateConfig = { ...config, account: { ...config.account, orderDelay: 2 } };
  assert.throws(
    () => explain({ result: { ...run.result, config: lateConfig } }),
    /orders must have met the next open: account\.orderDelay is 2\. Explain a run whose orders came in time/,
  );
  const other = marketOf(pipelineConfig({ ...SYNTHETIC, market: { rows: 1400, seed: 2 } })).panel;
  assert.throws(() => explain({}, other), /must have the rows that it had: they have the hash/);
  const shorter = marketOf(pipelineConfig({ ...SYNTHETIC, market: { rows: 1000 } })).panel;
  assert.throws(() => explain({}, shorter), /must have the rows that it had/);
  const equity = {
    ...run.series.equity,
    pipeline: run.series.equity.pipeline!.map((x, t) => t === 5 ? x + 1e-9 : x),
  };
  assert.throws(
    () => explain({ series: { ...run.series, equity } }),
    /must come out as it is stored: at .* check out the commit/,
  );
  assert.throws(
    () => explain({}, panel, run.result.reported.start - BAR_MS),
    /must have reported it: its bars open from/,
  );
  assert.throws(
    () => explain({}, panel, time, "PEPE"),
    /Cannot explain PEPE as the run must have looked at it: its coins are BTC, ETH/,
  );
});
