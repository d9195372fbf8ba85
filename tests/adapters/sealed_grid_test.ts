import assert from "node:assert/strict";
import { join } from "node:path";
import { gridIn } from "popagent/adapters/config/grid_file.ts";
import { settingsIn } from "popagent/adapters/config/settings_file.ts";
import { openHoldout, readOpenings } from "popagent/adapters/bars/openings.ts";
import { planGrid } from "popagent/adapters/ledger/plan_grid.ts";
import { createCellPool } from "popagent/adapters/workers/cell_pool.ts";
import { requestOf } from "popagent/experiments/grid/plan_cell.ts";
import { inFolder } from "../cli/cli.ts";

const TEXT = `question: Does a sealed market open?
settings: { data.source: synthetic, market.rows: 1000, iterations: 1, population: { size: 3, committeeShare: 0.11 } }
markets: { sealed: { settings: { market: { mode: planted, ic: 0.06 } }, marketSeeds: "1000000" } }
seeds: market
`;

Deno.test("cells of sealed market seeds run by an opening alone, which logs every use and stays on the result", () =>
  inFolder(async (folder) => {
    const grid = gridIn(settingsIn(TEXT, "sealed.yaml"), "sealed.yaml"), log = join(folder, "holdout.jsonl");
    await assert.rejects(planGrid(grid, () => {}), /full\/sealed\.1000000\/1000000: .*give --opening/);
    const asked = {
      experiment: "sealed",
      registration: null,
      reason: "a test",
      time: "2026-01-01T00:00:00.000Z",
    };
    const { id } = openHoldout(log, asked);
    const { cells } = await planGrid(grid, () => {}, { id, log });
    const pool = createCellPool({ workers: 1, memoBytes: 2 ** 26 });
    try {
      const { files } = await pool.run(requestOf(cells[0]!, null), () => {});
      assert.equal(JSON.parse(files.result).source.opening, id);
    } finally {
      pool.close();
    }
    assert.deepEqual(readOpenings(log).uses.map(({ used, seed }) => [used, seed]), [[id, 1000000], [
      id,
      1000000,
    ]]);
  }));
