import assert from "node:assert/strict";
import fc from "fast-check";
import { rng } from "popagent/core/rng.ts";
import { type Draw, drawSquare, grid, square } from "popagent/population/design.ts";

const ROLE_PAIRS = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]] as const;

/** How often each agent plays, by role and agent. */
function appearances(draws: readonly Draw[], size: number): number[][] {
  return [0, 1, 2, 3].map((role) =>
    Array.from({ length: size }, (_, agent) => draws.filter((draw) => draw[role] === agent).length)
  );
}

/** How often each pair of agents of two roles meets; one number a pair of agents. */
function meetings(draws: readonly Draw[], size: number): number[] {
  return ROLE_PAIRS.flatMap(([a, b]) =>
    Array.from(
      { length: size * size },
      (_, i) => draws.filter((draw) => draw[a] === Math.floor(i / size) && draw[b] === i % size).length,
    )
  );
}

function assertBalanced(draws: readonly Draw[], size: 3 | 5 | 9): void {
  const each = size === 9 ? 2 : size;
  assert.equal(draws.length, each * size);
  assert.deepEqual(appearances(draws, size), Array(4).fill(Array(size).fill(each)));
  const met = meetings(draws, size);
  if (size === 9) assert.ok(met.every((count) => count <= 1), "no pair meets twice");
  else assert.ok(met.every((count) => count === 1), "every pair meets exactly once");
}

for (const size of [3, 5, 9] as const) {
  Deno.test(`the square for ${size} agents per role is balanced`, () => assertBalanced(square(size), size));

  Deno.test(`permuted labels keep the square for ${size} balanced`, () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => assertBalanced(drawSquare(size, rng("design", seed)), size)),
      { seed: 7, numRuns: 30 },
    );
  });
}

// Protocol 4.4 B: the L25 orthogonal array (i, j, i + j, i + 2 j) modulo 5.
Deno.test("the square for five is the L25 orthogonal array", () => {
  const array = Array.from({ length: 25 }, (_, n) => {
    const [i, j] = [n % 5, Math.floor(n / 5)];
    return [i, j, (i + j) % 5, (i + 2 * j) % 5];
  });
  assert.deepEqual(square(5), array);
});

Deno.test("labels are drawn afresh: two iterations draw different pipelines, one iteration always the same", () => {
  const drawn = (k: number) => drawSquare(5, rng("design", 1, k)).map(String).sort();
  assert.notDeepEqual(drawn(0), drawn(1));
  assert.deepEqual(drawn(0), drawn(0));
});

Deno.test("over many iterations every one of the 625 pipelines is drawn", () => {
  const seen = new Set<string>();
  for (let k = 0; k < 300; k++) for (const draw of drawSquare(5, rng("design", 1, k))) seen.add(String(draw));
  assert.equal(seen.size, 625); // the chance of missing one is 625 (24/25)^300 = 0.3 %
});

Deno.test("the grid holds every pipeline once, the last role varying fastest", () => {
  const draws = grid([5, 5, 5, 5]);
  assert.equal(draws.length, 625);
  assert.equal(new Set(draws.map(String)).size, 625);
  assert.deepEqual(draws.slice(0, 6), [
    [0, 0, 0, 0],
    [0, 0, 0, 1],
    [0, 0, 0, 2],
    [0, 0, 0, 3],
    [0, 0, 0, 4],
    [0, 0, 1, 0],
  ]);
});

Deno.test("a square of another size is refused", () => {
  assert.throws(() => square(4), /agents per role must be 3, 5 or 9: current value is 4/);
});
