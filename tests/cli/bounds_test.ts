import assert from "node:assert/strict";
import { parseSeeds } from "popagent/experiments/seeds.ts";
import { mostWorkers, parseWorkers } from "popagent/cli/workers.ts";

Deno.test("parseSeeds() reads ranges and lists, ascending and once each, up to the largest seed", () => {
  assert.deepEqual(parseSeeds("1-5"), [1, 2, 3, 4, 5]);
  assert.deepEqual(parseSeeds("7, 1,4,4"), [1, 4, 7]);
  assert.deepEqual(parseSeeds("2-4,3-5,0"), [0, 2, 3, 4, 5]);
  assert.deepEqual(parseSeeds("4294967295"), [4294967295]);
  assert.equal(parseSeeds("1-10000").length, 10_000);
});

// Four a core, and 256 MiB for each: 2 cores with 24 GB, 64 with 8 GB, a tiny machine.
Deno.test("mostWorkers() follows cores and memory, and is never 0", () => {
  assert.equal(mostWorkers(2, 24e9), 8);
  assert.equal(mostWorkers(64, 8 * 2 ** 30), 32);
  assert.equal(mostWorkers(1, 100e6), 1);
  assert.equal(parseWorkers("1"), 1);
  assert.equal(parseWorkers(" 2 "), 2);
});
