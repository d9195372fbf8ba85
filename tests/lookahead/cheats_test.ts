import assert from "node:assert/strict";
import { backFilledGap } from "popagent/experiments/leakage/cheats/back_filled_gap.ts";
import { centredWindow } from "popagent/experiments/leakage/cheats/centred_window.ts";
import { championOfTheWindow } from "popagent/experiments/leakage/cheats/champion_of_its_window.ts";
import { earlyLabel } from "popagent/experiments/leakage/cheats/early_label.ts";
import { fillAtDecisionOpen } from "popagent/experiments/leakage/cheats/fill_at_decision_open.ts";
import { fullSampleZScore } from "popagent/experiments/leakage/cheats/full_sample_z.ts";
import { futureQuantile } from "popagent/experiments/leakage/cheats/future_quantile.ts";
import { keyWithoutRows } from "popagent/experiments/leakage/cheats/key_without_rows.ts";
import { nextClose } from "popagent/experiments/leakage/cheats/next_close.ts";
import { nextRowSnapshot, SNAPSHOTS } from "popagent/experiments/leakage/cheats/next_row_snapshot.ts";
import type { PlantedCheat } from "popagent/experiments/leakage/cheats/planted_cheat.ts";
import { smoothedHmm, wildProbability } from "popagent/experiments/leakage/cheats/smoothed_hmm.ts";
import { twoSidedStl } from "popagent/experiments/leakage/cheats/two_sided_stl.ts";
import { boundaryRows, plantedPanel } from "popagent/experiments/leakage/planted_market.ts";
import { cuts, futures, type Trial } from "popagent/experiments/leakage/trials.ts";
import { flagged, probe, report } from "popagent/experiments/leakage/probe.ts";

const panel = plantedPanel(520);
// The rows end in gaps, on both sides of settlements and where the trend changes; 453 and 473 lie in a gap.
const rows = [...boundaryRows(panel, 200, 500, 7), 453, 473];
const everyTrial: readonly Trial[] = [...cuts(panel, rows), ...futures(panel, rows)];

/** Clears the honest computation and convicts the cheat, with the same probe over the same trials; gives what was flagged. */
async function assertCaught(
  { cheat, honest }: PlantedCheat,
  by: readonly Trial["name"][],
  trials: readonly Trial[] = everyTrial,
): Promise<string[]> {
  const cleared = await probe(panel, trials, honest);
  assert.equal(cleared.violations.length, 0, report(cleared));
  assert.ok(cleared.compared > 0);
  const convicted = await probe(panel, trials, cheat);
  const caughtBy = new Set(convicted.violations.map(({ trial }) => trial));
  assert.deepEqual([...caughtBy].sort(), [...by].sort(), report(convicted));
  return flagged(convicted);
}

const ALL = ["cut", "tenfold", "reversed", "otherCoin", "missing", "afterOpen"];

Deno.test("the probe catches the next close as a feature", async () => {
  await assertCaught(nextClose, ALL);
});

Deno.test("the probe catches a fill at the open of the decision row", async () => {
  assert.deepEqual(await assertCaught(fillAtDecisionOpen, ["afterOpen"]), ["account orders at the open"]);
});

Deno.test("the probe catches a full-sample z-score", async () => {
  await assertCaught(fullSampleZScore, ALL);
});

Deno.test("the probe catches a centred window", async () => {
  await assertCaught(centredWindow, ALL);
});

Deno.test("the probe catches a smoothed hidden Markov model", async () => {
  await assertCaught(smoothedHmm, ALL);
});

Deno.test("the probe catches a two-sided STL", async () => {
  assert.deepEqual(await assertCaught(twoSidedStl, ALL), ["season", "trend"]);
});

Deno.test("the probe catches open interest, long ratio and funding of row t+1", async () => {
  assert.deepEqual(await assertCaught(nextRowSnapshot, ALL), [...SNAPSHOTS].sort());
});

Deno.test("the probe catches a label over h rows that is used before s+h", async () => {
  await assertCaught(earlyLabel, ALL);
});

Deno.test("the probe catches an expanding quantile that includes the future", async () => {
  await assertCaught(futureQuantile, ALL);
});

Deno.test("the probe catches a gap filled from behind", async () => {
  await assertCaught(backFilledGap, ALL);
});

Deno.test("the probe catches a champion that is scored on the window it trades", async () => {
  const trials = [...cuts(panel, [431, 440, 480]), ...futures(panel, [450, 467], ["tenfold", "otherCoin"])];
  const found = await assertCaught(championOfTheWindow, ["cut", "tenfold", "otherCoin"], trials);
  assert.ok(found.includes("champion plan"), found.join(", "));
});

Deno.test("the probe catches a cache key without the rows' hash", async () => {
  assert.deepEqual(await assertCaught(keyWithoutRows, ALL), ["all series", "trend"]);
});

// Golden values of the protocol, section 5, "Gaussian HMM", checked there against a sum over all paths.
Deno.test("the fixture's hidden Markov model filters and smooths to the golden values", () => {
  const returns = Float64Array.of(.004, -.002, .021, -.03, .012);
  const model = { calmAtStart: .6667, stay: [.97, .94], mean: [5e-4, -8e-4], sd: [.006, .018] } as const;
  const filtered = [.1601213, .0717766, .8525092, .9999934, .9621952], smoothed = [.6065, .7040, .9945];
  const near = (values: Float64Array, expected: readonly number[], within: number) =>
    expected.forEach((x, i) => assert.ok(Math.abs(values[i]! - x) < within, `${values[i]} is not ${x}`));
  near(wildProbability(returns, model, "filtered"), filtered, 2e-5);
  near(wildProbability(returns, model, "smoothed"), smoothed, 2e-4);
});
