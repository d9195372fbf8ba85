import assert from "node:assert/strict";
import { readJson } from "popagent/adapters/files/json_file.ts";
import {
  FOUR_CELLS,
  type FourCellsMarket,
  fourCellsSchema,
} from "popagent/experiments/language/four_cells.ts";
import { cellEffects, fourCellsChecks } from "popagent/experiments/language/four_cells_effects.ts";
import { readerAnswer } from "popagent/experiments/language/scripted_reader.ts";
import { fourCellsText } from "popagent/report/text/four_cells_text.ts";

const stored = await readJson("results/validation/language_news.json", fourCellsSchema);

const market = (marketSeed: number, means: readonly number[]): FourCellsMarket => {
  const cell = (i: number) => ({
    populationMean: means[i]!,
    champion: 0,
    questions: i < 2 ? 0 : 5,
    answers: `${i}`,
  });
  return { marketSeed, cells: { neither: cell(0), news: cell(1), model: cell(2), both: cell(3) } };
};

Deno.test("issue 14.11: all four cells of model by news differ in every stored market, and say that they are simulated", () => {
  assert.ok(stored.markets.length >= 10);
  for (const { rule, holds } of fourCellsChecks(stored.markets)) assert.ok(holds, rule);
  assert.match(fourCellsText(stored), /^!! SYNTHETIC DATA .* SIMULATED ANSWERS/);
});

Deno.test("effects of the four cells match the worked example", () => {
  // by hand, alike in both: news (1 + 5 - 0 - 2) / 2, model (2 + 5 - 0 - 1) / 2, interaction (5 - 2 - 1 + 0) / 2
  const effects = cellEffects([market(1, [0, 1, 2, 5]), market(2, [1, 2, 3, 6])]);
  assert.deepEqual(effects.map(({ name, mean, error }) => [name, mean, error]), [
    ["news", 2, 0],
    ["model", 3, 0],
    ["interaction", 1, 0],
  ]);
  assert.ok(effects.every(({ p, pHolm }) => p === 0.5 && pHolm === 1), "two markets decide nothing");
});

Deno.test("news that does not arrive is noticed: cells that are equal fail the check", () => {
  const deaf = market(1, [0, 0, 2, 2]);
  assert.deepEqual(fourCellsChecks([deaf]).map(({ holds }) => holds), [false, true]);
  assert.equal(FOUR_CELLS.length, 4);
});

Deno.test("the reader follows news that leans, else the forecast", () => {
  const forecast = (mean: number) => ({ bars: 6, mean, sd: 0.02, pUp: 0.5, quantiles: {} });
  const research = {
    trend: 0,
    sdPerBar: 0.01,
    regimes: { bull: 0.3, bear: 0.3, side: 0.4 },
    forecasts: [forecast(0), forecast(0.01)],
  };
  const shown = JSON.stringify({ research });
  const fence = (sentiment: number) => `${shown}\n<<<\n${JSON.stringify({ asset: { sentiment } })}\n>>>`;
  const actions = [shown, fence(-0.3), fence(0.01), fence(0.3)].map((text) => readerAnswer(text).action);
  assert.deepEqual(actions, ["long", "short", "long", "long"]);
});
