import assert from "node:assert/strict";
import { count, day, decimal, percent, pText, signed, signedPercent } from "popagent/figures/format.ts";

Deno.test("numbers read as a reader expects", () => {
  assert.equal(decimal(-1234567.891), "−1,234,567.89");
  assert.equal(decimal(-0.001), "0.00"); // a rounded zero has no sign
  assert.equal(signed(0.001), "0.00");
  assert.equal(signed(0.126), "+0.13");
  assert.equal(signed(-0.126), "−0.13");
  assert.equal(percent(0.1234), "12.3%");
  assert.equal(signedPercent(-0.5234, 0), "−52%");
  assert.equal(count(1000), "1,000");
  assert.equal(decimal(NaN), "–");
  assert.equal(percent(NaN), "–");
  assert.equal(signed(Infinity), "+∞");
  assert.equal(pText(0.0004), "<0.001"); // no p is 0
  assert.equal(pText(0.0312), "0.031");
  assert.equal(day(Date.UTC(2024, 1, 29, 20)), "2024-02-29");
});
