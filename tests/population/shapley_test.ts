import fc from "fast-check";
import { COALITIONS, PLAYERS, shapleyValues } from "popagent/population/shapley.ts";
import { assertAllClose, assertClose } from "../close_to.ts";

const TOLERANCE = 1e-9;
const game = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), {
  minLength: COALITIONS,
  maxLength: COALITIONS,
});
const player = fc.nat({ max: PLAYERS - 1 });
const has = (mask: number, who: number) => (mask >> who & 1) === 1;

// Worked by hand in protocol 4.4: w = (.10, .20, .30, .05), +.12 with A and R, -.08 with T and K, +.06 with A, R and T.
// A pair's surplus is halved and the triple's is cut in three: .10 + .06 + .02 = .18, .20 + .06 + .02 = .28, and so on.
Deno.test("shapleyValues() solves the worked game", () => {
  const w = [.10, .20, .30, .05];
  const values = Array.from({ length: COALITIONS }, (_, mask) => {
    const [a, r, t, k] = w.map((_, i) => has(mask, i));
    return w.reduce((sum, x, i) => sum + (has(mask, i) ? x : 0), 0) +
      (a && r ? .12 : 0) - (t && k ? .08 : 0) + (a && r && t ? .06 : 0);
  });
  assertAllClose(shapleyValues(values), [.18, .28, .28, .01], 1e-15);
});

// Independent of the formula over coalitions: the mean marginal contribution over all 24 orders of arrival.
Deno.test("shapleyValues() equals the mean over all orders of arrival", () => {
  const orders = (rest: readonly number[]): number[][] =>
    rest.length === 0 ? [[]] : rest.flatMap((x) => orders(rest.filter((y) => y !== x)).map((o) => [x, ...o]));
  fc.assert(
    fc.property(game, (values) => {
      const sums = new Float64Array(PLAYERS);
      for (const order of orders([0, 1, 2, 3])) {
        let mask = 0;
        for (const who of order) {
          sums[who]! += values[mask | 1 << who]! - values[mask]!;
          mask |= 1 << who;
        }
      }
      assertAllClose(shapleyValues(values), sums.map((sum) => sum / 24), TOLERANCE);
    }),
    { seed: 7 },
  );
});

Deno.test("efficiency: the values sum to v(all) - v(none)", () => {
  fc.assert(
    fc.property(game, (values) => {
      const total = shapleyValues(values).reduce((sum, x) => sum + x, 0);
      assertClose(total, values[COALITIONS - 1]! - values[0]!, TOLERANCE);
    }),
    { seed: 7 },
  );
});

Deno.test("symmetry: players who add the same to every coalition get the same", () => {
  fc.assert(
    fc.property(game, player, player, (values, i, j) => {
      // A coalition is worth what it is worth with the two players' places swapped.
      const swap = (mask: number) => mask & ~(1 << i | 1 << j) | +has(mask, i) << j | +has(mask, j) << i;
      const even = values.map((x, mask) => (x + values[swap(mask)]!) / 2);
      const phi = shapleyValues(even);
      assertClose(phi[i]!, phi[j]!, TOLERANCE);
    }),
    { seed: 7 },
  );
});

Deno.test("null player: who adds nothing to any coalition gets nothing", () => {
  fc.assert(
    fc.property(game, player, (values, i) => {
      assertClose(shapleyValues(values.map((_, mask) => values[mask & ~(1 << i)]!))[i]!, 0, TOLERANCE);
    }),
    { seed: 7 },
  );
});

Deno.test("additivity: the values of a sum of games are the sums of the values", () => {
  fc.assert(
    fc.property(game, game, (a, b) => {
      const [phiA, phiB] = [shapleyValues(a), shapleyValues(b)];
      assertAllClose(shapleyValues(a.map((x, i) => x + b[i]!)), phiA.map((x, i) => x + phiB[i]!), TOLERANCE);
    }),
    { seed: 7 },
  );
});
