import assert from "node:assert/strict";
import fc from "fast-check";
import { createMemo, type KnownRows } from "../../src/core/memo.ts";

const ROWS: KnownRows = { hash: "rows", rows: 3, grownFrom: null };

Deno.test("createMemo() computes once, and drops the least recently used entry when it is full", () => {
  const memo = createMemo(30);
  const computed: string[] = [];
  const get = (key: string) => memo.get(ROWS, key, () => (computed.push(key), key), () => 10);
  for (const key of ["a", "b", "c", "a", "d", "b"]) assert.equal(get(key), key);
  // a, b, c fill it; a is used again, so d drops b, and b computed anew drops c
  assert.deepEqual(computed, ["a", "b", "c", "d", "b"]);
  assert.deepEqual(memo.counts(), { hits: 1, misses: 5, evictions: 2, bytes: 30 });
  get("a");
  assert.equal(memo.counts().hits, 2);
  get("c");
  assert.deepEqual(computed.slice(5), ["c"]);
});

Deno.test("createMemo() bounds bytes, not entries", () => {
  const memo = createMemo(100);
  for (const size of [40, 40, 90]) {
    memo.get(ROWS, `size ${size} ${memo.counts().misses}`, () => size, () => size);
  }
  assert.deepEqual(memo.counts(), { hits: 0, misses: 3, evictions: 2, bytes: 90 });
  memo.get(ROWS, "larger than the whole", () => 1, () => 101);
  assert.equal(memo.counts().bytes, 90); // it is not kept, and drives nothing out
});

Deno.test("createMemo(0) keeps nothing; undefined is a value like any other", () => {
  const off = createMemo(0);
  let computed = 0;
  for (let k = 0; k < 3; k++) off.get(ROWS, "same", () => ++computed, () => 1);
  assert.equal(computed, 3);
  const memo = createMemo(10);
  for (let k = 0; k < 3; k++) memo.get(ROWS, "nothing", () => void computed++, () => 1);
  assert.equal(computed, 4);
});

Deno.test("a memo gives what a fresh computation gives, whatever its size", () => {
  const keys = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 });
  fc.assert(
    fc.property(keys, fc.integer({ min: 0, max: 40 }), (asked, capacity) => {
      const memo = createMemo(capacity);
      for (const key of asked) {
        assert.equal(memo.get(ROWS, String(key), () => 3 * key, () => 1 + key), 3 * key);
      }
      const { hits, misses, bytes } = memo.counts();
      assert.equal(hits + misses, asked.length);
      assert.ok(bytes <= capacity);
    }),
    { seed: 7 },
  );
});

Deno.test("an entry that is evicted by what it is gone on for is not counted out twice", () => {
  const memo = createMemo(100);
  const grown: KnownRows = { hash: "more", rows: 4, grownFrom: ROWS };
  memo.get(ROWS, "sum", () => 1, () => 60);
  memo.get<number>(grown, "sum", (before) => {
    memo.get(grown, "part", () => 1, () => 90); // drives the sum of the rows before out
    return before! + 1;
  }, () => 10);
  assert.equal(memo.counts().bytes, 100);
});

Deno.test("createMemo() hands the value of rows that grew into these to the computation, once, and of no others", () => {
  const memo = createMemo(1000);
  const grown: KnownRows = { hash: "more", rows: 4, grownFrom: ROWS };
  const later: KnownRows = {
    hash: "most",
    rows: 6,
    grownFrom: { hash: "between", rows: 5, grownFrom: grown },
  };
  const other: KnownRows = { hash: "other", rows: 4, grownFrom: { ...ROWS, hash: "elsewhere" } };
  const seen: (string | null)[] = [];
  const ask = (rows: KnownRows, what = "sum") =>
    memo.get<string>(rows, what, (before) => (seen.push(before), `${what} of ${rows.hash}`), () => 10);
  for (const rows of [ROWS, grown, later, later, other, ROWS]) assert.equal(ask(rows), `sum of ${rows.hash}`);
  assert.deepEqual(seen, [null, "sum of rows", "sum of more", null, null]);
  assert.equal(ask(grown, "mean"), "mean of more");
  assert.equal(memo.counts().bytes, 40); // what was gone on from is not kept beside what came of it
});
