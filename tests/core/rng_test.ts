import assert from "node:assert/strict";
import { type Rng, rng } from "../../src/core/rng.ts";
import { assertClose } from "../close_to.ts";

const take = <Value>(n: number, draw: () => Value) => Array.from({ length: n }, draw);

// Frozen values: tests/oracles/sfc32.py. Published results depend on them.
Deno.test("rng() draws the numbers of an independent sfc32", () => {
  assert.deepEqual(take(5, rng("design", 7, 0).uint32), [
    2806192239,
    3299233720,
    3640160842,
    1708017227,
    1608384977,
  ]);
  assert.deepEqual(take(5, rng("design", 7, 1).uint32), [
    4220126784,
    4260165380,
    1637885261,
    94503051,
    3834969072,
  ]);
  assert.deepEqual(take(5, rng().uint32), [1830293639, 3871581855, 1319217167, 467916172, 2993295585]);
});

Deno.test("rng() tells paths apart and repeats the same path", () => {
  assert.deepEqual(take(9, rng("a", 1).uint32), take(9, rng("a", 1).uint32));
  const firsts = [rng("a", 1), rng("a", "1"), rng("a1"), rng("a", 1, 0), rng(1, "a")].map((stream) =>
    stream.uint32()
  );
  assert.equal(new Set(firsts).size, firsts.length);
});

Deno.test("a stream is not moved by another one", () => {
  const alone = take(6, rng("noise", 3).normal);
  const one = rng("noise", 3), other = rng("noise", 4);
  assert.deepEqual(take(6, () => (other.uniform(), one.normal())), alone);
});

Deno.test("uniform() is uniform, without serial correlation, and never 0 or 1", () => {
  const n = 100_000, xs = take(n, rng("uniform").uniform);
  const moment = (k: number) => xs.reduce((sum, x) => sum + x ** k, 0) / n;
  assertClose(moment(1), 1 / 2, 4 * Math.sqrt(1 / 12 / n));
  assertClose(moment(2), 1 / 3, 4 * Math.sqrt(4 / 45 / n));
  assert.ok(xs.every((x) => x > 0 && x < 1));
  for (const lag of [1, 2, 3, 17]) {
    let sum = 0;
    for (let i = lag; i < n; i++) sum += (xs[i]! - 0.5) * (xs[i - lag]! - 0.5);
    assertClose((12 * sum) / n, 0, 4 / Math.sqrt(n), `correlation at lag ${lag}`);
  }
  const cells = new Float64Array(100);
  for (const x of xs) cells[Math.floor(100 * x)]! += 1;
  const chiSquare = cells.reduce((sum, count) => sum + (count - n / 100) ** 2 / (n / 100), 0);
  assert.ok(chiSquare > 50 && chiSquare < 160, `chi-square ${chiSquare} of 99 degrees`); // mean 99, sd 14
});

Deno.test("streams with neighbouring labels are uncorrelated", () => {
  const n = 2000,
    streams = take(
      40,
      (() => {
        let k = 0;
        return () => take(n, rng("arm", k++).normal);
      })(),
    );
  let largest = 0;
  for (let i = 0; i < streams.length; i++) {
    for (let j = 0; j < i; j++) {
      const product = streams[i]!.reduce((sum, x, t) => sum + x * streams[j]![t]!, 0) / n;
      largest = Math.max(largest, Math.abs(product));
    }
  }
  assert.ok(largest < 4.5 / Math.sqrt(n), `largest of 780 correlations ${largest}`); // expected 3.2 / sqrt(n)
});

Deno.test("normal() has the moments of a standard normal; both halves of a pair are used", () => {
  const n = 100_000, xs = take(n, rng("normal").normal);
  const moment = (k: number) => xs.reduce((sum, x) => sum + x ** k, 0) / n;
  assertClose(moment(1), 0, 4 / Math.sqrt(n));
  assertClose(moment(2), 1, 4 * Math.sqrt(2 / n));
  assertClose(moment(3), 0, 4 * Math.sqrt(15 / n));
  assertClose(moment(4), 3, 4 * Math.sqrt(96 / n));
  let pairs = 0;
  for (let i = 1; i < n; i += 2) pairs += xs[i]! * xs[i - 1]!;
  assertClose((2 * pairs) / n, 0, 4 * Math.sqrt(2 / n));
  const stream: Rng = rng("count");
  take(4, stream.normal);
  const after = rng("count");
  take(4, after.uint32); // two pairs cost four uniforms
  assert.equal(stream.uint32(), after.uint32());
});

Deno.test("int() reaches every value alike and shuffle() every order alike", () => {
  const stream = rng("orders");
  const counts = new Map<string, number>();
  const items = ["a", "b", "c"];
  for (let k = 0; k < 12_000; k++) {
    const order = stream.shuffle(items).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assert.equal(counts.size, 6);
  for (const count of counts.values()) assertClose(count, 2000, 4 * Math.sqrt(12_000 / 6 * 5 / 6));
  assert.deepEqual(items, ["a", "b", "c"]); // the input is left as it was
  const rolls = new Float64Array(7);
  for (let k = 0; k < 14_000; k++) rolls[stream.int(7)]! += 1;
  for (const count of rolls) assertClose(count, 2000, 4 * Math.sqrt(14_000 / 7 * 6 / 7));
});
