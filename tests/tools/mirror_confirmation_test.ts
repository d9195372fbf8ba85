import assert from "node:assert/strict";
import { mean } from "popagent/stats/moments.ts";
import {
  betterOpponent,
  type ConfirmedMarket,
  confirmedRow,
  falseStudies,
  rowsUntilAbove,
  STORED,
  STUDIES,
  trailingSharpe,
} from "../../tools/mirror_confirmation.ts";

const market = (seed: number, gain: number, path: readonly number[]): ConfirmedMarket => ({
  market: "flip",
  seed,
  whole: { mirrored: 2 + gain, fieldMirroredEqual: 2, fieldMirroredEqualOverSd: 1.5 },
  year: { mirrored: 1 - gain, fieldMirroredEqual: 1, fieldMirroredEqualOverSd: 3 },
  trailing: { mirrored: path, fieldMirroredEqual: [0, 0, 0], fieldMirroredEqualOverSd: [9, 9, 9] },
});

Deno.test("the better opponent is that of the higher mean over all rows, and differences are to it: by hand", () => {
  const markets = [market(1, 0.1, [-1, 1, 1]), market(2, 0.2, [-1, 1, 1])];
  assert.equal(betterOpponent(markets), "fieldMirroredEqual");
  assert.equal(
    confirmedRow("flip", "mirrored", markets),
    "| flip | mirrored | +0.15 (0.05) | 2/2 | -0.15 (0.05) | 396 (396 to 396) |",
  );
});

Deno.test("a mean difference that ends below 0 never stays above it", () => {
  assert.equal(rowsUntilAbove([-1, 1, -1]), 360 + 3 * 36);
  assert.equal(rowsUntilAbove([1, 1, 1]), 360);
  const markets = [market(1, 0.1, [1, 1, -1]), market(2, 0.2, [1, 1, -2])];
  assert.match(confirmedRow("flip", "mirrored", markets), /never \(never to never\)/);
});

Deno.test("trailing ratios stand every 36 rows, first over the first 360", () => {
  const returns = Float64Array.from({ length: 360 + 36 + 35 }, (_, t) => t % 2 === 0 ? 0.02 : -0.01);
  const path = trailingSharpe(returns);
  assert.equal(path.length, 2);
  // mean .005, sd (n - 1) of +-.015 over 360 values .0150209, times root of 2190
  assert.ok(Math.abs(path[0]! - 0.005 / (0.015 * Math.sqrt(360 / 359)) * Math.sqrt(2190)) < 1e-3);
});

Deno.test("docs/VALIDATION.md has the numbers of the stored confirmation, of all its markets", async () => {
  const markets: ConfirmedMarket[] = JSON.parse(await Deno.readTextFile(STORED));
  const told = (await Deno.readTextFile(new URL("../../docs/VALIDATION.md", import.meta.url)))
    .split("\n").map((line) => line.replaceAll(/ +/g, " ").replaceAll("**", "").replace(" (softmax)", ""));
  for (const [world, count] of [["planted", 24], ["flip", 20], ["drift", 10]] as const) {
    const these = markets.filter(({ market }) => market === world);
    assert.deepEqual(these.map(({ seed }) => seed), Array.from({ length: count }, (_, i) => 301 + i));
    for (const name of ["mirrored", "mirroredHedge", "champion"]) {
      const row = confirmedRow(world, name, these);
      assert.ok(told.includes(row), row);
    }
  }
});

Deno.test("issue 12: with the null imposed exactly at most 15 of 200 studies of the confirmation reject anything", async () => {
  const markets: ConfirmedMarket[] = JSON.parse(await Deno.readTextFile(STORED));
  const told = await Deno.readTextFile(new URL("../../docs/VALIDATION.md", import.meta.url));
  const counts = ["mirrored", "mirroredHedge"].map((name) => falseStudies(name, markets, STUDIES));
  assert.ok(counts.every((count) => count > 0 && count <= 15), counts.join(", "));
  assert.match(told, new RegExp(`${counts[0]} \\(softmax\\) and\\s+${counts[1]} \\(hedge\\) of 200`));
});

Deno.test("issue 12: the planted oracle's mean lies above every strategy's in each confirming world", async () => {
  const markets: ConfirmedMarket[] = JSON.parse(await Deno.readTextFile(STORED));
  for (const [world, own] of Map.groupBy(markets, ({ market }) => market)) {
    const level = (name: string) => mean(own.map(({ whole }) => whole[name]!));
    const others = Object.keys(own[0]!.whole).filter((name) => name !== "plantedOracle");
    assert.ok(others.length >= 18, world);
    for (const name of others) assert.ok(level("plantedOracle") > level(name), `${world} ${name}`);
  }
});
