import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalJson, hashColumns, hashJson, sha256 } from "../../src/core/hash.ts";

Deno.test("canonicalJson() sorts keys at every depth, by code unit, and keeps arrays in order", () => {
  assert.equal(
    canonicalJson({ b: [3, { z: null, a: "\n" }], a: 1, B: true, ä: 0.1 }),
    '{"B":true,"a":1,"b":[3,{"a":"\\n","z":null}],"ä":0.1}',
  );
  assert.equal(canonicalJson({ present: 1, absent: undefined }), '{"present":1}');
});

/** The same value with the keys of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([key, item]) => [key, reversed(item)]));
}

Deno.test("canonicalJson() is JSON, loses nothing and does not depend on the order of keys", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      assert.equal(canonicalJson(reversed(value)), text);
    }),
    { seed: 7 },
  );
});

Deno.test("canonicalJson() refuses what JSON would lose, and names the place", () => {
  for (const bad of [NaN, Infinity, -Infinity]) {
    assert.throws(() => canonicalJson({ a: [0, bad] }), (error: Error) => {
      return error instanceof TypeError && error.message.includes("$.a[1]") &&
        error.message.includes(String(bad));
    });
  }
  assert.throws(() => canonicalJson([undefined]), /\$\[0\] must be a JSON value: current value is undefined/);
  assert.throws(() => canonicalJson({ f: () => 1 }), /\$\.f must be a JSON value/);
  assert.throws(() => canonicalJson(1n), /\$ must be a JSON value/);
  assert.throws(() => canonicalJson({ at: new Date(0) }), /\$\.at must be a JSON value/);
});

// FIPS 180-2, appendix B.1, and the empty message.
Deno.test("sha256() matches the standard's examples for text and bytes", () => {
  const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  assert.equal(sha256("abc"), abc);
  assert.equal(sha256(Uint8Array.of(97, 98, 99)), abc);
  assert.equal(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  assert.equal(hashJson({ b: 1, a: 2 }), sha256('{"a":2,"b":1}'));
});

Deno.test("hashColumns() tells columns apart by value, order and length", () => {
  const hashes = new Set([
    hashColumns([Float64Array.of(1, 2), Float64Array.of(3)]),
    hashColumns([Float64Array.of(1), Float64Array.of(2, 3)]), // the same bytes, split elsewhere
    hashColumns([Float64Array.of(3), Float64Array.of(1, 2)]),
    hashColumns([Float64Array.of(1, 2, 3)]),
    hashColumns([Float64Array.of(1, 2.0000000000000004), Float64Array.of(3)]),
  ]);
  assert.equal(hashes.size, 5);
  const long = Float64Array.of(9, 1, 2, 9);
  assert.equal(hashColumns([long.subarray(1, 3)]), hashColumns([Float64Array.of(1, 2)])); // a view hashes its own rows
});
