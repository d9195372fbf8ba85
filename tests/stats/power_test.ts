import assert from "node:assert/strict";
import {
  decisionsNeeded,
  detectableEffect,
  detectableSharpe,
  equivalencePower,
  mcnemarDecisions,
  pairedPower,
  pairedSharpeError,
} from "popagent/stats/power.ts";
import { assertClose } from "../close_to.ts";

// scipy 1.17: the noncentral t, brentq over it, and quad over the chi-square (tests/oracles/power.py)
Deno.test("power of the paired t test and the smallest effect it finds match scipy", () => {
  assertClose(pairedPower(.5, 20, .05), 0.5645044184390209, 1e-9);
  assertClose(pairedPower(.75, 20, .05 / 6), 0.6580733888852778, 1e-9);
  assertClose(pairedPower(1, 10, .05), 0.8030968566327219, 1e-9);
  assertClose(pairedPower(.3, 5, .05), 0.0822627742227269, 1e-7);
  assertClose(pairedPower(0, 20, .05), .05, 1e-9);
  assertClose(pairedPower(0, 2, .05), .05, 1e-4, "two pairs: without an effect power is the level");
  assertClose(detectableEffect(20, .05, .8), 0.6604416546230262, 1e-9);
  assertClose(detectableEffect(20, .05 / 6, .8), 0.8578076027216083, 1e-9);
  assertClose(detectableEffect(10, .05, .8), 0.9960013714554451, 1e-9);
});

Deno.test("power of the equivalence test matches scipy", () => {
  assertClose(equivalencePower(.25 / .3, 20, .05), 0.9481793020146378, 1e-8);
  assertClose(equivalencePower(.25 / .5, 20, .05), 0.39346305082983785, 1e-8);
  assertClose(equivalencePower(.25 / .4, 10, .05), 0.21405869649145412, 1e-8);
});

Deno.test("protocol 3.4: two years show a Sharpe ratio of 1.76, paired ones less", () => {
  assert.equal(detectableSharpe(Math.sqrt(1 / 2), .05, .8, 1).toFixed(2), "1.76");
  const found = [0, .5, .8, .9, .95, .99].map((rho) => {
    const se = pairedSharpeError(rho, 2);
    return [se.toFixed(2), detectableSharpe(se, .05, .8, 2).toFixed(2)];
  });
  assert.deepEqual(found, [
    ["1.00", "2.80"],
    ["0.71", "1.98"],
    ["0.45", "1.25"],
    ["0.32", "0.89"],
    ["0.22", "0.63"],
    ["0.10", "0.28"],
  ]);
});

Deno.test("protocol 6.5: decisions that accuracy and McNemar's test need", () => {
  assert.deepEqual([.51, .52, .53, .55].map((rate) => decisionsNeeded(rate, .05, .8)), [
    19620,
    4904,
    2178,
    783,
  ]);
  assert.deepEqual([.55, .6].map((share) => mcnemarDecisions(.3, share, .05, .8)), [2609, 647]);
});

Deno.test("a power that no effect could miss is refused", () => {
  assert.throws(
    () => detectableEffect(20, .05, .05),
    /power must exceed alpha = 0.05: current value is 0.05/,
  );
  assert.throws(() => pairedSharpeError(1.1, 2), /rho must be in \[-1, 1\]/);
});
