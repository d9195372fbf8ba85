import assert from "node:assert/strict";
import { rng } from "popagent/core/rng.ts";
import { swapPairs } from "popagent/experiments/evidence/swap_pairs.ts";
import { recordOf } from "./record.ts";

const stored = JSON.parse(
  await Deno.readTextFile(new URL("../../results/evidence_trials.json", import.meta.url)),
);

Deno.test("200 studies with the null imposed: at most 15 claim anything, normal or not", () => {
  assert.equal(stored.studies, 200);
  for (const studies of Object.values<number>(stored.falseClaims)) assert.ok(studies <= 15, `${studies}`);
  assert.ok(stored.falseEquivalencesAtMargin <= 15);
});

Deno.test("1,000 intervals of 20 normal differences: 93 to 97 % cover", () => {
  assert.equal(stored.replications, 1000);
  assert.ok(stored.coverage.normal >= .93 && stored.coverage.normal <= .97);
});

Deno.test("an effect of the size that was planned for is found as often as planned, within 3 errors", () => {
  const { planned, found } = stored.power;
  assert.ok(Math.abs(found - planned) < 3 * Math.sqrt(planned * (1 - planned) / stored.replications));
});

Deno.test("swapped pairs keep what was earned on each market and only who earned it changes", () => {
  const record = recordOf({ markets: 6, transfer: 5, noise: 0 });
  const { transfer, diversity } = record.registration.evidence.claims;
  const swapped = swapPairs(record, [transfer!, diversity!], rng("swap").uniform);
  const earned = ({ cells }: typeof record, seed: number) =>
    cells.filter(({ market, marketSeed }) => market === "weak" && marketSeed === seed)
      .map(({ measures }) => measures.populationMean!);
  let moved = 0;
  for (let seed = 1; seed <= 6; seed++) {
    assert.deepEqual(earned(swapped, seed).sort(), earned(record, seed).sort());
    if (earned(swapped, seed)[0] !== earned(record, seed)[0]) moved++;
  }
  assert.ok(moved > 0 && moved < 6, `${moved} of 6 markets gave full another arm's`);
});
