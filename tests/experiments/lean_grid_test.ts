import assert from "node:assert/strict";
import { gridIn } from "popagent/adapters/config/grid_file.ts";
import { settingsIn } from "popagent/adapters/config/settings_file.ts";
import { cellsOf } from "popagent/experiments/grid/grid.ts";

const YAML = `
question: Which weights?
settings: { data.source: synthetic }
markets: { planted: { settings: { market: { mode: planted, ic: 0.06 } }, marketSeeds: 201-202 } }
seeds: market
instead: [references]
arms: { hot: { population.mirror.temperature: 1 } }
`;

Deno.test("lean cells run the field in the place of a population, arm by arm", () => {
  const cells = cellsOf(gridIn(settingsIn(YAML, "lean.yaml"), "lean.yaml"));
  assert.deepEqual(cells.map(({ label, jobs }) => `${label} ${jobs}`), [
    "full/planted.201/201 references",
    "hot/planted.201/201 references",
    "full/planted.202/202 references",
    "hot/planted.202/202 references",
  ]);
  assert.deepEqual(cells.map(({ config }) => config.population.mirror.temperature), [.5, 1, .5, 1]);
  assert.ok(cells.every(({ config, seed }) => config.references && config.market.seed === seed));
});
