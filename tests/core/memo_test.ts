import assert from "node:assert/strict";
import fc from "fast-check";
import { createMemo, type KnownRows, WORTH, type Worth } from "../../src/core/memo.ts";

const ROWS: KnownRows = { hash: "rows", rows: 3, grownFrom: null };

Deno.test("createMemo() computes once, and makes room by what was used last", () => {
  const memo = createMemo(30);
  const computed: string[] = [];
  const get = (key: string) => memo.get(ROWS, key, () => (computed.push(key), key), () => 10);
  for (const key of ["a", "b", "c", "a", "d", "b"]) assert.equal(get(key), key);
  assert.deepEqual(computed, ["a", "b", "c", "d"]); // d takes the place of a
  assert.deepEqual(memo.counts(), { hits: 2, misses: 4, evictions: 1, bytes: 30 });
  get("a");
  assert.deepEqual(computed.slice(4), ["a"]);
});

Deno.test("findings H.1: what nobody asks for after a turn leaves first, however dear", () => {
  const memo = createMemo(30);
  const get = (key: string, worth: Worth) => memo.get(ROWS, key, () => key, () => 10, worth);
  for (const key of ["old", "live", "older"]) get(key, WORTH.forecast);
  memo.turn();
  get("live", WORTH.forecast);
  get("plan", WORTH.plan);
  assert.deepEqual(["old", "live", "older", "plan"].map((key) => memo.peek(ROWS, key)), [
    null,
    "live",
    "older",
    "plan",
  ]);
});

Deno.test("findings H.1: series that are asked for in turn are kept as far as there is room, not dropped in turn", () => {
  const memo = createMemo(80);
  for (let round = 0; round < 10; round++) {
    for (let key = 0; key < 10; key++) memo.get(ROWS, `${key}`, () => key, () => 10);
  }
  assert.ok(memo.counts().hits >= 9 * 7); // the least recently used first: none
});

Deno.test("findings H.1: what is cheap to compute again leaves for what is dear, and never the other way", () => {
  const memo = createMemo(30);
  const get = (key: string, worth: Worth) => memo.get(ROWS, key, () => key, () => 10, worth);
  for (const key of ["p", "q", "r"]) get(key, WORTH.plan);
  get("forecast", WORTH.forecast);
  assert.equal(memo.peek(ROWS, "p"), null);
  for (const key of ["f2", "f3"]) get(key, WORTH.forecast);
  get("p", WORTH.plan); // finds no room
  assert.deepEqual(["forecast", "f2", "f3", "p"].map((key) => memo.peek(ROWS, key)), [
    "forecast",
    "f2",
    "f3",
    null,
  ]);
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
