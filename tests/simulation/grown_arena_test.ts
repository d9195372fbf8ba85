/** An arena that is gone on from is the one that is made at once. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { truncatePanel } from "popagent/market/panel.ts";
import { createArena, TURNOVER_ROWS } from "popagent/simulation/arena.ts";
import { bybitCosts, zeroCosts } from "popagent/simulation/costs.ts";
import { INSTRUMENTS } from "popagent/core/universe.ts";
import { randomPanel } from "./random_panel.ts";

const ROWS = 130;
const made = (rows: number, seed: number) =>
  createArena(truncatePanel(randomPanel(seed, ROWS), rows), bybitCosts, INSTRUMENTS);

Deno.test("an arena gone on from at any row equals one made at once, to the bit", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: ROWS }), fc.integer({ min: 1, max: 9 }), (first, seed) => {
      const panel = randomPanel(seed, ROWS);
      const grown = createArena(panel, bybitCosts, INSTRUMENTS, undefined, made(first, seed));
      const { riskTiersAt: _, ...all } = createArena(panel, bybitCosts, INSTRUMENTS);
      const { riskTiersAt: _own, ...own } = grown;
      assert.deepEqual(own, all);
    }),
    {
      seed: 3,
      numRuns: 30,
      examples: [[1, 1], [TURNOVER_ROWS - 1, 2], [TURNOVER_ROWS, 3], [TURNOVER_ROWS + 1, 4], [ROWS, 5]],
    },
  );
});

Deno.test("an arena is gone on from at its own terms alone", () => {
  const panel = randomPanel(1, ROWS);
  assert.throws(
    () => createArena(panel, zeroCosts, INSTRUMENTS, undefined, made(90, 1)),
    /at the same terms: current value is 90 rows at others/,
  );
  assert.throws(
    () => createArena(truncatePanel(panel, 50), bybitCosts, INSTRUMENTS, undefined, made(90, 1)),
    /at most 50 rows/,
  );
});
