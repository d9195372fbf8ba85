/** The proof of forecasts: what is stored of it meets the thresholds, and what it is made of is right. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readJson } from "popagent/adapters/files/json_file.ts";
import { DECLARED } from "popagent/experiments/declared_five.ts";
import { informationCoefficient, meanMarket } from "popagent/experiments/forecast_mean.ts";
import { forecastChecks, forecastProofSchema, skills } from "popagent/experiments/forecast_proof.ts";
import { type WidthCell, widthMarket } from "popagent/experiments/forecast_width.ts";
import { createDesk } from "popagent/experiments/market.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { forecastProofText } from "popagent/report/text/forecast_proof_text.ts";
import { assertClose } from "../close_to.ts";
import { populationConfig } from "../run_config.ts";

const STORED = new URL("../../results/validation/forecasts.json", import.meta.url).pathname;

Deno.test("findings D.1, D.2: the stored proof of forecasts covers 20 fresh markets and real rows, and every threshold holds", async () => {
  assert.ok(existsSync(STORED));
  const proof = await readJson(STORED, forecastProofSchema);
  assert.deepEqual(proof.settings, { rows: 8766, from: 2190, ic: 0.06 });
  assert.deepEqual(
    proof.mean.map(({ marketSeed }) => marketSeed),
    Array.from({ length: 20 }, (_, i) => 301 + i),
  );
  assert.deepEqual(
    proof.width.map(({ market }) => Number(market)),
    Array.from({ length: 20 }, (_, i) => 301 + i),
  );
  assert.equal(proof.real.length, 1);
  const checks = forecastChecks(proof);
  assert.equal(checks.length, 12);
  for (const { rule, measured, holds } of checks) assert.ok(holds, `${rule}: ${measured}`);
});

// By hand: said 1, -1 of outcomes 2, 2 (each a row later): (2 - 2) / ...; of 2, -2 it is perfect.
Deno.test("informationCoefficient() reads the outcome of the next row, around 0", () => {
  const said = [Float64Array.of(9, 1, -1, 5)];
  assert.equal(informationCoefficient(said, [Float64Array.of(7, 7, 2, 2)], 1, 4), 0);
  assertClose(informationCoefficient(said, [Float64Array.of(7, 7, 2, -2)], 1, 4), 1, 1e-12);
});

Deno.test("skills() pools coins and markets, and a threshold that is missed is said to be", () => {
  const cell = (crps: number, covered: number): WidthCell => ({
    researcher: "a",
    horizon: 6,
    coin: 0,
    count: 10,
    crps,
    crpsOfPast: 2,
    covered,
  });
  const market = { market: "1", cells: [cell(1, 9), { ...cell(2.5, 8), coin: 1 }], accuracy: [] };
  const [one] = skills([market]);
  assertClose(one!.skill, 1 - 3.5 / 4, 1e-12);
  assert.equal(one!.covered, 0.85);
  const settings = { rows: 8766, from: 2190, ic: 0.06 };
  const worse = {
    ...market,
    cells: [cell(3, 9)],
    accuracy: [{ researcher: "a", horizon: 6, count: 9, mean: 1, hln: 2.5, p: 0.03 }],
  };
  const held = forecastChecks({ settings, mean: [], width: [worse], real: [worse] }).map(({ holds }) =>
    holds
  );
  assert.deepEqual(held, [false, false, true, true, true, true]);
});

Deno.test("all pairs of a market are measured, the same each time", () => {
  const { panel, truth } = syntheticMarket({ seed: 7, rows: 300, mode: "planted", ic: 0.1 });
  const desk = () => createDesk(panel, populationConfig(), 2 ** 26);
  const mean = meanMarket(desk(), 7, truth.m, 200), width = widthMarket(desk(), "7", 200);
  assert.deepEqual(Object.keys(mean.researchers), DECLARED.researcher);
  assert.ok(Number.isFinite(mean.truth) && Math.abs(mean.together) < 0.3);
  assert.equal(width.cells.length, 5 * 3 * 5);
  for (const { count, crps, crpsOfPast } of width.cells) {
    assert.ok(count % 5 === 0 && crps > 0 && crps < 3 * crpsOfPast);
  }
  assert.match(
    forecastProofText({
      settings: { rows: 300, from: 200, ic: 0.1 },
      mean: [mean],
      width: [width],
      real: [],
    }),
    /plain ridge[^]*1 default markets[^]*(holds|FAILS)/,
  );
});
