import assert from "node:assert/strict";
import { createMemo, type KnownRows } from "popagent/core/memo.ts";
import { createTrialMemo } from "popagent/population/trial_memo.ts";

const rows: KnownRows = { hash: "rows", rows: 1, grownFrom: null };
const bytes = (value: { readonly size: number }) => value.size;

Deno.test("a trial reads what is kept, drives nothing out of it, and leaves nothing unless it is handed over", () => {
  const main = createMemo(100);
  const kept = main.get(rows, "kept", () => ({ size: 90 }), bytes);
  const trial = createTrialMemo(main, 100);
  const fail = () => assert.fail("it is kept");
  assert.equal(trial.get(rows, "kept", fail, bytes), kept);
  assert.equal(trial.peek(rows, "kept"), kept);
  const made = trial.get(rows, "made", () => ({ size: 80 }), bytes);
  assert.equal(trial.get(rows, "made", fail, bytes), made);
  assert.equal(main.peek(rows, "kept"), kept);
  assert.equal(main.peek(rows, "made"), null);
  assert.equal(main.counts().evictions, 0);
});

Deno.test("what is handed over is kept as if it had been made there, and only what is still at hand", () => {
  const main = createMemo(100), trial = createTrialMemo(main, 50);
  trial.get(rows, "first", () => ({ size: 40 }), bytes);
  const second = trial.get(rows, "second", () => ({ size: 40 }), bytes); // drives out the first
  trial.handOver();
  assert.equal(main.peek(rows, "first"), null);
  assert.equal(main.peek(rows, "second"), second);
  assert.equal(main.counts().bytes, 40);
  trial.handOver(); // nothing more
  assert.equal(main.counts().misses, 1);
});
