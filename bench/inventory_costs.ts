/**
 * What a bar of each method costs, as a ratio: its time over all rows of a market of five coins, over that of one
 * exponential mean over as many values. Both are the least of several turns on this machine; every turn of a method
 * starts with nothing remembered. Writes src/inventory/measured_costs.ts.
 */
import { ewma } from "popagent/core/series.ts";
import { team } from "popagent/desk/agents.ts";
import { methodInputs } from "popagent/desk/method_inputs.ts";
import { settingsSchema } from "popagent/experiments/config.ts";
import { createDesk } from "popagent/experiments/market.ts";
import { inventoryEntries } from "popagent/inventory/listing.ts";
import { methodNamed } from "popagent/inventory/pools.ts";
import type { Method } from "popagent/inventory/method.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";

const ROWS = 2190, TURNS = 5;
/** Pools whose methods see one coin at a time: a market costs five of them. */
const ONE_COIN = ["analyst.features", "analyst.volatility", "analyst.regimes", "trader.views"];

const { panel } = syntheticMarket({ seed: 11, rows: ROWS, mode: "planted", ic: 0.1 });
const config = settingsSchema.parse({}), pipeline = team();

/** Least milliseconds of several turns. */
function least(turns: number, turn: () => () => unknown): number {
  let best = Infinity;
  for (let i = 0; i < turns; i++) {
    const run = turn(), start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

const series = panel.coins[0]!.close;
const step = least(50, () => () => {
  for (let i = 0; i < 100; i++) ewma(series, 0.03);
}) / 100;

const lines = inventoryEntries().map(({ pool, key }) => {
  const method = methodNamed(pool, key) as Method<unknown, unknown>;
  const time = least(TURNS, () => {
    const desk = createDesk(panel, config, 2 ** 28);
    const input = methodInputs(desk, pipeline, 1)[pool]();
    return () => method.run(input, { ...pipeline.trader!.genes, ...pipeline.risk!.genes, ...method.start });
  });
  const cost = time / step * (ONE_COIN.includes(pool) ? panel.coins.length : 1);
  console.log(`${pool} ${key}: ${cost.toPrecision(2)}`);
  return `  "${pool} ${key}": ${Number(cost.toPrecision(2))},`;
});

await Deno.writeTextFile(
  new URL("../src/inventory/measured_costs.ts", import.meta.url),
  `/**
 * Cost of each method per bar of a market of five coins, in steps of an exponential mean over a column (one
 * multiply-add a bar): a ratio of two times of one machine. Written by \`deno task inventory-costs\`; not edited by hand.
 */
export const MEASURED_COSTS: Readonly<Record<string, number>> = {
${lines.join("\n")}
};
`,
);
