import assert from "node:assert/strict";
import { rng } from "popagent/core/rng.ts";
import { fieldSelection } from "popagent/experiments/field_selection.ts";
import { annualSharpe } from "popagent/stats/sharpe.ts";

const ROWS = 3660;

function noise(name: string, drift: number): Float64Array {
  const random = rng("field", name);
  return Float64Array.from({ length: ROWS }, () => 0.01 * random.normal() + drift);
}

function bestOf(returns: readonly Float64Array[]): number {
  const sharpes = returns.map(annualSharpe);
  return sharpes.indexOf(Math.max(...sharpes));
}

Deno.test("the best of many without skill is likely overfitted and deflates to a coin flip or less", () => {
  const returns = Array.from({ length: 100 }, (_, i) => noise(`idle ${i}`, 0));
  const { pipelines, overfitting, deflatedSharpe } = fieldSelection(returns, bestOf(returns));
  assert.equal(pipelines, 100);
  assert.ok(overfitting! > 0.3, `PBO ${overfitting}`);
  assert.ok(deflatedSharpe! < 0.8, `DSR ${deflatedSharpe}`);
});

Deno.test("one with real skill among them is not", () => {
  const returns = Array.from({ length: 100 }, (_, i) => noise(`idle ${i}`, i === 7 ? 0.0015 : 0));
  const { overfitting, deflatedSharpe } = fieldSelection(returns, bestOf(returns));
  assert.ok(overfitting! < 0.05, `PBO ${overfitting}`);
  assert.ok(deflatedSharpe! > 0.99, `DSR ${deflatedSharpe}`);
});

Deno.test("too few rows, or accounts that never moved, give no number", () => {
  const short = [noise("a", 0).slice(0, 100), noise("b", 0).slice(0, 100)];
  assert.equal(fieldSelection(short, 0).overfitting, null);
  assert.equal(fieldSelection([new Float64Array(ROWS), new Float64Array(ROWS)], 0).deflatedSharpe, null);
});
