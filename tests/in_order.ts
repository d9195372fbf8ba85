import assert from "node:assert/strict";

/** Asserts that all of `wanted` are among `found`, in this order; what else was added is no fault. */
export function assertInOrder(found: readonly string[], wanted: readonly string[]): void {
  const places = wanted.map((name) => found.indexOf(name));
  places.forEach((place, i) => {
    assert.ok(place >= 0, `${wanted[i]} must be among ${found.join(", ")}`);
    assert.ok(
      i === 0 || place > places[i - 1]!,
      `${wanted[i]} must follow ${wanted[i - 1]}: ${found.join(", ")}`,
    );
  });
}
