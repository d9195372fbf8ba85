import assert from "node:assert/strict";
import { iterationsOf } from "popagent/experiments/jobs/job.ts";
import { JOB_NAMES, JOBS } from "popagent/experiments/jobs/registry.ts";
import { createDesk, marketOf } from "popagent/experiments/market.ts";
import { simpleReturns } from "popagent/core/series.ts";
import { DECLARED_COINS } from "popagent/core/universe.ts";
import { SIGNAL_NAMES, standardisedSignals } from "popagent/features/signals/signals.ts";
import { correlation } from "popagent/stats/correlation.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { jobInput } from "./job_input.ts";
import { populationConfig } from "../run_config.ts";

/** A run of 1,000 planted rows on these coins, three agents a role, two decisions. */
function configOf(coins: readonly string[]) {
  return populationConfig({
    universe: { coins },
    market: { rows: 1000, mode: "planted", ic: 0.1 },
    population: { size: 3, committeeShare: 9 / 81 },
    iterations: 2,
  });
}

const twenty = ["BTC", ...Array.from({ length: 19 }, (_, i) => `C${i}`)]; // ETH is not among them
for (
  const coins of [["BTC", "SOL"], ["BTC", "ETH", "SOL"], [...DECLARED_COINS, "ADA", "LTC", "BNB"], twenty]
) {
  Deno.test(`${coins.length} coins are configuration: population, every reference and all signals`, async () => {
    const config = configOf(coins);
    const { panel } = planRun(config, marketOf(config).panel);
    const input = jobInput(createDesk(panel, config, 2 ** 28), config);
    const iterations = iterationsOf(await JOBS.population.run(input));
    const jobs = await Promise.all(JOB_NAMES.map((name) => JOBS[name].run({ ...input, iterations })));
    const strategies = jobs.flatMap((job) => job.strategies);
    assert.ok(strategies.length >= 18, `${strategies.length}`);
    for (const { name, metrics } of strategies) assert.ok(Number.isFinite(metrics.sharpe), name);
    assert.ok(strategies.some(({ name, metrics }) => name === "plantedOracle" && metrics.orders > 0));
    const signals = standardisedSignals(marketOf(config).panel);
    const spoken = SIGNAL_NAMES.filter((name) => coins.includes("ETH") || name !== "eth_btc_ratio");
    for (const name of spoken) assert.ok(signals[name].some((value) => value !== 0), name);
  });
}

Deno.test("a further synthetic coin has the character of coin i mod 5 and noise of its own", () => {
  const { panel } = marketOf(configOf([...DECLARED_COINS, "ADA"]));
  const [btc, ada] = [panel.coins[0]!, panel.coins[5]!];
  const alike = correlation(simpleReturns(btc.close), simpleReturns(ada.close));
  assert.ok(alike > 0.5 && alike < 0.98, `${alike}`);
  assert.deepEqual(panel.instruments[5]!.terms, panel.instruments[0]!.terms);
  const { panel: declared } = marketOf(configOf(DECLARED_COINS));
  assert.deepEqual([...declared.coins[4]!.close], [...panel.coins[4]!.close]); // the others do not move
});

Deno.test("a configuration states the terms of coins that are not known", () => {
  const config = populationConfig({
    universe: { coins: ["BTC", "ETH", "ADA"], instruments: { ADA: { tick: 1e-4, lot: 1 } } },
    market: { rows: 1000 },
  });
  const { instruments } = marketOf(config).panel;
  assert.deepEqual([instruments[2]!.coin, instruments[2]!.terms[0]!.tick], ["ADA", 1e-4]);
});

Deno.test("a synthetic coin is what its name says, whoever else is looked at and in which order", () => {
  const five = marketOf(configOf(DECLARED_COINS));
  const some = marketOf(configOf(["SOL", "BTC", "ETH"]));
  for (const { coin, close } of some.panel.coins) {
    const whole = five.panel.coins.find((bars) => bars.coin === coin)!;
    assert.deepEqual(close, whole.close, coin);
  }
  assert.deepEqual(some.truth.m, [2, 0, 1].map((i) => five.truth.m[i]));
  assert.deepEqual(some.panel.instruments.map(({ coin }) => coin), ["SOL", "BTC", "ETH"]);
});
