/** Maps of probabilities answer from the row that they state, on one coin and on five, whatever the horizon. */
import assert from "node:assert/strict";
import { inventory, inventoryTable, loadMarket, team } from "popagent/mod.ts";
import { PROJECT } from "popagent/adapters/files/project.ts";
import { statedForecast } from "popagent/agents/desk.ts";
import { deskOf } from "popagent/desk/agents.ts";
import { returnsOf } from "popagent/features/market_view.ts";
import { POOLS } from "popagent/inventory/pools.ts";
import type { ForecastTask } from "popagent/inventory/researcher/task.ts";
import { withProbabilities } from "popagent/inventory/researcher/probabilities/probability.ts";

const MAPS = ["temperature", "platt", "isotonic"] as const, HORIZONS = [2, 6, 12];
const docs = await Deno.readTextFile(`${PROJECT}/docs/INVENTORY.md`);
const synthetic = { mode: "planted", ic: 0.1, seed: 3, rows: 2600 } as const;

for (const coins of [["BTC"], ["BTC", "ETH", "SOL", "DOGE", "XRP"]]) {
  Deno.test(`maps answer from the row that they state: ${coins.length} of five coins`, async () => {
    const market = await loadMarket({ synthetic, coins }), desk = deskOf(market);
    const forecast = statedForecast(desk, team({ researcher: "bayesian" }));
    assert.deepEqual(forecast.horizons, HORIZONS);
    const returns = coins.map((_, coin) => returnsOf(desk.market, coin));
    const task = { returns, rows: market.rows, firstRow: 0 } as unknown as ForecastTask;
    for (const key of MAPS) {
      const map = POOLS["researcher.probabilities"][key]!;
      const moved = withProbabilities(forecast, task, (input) => map.run(input, {}));
      const answers = HORIZONS.map((_, j) => {
        const rows = moved.coins.map(({ pUp }, coin) =>
          pUp[j]!.findIndex((value, row) => value !== forecast.coins[coin]!.pUp[j]![row])
        );
        return Math.min(...rows.filter((row) => row >= 0));
      });
      const cells = [coins.length === 1 ? "one" : "five", ...answers].join(" +\\| ");
      assert.match(docs, new RegExp(`^\\| ${cells} +\\|$`, "m"), "the table of docs/INVENTORY.md");
      assert.deepEqual(answers, HORIZONS.map((horizon) => map.warmUpOn!(coins.length, horizon)), key);
      const listed = inventory("researcher.probabilities").find((entry) => entry.key === key)!;
      assert.equal(
        coins.length === 1 ? listed.warmUpOneCoin : listed.warmUp,
        answers[1],
        "the middle horizon",
      );
    }
  });
}

Deno.test("the listing has both warm-ups where they differ, and one where they do not", () => {
  const cells = inventoryTable(inventory("researcher.probabilities")).rows.map(({ cells }) => cells[4]);
  assert.deepEqual(cells, ["0", "336 (1302)", "336 (1302)", "336 (1302)"]); // 84 + 40 x 6 and 84 + 200 x 6, up to a week
});
