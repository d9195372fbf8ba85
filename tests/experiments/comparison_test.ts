import assert from "node:assert/strict";
import { compareSharpe, headlineComparisons, netReturns } from "popagent/experiments/comparison.ts";
import type { RunResult, RunSeries } from "popagent/experiments/result.ts";
import { annualSharpe } from "popagent/stats/sharpe.ts";
import { assertClose } from "../close_to.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";

const run = createRunFixture();

/** The fixture with the equity of some strategies replaced. */
function withEquity(equity: Record<string, Float64Array>): readonly [RunResult, RunSeries] {
  return [run.result, { ...run.series, equity: { ...run.series.equity, ...equity } }];
}

Deno.test("netReturns() begins at the equity before the first row and ends with a closed account at 0", () => {
  const [result, series] = withEquity({ champion: Float64Array.of(11_000, 9_900, 0, 0) });
  const returns = netReturns(result, series, "champion"); // from 10,000: +10 %, -10 %, all lost, closed
  [.1, -.1, -1, 0].forEach((r, t) => assertClose(returns[t]!, r, 1e-12));
  assert.throws(() => netReturns(result, series, "random"), /it has none of random/);
});

Deno.test("findings I.1: the headline is compared with selection only and with the ensemble, in that order", () => {
  const [selection, ensemble] = headlineComparisons(run.result, run.series);
  assert.deepEqual([selection!.against, ensemble!.against], ["selectionOnly", "ensemble"]);
  const sharpe = (name: string) => annualSharpe(netReturns(run.result, run.series, name));
  assertClose(selection!.estimate!.difference, sharpe("champion") - sharpe("selectionOnly"), 1e-9);
  const { difference, lower, upper, error } = ensemble!.estimate!;
  assert.ok(lower < difference && difference < upper && error > 0);
  assert.deepEqual(headlineComparisons(run.result, run.series), [selection, ensemble]); // the same draws again
});

Deno.test("compareSharpe() changes sign with its arguments, about", () => {
  const forth = compareSharpe(run.result, run.series, "champion", "ensemble").estimate!;
  const back = compareSharpe(run.result, run.series, "ensemble", "champion").estimate!;
  assertClose(back.difference, -forth.difference, 1e-9);
  assert.ok(Math.abs(back.lower + forth.upper) < .15 * (forth.upper - forth.lower)); // other draws
});

Deno.test("compareSharpe() of one account with itself is exactly no difference", () => {
  const [result, series] = withEquity({ selectionOnly: run.series.equity.champion! });
  const { estimate } = compareSharpe(result, series, "champion", "selectionOnly");
  assert.deepEqual(estimate, { difference: 0, error: 0, lower: 0, upper: 0, p: 1 });
});

Deno.test("compareSharpe() says which of the two never traded, and when rows are too few", () => {
  const flat = compareSharpe(run.result, run.series, "champion", "flat");
  assert.deepEqual([flat.estimate, flat.why, flat.flat], [null, "neverMoved", ["flat"]]);
  const cut = (line: Float64Array) => line.slice(0, 19);
  const [result, series] = withEquity({
    champion: cut(run.series.equity.champion!),
    ensemble: cut(run.series.equity.ensemble!),
  });
  const short = compareSharpe(result, series, "champion", "ensemble");
  assert.deepEqual([short.estimate, short.why, short.rows], [null, "tooFewRows", 19]);
});

Deno.test("headlineComparisons() of a run without references is empty", () => {
  const { champion, committee } = run.series.equity;
  const series = { ...run.series, equity: { champion: champion!, committee: committee! } };
  assert.deepEqual(headlineComparisons(run.result, series), []);
});

Deno.test("headlineComparisons() compares the committee too where no lesson reached the champion", () => {
  const equity: Record<string, Float64Array> = {
    ...run.series.equity,
    selectionOnly: run.series.equity.champion!,
  };
  const named = (name: string) => run.result.strategies.find((one) => one.name === name)!;
  const strategies = run.result.strategies.map((one) =>
    one.name === "selectionOnly" ? { ...named("champion"), name: "selectionOnly" } : one
  );
  if (equity.selectionOnlyCommittee === undefined) {
    Object.assign(equity, {
      selectionOnlyCommittee: run.series.equity.committee!.map((x, t) => x * (1 + 1e-4 * (t % 7))),
    });
    strategies.push({ ...named("committee"), name: "selectionOnlyCommittee" });
  }
  const comparisons = headlineComparisons({ ...run.result, strategies }, { ...run.series, equity });
  assert.deepEqual(comparisons.map(({ strategy, against }) => [strategy, against]), [
    ["champion", "selectionOnly"],
    ["champion", "ensemble"],
    ["committee", "selectionOnlyCommittee"],
  ]);
});

Deno.test("the first comparison is the mirrored committee beside the better of its opponents", () => {
  const [champion] = run.result.strategies;
  const named = (name: string, sharpe: number) => ({
    ...champion!,
    name,
    metrics: { ...champion!.metrics, sharpe },
  });
  const strategies = [
    ...run.result.strategies,
    named("mirrored", 2),
    named("fieldMirroredEqual", .5),
    named("fieldMirroredEqualOverSd", .6),
  ];
  const { ensemble, champion: equity } = run.series.equity;
  const series = {
    ...run.series,
    equity: {
      ...run.series.equity,
      mirrored: ensemble!,
      fieldMirroredEqual: equity!,
      fieldMirroredEqualOverSd: equity!,
    },
  };
  const compared = headlineComparisons({ ...run.result, strategies }, series);
  assert.deepEqual(compared.slice(0, 2).map(({ strategy, against }) => [strategy, against]), [
    ["mirrored", "fieldMirroredEqualOverSd"],
    ["champion", "selectionOnly"],
  ]);
  assert.ok(compared[0]!.estimate!.error > 0);
});
