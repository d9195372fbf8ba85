import assert from "node:assert/strict";
import type { RunResult } from "popagent/experiments/result.ts";
import { resultText } from "popagent/report/text/run_text.ts";
import { seedsText } from "popagent/report/text/seeds_text.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";

const run = createRunFixture();
const widest = (text: string) => Math.max(...text.split("\n").map((line) => line.length));

Deno.test("findings I.1: the first lines are the paired differences, then money, market and data, within 100 columns", () => {
  const text = resultText(run.result, run.series);
  const lines = text.split("\n");
  assert.match(lines[0]!, /^Did learning help\? .* \[SYNTHETIC data \(planted world/);
  assert.match(lines.slice(1, 7).join(" "), /than choosing alone would have .*equal-weight ensemble/s);
  const places = [
    "Where did the money go?",
    "Was it in the market?",
    "Which data was this?",
    "Results",
    "From gross to net",
  ]
    .map((head) => lines.findIndex((line) => line.startsWith(head)));
  assert.ok(places.every((place, i) => place > (places[i - 1] ?? 0)), `${places}`);
  assert.ok(widest(text) <= 100);
});

Deno.test("findings I.5: every table keeps to 100 columns whatever the labels and the numbers", () => {
  const strategies = run.result.strategies.map((strategy) => ({
    ...strategy,
    label: `${strategy.label} ${"with a long name ".repeat(8)}`,
    metrics: { ...strategy.metrics, totalReturn: 12_345.678, turnover: 1e6, orders: 1e7, breakEvenCost: 12 },
  }));
  assert.ok(widest(resultText({ ...run.result, strategies }, run.series)) <= 100);
});

Deno.test("findings I.2: what never traded reads as a dash, and break-even is none without a gross profit", () => {
  const strategies = run.result.strategies.map((strategy) =>
    strategy.name === "buyAndHold"
      ? { ...strategy, metrics: { ...strategy.metrics, breakEvenCost: -.6388 } }
      : strategy
  );
  const text = resultText({ ...run.result, strategies }, run.series);
  const row = (table: string, label: string) =>
    text.slice(text.indexOf(table)).split("\n").find((line) => line.startsWith(`  ${label} `))!;
  assert.match(row("Results", "Flat"), /Flat +– +0\.0% +– +– /); // net stands second
  assert.doesNotMatch(text, /6,388/);
  assert.match(row("From gross to net", "Buy and hold"), / – +\d+×$/);
});

Deno.test("findings I.2: over seeds each difference has its metric's name, its mean and two errors", () => {
  const runs = [1, 2, 3].map((seed) => createRunFixture({ seed }));
  const text = seedsText(runs);
  assert.match(text.split("\n")[0]!, /^Did learning help\? Over 3 seeds on one market/);
  assert.match(
    text.replaceAll(/\s+/g, " "),
    /Population \(champion\) minus Selection only \(champion\): annual Sharpe ratio [+−][\d.]+ on average \(SE over seeds [\d.]+, 95% interval −?[\d.]+ to −?[\d.]+\); within one seed the 3,672 rows alone leave an SE of [\d.]+\./,
  );
  assert.match(text, /Annual Sharpe ratio/);
  assert.ok(widest(text) <= 100);
  const alone = runs.map(({ result, series: { openTime, equity } }) => ({
    result: result as RunResult,
    series: { openTime, equity: { champion: equity.champion! }, accounts: {} },
  }));
  assert.match(seedsText(alone), /Not measured: the references were left out/);
});

Deno.test("issue 9.1: a mean over seeds says over how many it is taken where one never traded", () => {
  const runs = [1, 2, 3].map((seed) => createRunFixture({ seed }));
  const { result, series } = runs[1]!;
  const strategies = result.strategies.map((strategy) =>
    strategy.name === "champion"
      ? { ...strategy, metrics: { ...strategy.metrics, volatility: 0, sharpe: 0, sharpeError: null } }
      : strategy
  );
  const still = {
    result: { ...result, strategies },
    series: { ...series, equity: { ...series.equity, champion: series.equity.champion!.map(() => 10_000) } },
  };
  const all = seedsText(runs), some = seedsText([runs[0]!, still, runs[2]!]);
  const sharpe = (at: number) =>
    runs[at]!.result.strategies.find(({ name }) => name === "champion")!.metrics.sharpe;
  const mean = ((sharpe(0) + sharpe(2)) / 2).toFixed(2).replace("-", "−");
  const row = (text: string, head: string) => text.split("\n").find((line) => line.startsWith(head))!;
  assert.ok(row(some, "  Mean ").includes(` ${mean} (2 of 3) `), row(some, "  Mean "));
  assert.match(row(some, "  Population (champion) - Selection only"), / \(2 of 3\) +[\d.]+ +\d\/2$/);
  const flat = some.replaceAll(/\s+/g, " ");
  assert.match(flat, /Over 2 of the 3 seeds: in the others one of the two never traded\./);
  assert.match(flat, /\(2 of 5\): a mean over 2 of the 5 seeds\./);
  assert.ok(widest(some) <= 100);
  assert.doesNotMatch(all, / of 3\)| of 5\)/);
});

Deno.test("issue 9.1: seeds of which one alone compares its committees too are told together", () => {
  const seedRun = (seed: number, untouched: boolean) => {
    const { result, series } = createRunFixture({ seed });
    const ensemble = result.strategies.find(({ name }) => name === "ensemble")!;
    const equity: Record<string, Float64Array> = {
      ...series.equity,
      selectionOnlyCommittee: series.equity.ensemble!,
      ...(untouched ? { selectionOnly: series.equity.champion! } : {}),
    };
    const strategies = [...result.strategies, { ...ensemble, name: "selectionOnlyCommittee" }];
    return { result: { ...result, strategies }, series: { ...series, equity } };
  };
  for (const untouched of [1, 2]) {
    const runs = [1, 2].map((seed) => seedRun(seed, seed === untouched));
    assert.match(seedsText(runs).replaceAll(/\s+/g, " "), /\(committee\): annual Sharpe ratio [+−]/);
  }
});
