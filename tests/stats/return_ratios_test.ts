import assert from "node:assert/strict";
import {
  annualSortino,
  downsideDeviation,
  hitRate,
  profitFactor,
  totalReturn,
} from "../../src/stats/return_ratios.ts";
import { assertClose } from "../close_to.ts";
import { r12 } from "../golden_data.ts";

// Golden values: numpy on R12.
Deno.test("return ratios match numpy", () => {
  assertClose(downsideDeviation(r12, 0), 0.00978945010372561, 1e-16);
  assertClose(annualSortino(r12), 16.731381605676876, 1e-11);
  assertClose(hitRate(r12)!, 7 / 11, 1e-15); // the flat bar is neither a hit nor a miss
  assertClose(profitFactor(r12)!, 1.7, 1e-13);
  assertClose(totalReturn(r12), 0.04131404783733017, 1e-15);
});

Deno.test("return ratios of a flat account", () => {
  const flat = new Float64Array(5);
  assert.equal(annualSortino(flat), 0);
  assert.equal(totalReturn(flat), 0);
  assert.equal(hitRate(flat), null);
  assert.equal(profitFactor(flat), null);
  assert.equal(profitFactor([0.1, 0.2]), Infinity);
});
