import assert from "node:assert/strict";
import { memoryOfEach, parseMemory } from "popagent/cli/memory.ts";
import { workingSet } from "popagent/population/working_set.ts";
import { populationConfig } from "../run_config.ts";

const MIB = 2 ** 20;

Deno.test("--memory is whole MiB; left out it is a part of what is free", () => {
  assert.equal(parseMemory("800"), 800 * MIB);
  assert.ok(parseMemory(undefined) > 0 && parseMemory(undefined) < Deno.systemMemoryInfo().total);
  for (const wrong of ["", "8", "1.5", "-20", "many", "1e9", "0x100"]) {
    assert.throws(() => parseMemory(wrong), /--memory as it must be an integer of MiB/);
  }
});

Deno.test("findings H.1: a worker gets its working set, or an equal share of less, never the set divided by workers", () => {
  assert.equal(memoryOfEach(1000 * MIB, 2, 300 * MIB), 300 * MIB);
  assert.equal(memoryOfEach(1000 * MIB, 1, 300 * MIB), 300 * MIB);
  assert.equal(memoryOfEach(400 * MIB, 2, 300 * MIB), 200 * MIB);
});

Deno.test("findings H.1: the working set grows with rows and agents", () => {
  const of = (rows: number, size: number) =>
    workingSet(rows, 5, populationConfig({ population: { size } }).population);
  assert.equal(of(8760, 5), 2 * of(4380, 5));
  assert.ok(of(4380, 9) > 2 * of(4380, 5));
  assert.ok(of(4380, 5) > 100 * MIB && of(4380, 5) < 300 * MIB); // 25 forecasts are 39 MB, 125 packed plans 66
});
