/** findings A.9: every printed metric can be recomputed from the run's folder alone. */
import assert from "node:assert/strict";
import { readRun } from "popagent/adapters/runs/run_files.ts";
import type { NumberTable } from "popagent/core/number_table.ts";
import { eventsOfType } from "popagent/events/event.ts";
import type { AccountSeries } from "popagent/experiments/account_series.ts";
import { strategyMetrics } from "popagent/experiments/metrics.ts";
import { accountMetrics } from "popagent/experiments/metrics/account_metrics.ts";
import { populationReadings } from "popagent/experiments/readings/readings.ts";
import { storedAccount } from "popagent/experiments/stored_account.ts";
import { assertClose } from "../close_to.ts";
import { makeOutcome, withStored } from "./stored_run.ts";

const outcome = await makeOutcome();
const accountsOf = () =>
  outcome.result.strategies.filter(({ startingEquity }) => startingEquity !== null).map(({ name }) => name);

Deno.test("findings A.9: metrics(readRun) are the stored metrics of every strategy with an account", () =>
  withStored(outcome, async (folder) => {
    const run = await readRun(folder);
    const { reported, strategies } = run.result;
    const coins = ["BTC", "ETH", "SOL", "DOGE", "XRP"];
    const rows = { from: reported.from, openTime: run.series.openTime, coins };
    assert.ok(accountsOf().length >= 15);
    for (const name of accountsOf()) {
      const account: AccountSeries = storedAccount(run, name)!;
      const stored = strategies.find((strategy) => strategy.name === name)!;
      assert.deepEqual(strategyMetrics(account), stored.metrics, name);
      assert.deepEqual(accountMetrics(account, rows), stored.account, name);
    }
    assert.equal(storedAccount(run, "random"), null);
    const iterations = eventsOfType(run.events, "iteration");
    const again = populationReadings(run.tables as Record<string, NumberTable>, iterations, reported.from);
    assert.deepEqual(again.agentPerformance, run.result.agentPerformance);
    assert.deepEqual(again.researcherQuality, run.result.researcherQuality);
  }));

Deno.test("a fill, a payment or a cost that is missing from the folder shows in its metrics", () =>
  withStored(outcome, async (folder) => {
    const run = await readRun(folder);
    const stored = run.result.strategies.find(({ name }) => name === "champion")!;
    const account = storedAccount(run, "champion")!;
    const shorter = {
      ...account,
      fees: account.fees.map((fee, i) => i === account.fees.length - 1 ? fee + 1 : fee),
    };
    assert.notDeepEqual(strategyMetrics(shorter), stored.metrics);
    assert.ok(stored.account!.roundTrips!.closed > 0, "nothing would be tested without round trips");
  }));

Deno.test("the coins' profit adds up to the account's, fills to its fees", () => {
  for (const name of accountsOf()) {
    const { account, metrics } = outcome.result.strategies.find((strategy) => strategy.name === name)!;
    if (account!.coinProfit === null) continue;
    const total = Object.values(account!.coinProfit).reduce((sum, x) => sum + x, 0);
    assertClose(total, metrics.totalReturn, 1e-9, name);
  }
});

Deno.test("the same run stores the same bytes", async () => {
  const again = await makeOutcome();
  await withStored(outcome, (one) =>
    withStored(again, async (two) => {
      const files = [...Deno.readDirSync(one)].map(({ name }) => name).sort();
      assert.deepEqual(files, [
        "agents.parquet",
        "events.jsonl",
        "files.sha256",
        "fills.parquet",
        "forecasts.parquet",
        "places.parquet",
        "provenance.json",
        "result.json",
        "series.parquet",
      ]);
      for (const file of files) {
        assert.deepEqual(await Deno.readFile(`${one}/${file}`), await Deno.readFile(`${two}/${file}`), file);
      }
    }));
});

Deno.test("agents are judged out of sample: over the reported rows, every place of every role", () => {
  const { agentPerformance, researcherQuality, reported } = outcome.result;
  assert.equal(agentPerformance.length, 12);
  for (const { rows, sharpeError } of agentPerformance) {
    assert.equal(rows, reported.to - reported.from + 1);
    assert.ok(sharpeError! > 0);
  }
  assert.equal(researcherQuality.length, 3);
  for (const { count, crps, crpsOfPast, covered } of researcherQuality) {
    assert.ok(count > 50 && crps > 0 && crpsOfPast > 0 && covered > .5);
  }
});
