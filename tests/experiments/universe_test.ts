import assert from "node:assert/strict";
import { memoryCheckpoints } from "popagent/adapters/checkpoint_files.ts";
import { runConfigSchema } from "popagent/experiments/config.ts";
import { JOBS, placebo } from "popagent/experiments/jobs.ts";
import { createDesk, marketOf } from "popagent/experiments/market.ts";
import { simpleReturns } from "popagent/core/series.ts";
import { DECLARED_COINS } from "popagent/core/universe.ts";
import { SIGNAL_NAMES, standardisedSignals } from "popagent/features/signals/signals.ts";
import { correlation } from "popagent/stats/correlation.ts";

/** A run of 1,000 planted rows on these coins, three agents a role, two decisions. */
function configOf(coins: readonly string[]) {
  return runConfigSchema.parse({
    universe: { coins },
    market: { rows: 1000, mode: "planted", ic: 0.1 },
    population: { size: 3, committeeSize: 9 },
    iterations: 2,
  });
}

for (const coins of [["BTC", "ETH", "SOL"], [...DECLARED_COINS, "ADA", "LTC", "BNB"]]) {
  Deno.test(`${coins.length} coins are configuration: population, every reference and all signals`, () => {
    const config = configOf(coins);
    const { panel } = marketOf(config);
    const input = {
      desk: createDesk(panel, config, 2 ** 28),
      config,
      checkpoints: memoryCheckpoints(),
      onProgress: () => {},
    };
    const population = JOBS.population(input);
    const rest = [JOBS.references, JOBS.selectionOnly, JOBS.homogeneousPbt, JOBS.singleAgent];
    const jobs = [population, ...rest.map((job) => job(input)), placebo(input, population.events)];
    const strategies = jobs.flatMap((job) => job.strategies);
    assert.ok(strategies.length >= 18, `${strategies.length}`);
    for (const { name, metrics } of strategies) assert.ok(Number.isFinite(metrics.sharpe), name);
    assert.ok(strategies.some(({ name, metrics }) => name === "plantedOracle" && metrics.orders > 0));
    const signals = standardisedSignals(panel);
    for (const name of SIGNAL_NAMES) assert.ok(signals[name].some((value) => value !== 0), name);
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
  const config = runConfigSchema.parse({
    universe: { coins: ["BTC", "ETH", "ADA"], instruments: { ADA: { tick: 1e-4, lot: 1 } } },
    market: { rows: 1000 },
  });
  const { instruments } = marketOf(config).panel;
  assert.deepEqual([instruments[2]!.coin, instruments[2]!.terms[0]!.tick], ["ADA", 1e-4]);
});
