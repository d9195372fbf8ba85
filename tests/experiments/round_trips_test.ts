import assert from "node:assert/strict";
import { roundTripMetrics, roundTripsOf } from "popagent/experiments/metrics/round_trips.ts";
import { FILL, type FillKind } from "popagent/simulation/trace.ts";
import { assertClose } from "../close_to.ts";

type HandFill = readonly [
  row: number,
  coin: number,
  kind: FillKind,
  quantity: number,
  price: number,
  fee: number,
  realised: number,
];

function fillsOf(fills: readonly HandFill[]) {
  const column = (at: number) => Float64Array.from(fills, (fill) => fill[at] as number);
  return {
    row: column(0),
    coin: column(1),
    kind: Float64Array.from(fills, (fill) => FILL[fill[2]]),
    quantity: column(3),
    price: column(4),
    fee: column(5),
    slippage: new Float64Array(fills.length),
    realised: column(6),
  };
}

// By hand. Coin 0: long 2 at 100 and 1 at 110 (310 entered), funding 1 paid, 1 sold at 120 and 2 at 130: realised
// 16.67 + 53.33 = 70, fees 5, so 64 on 310. It flips to short 1 at 130, bought back at 140: -10 - 2 = -12 on 130.
// Coin 1: short 10 at 5, stopped at 4.5: 5 - 1 = 4 on 50. Coin 2 stays open.
const HAND = fillsOf([
  [10, 0, "entry", 2, 100, 1, 0],
  [11, 1, "entry", -10, 5, .5, 0],
  [12, 0, "increase", 1, 110, 1, 0],
  [14, 0, "funding", 3, 111, 0, -1],
  [15, 1, "stop", 10, 4.5, .5, 5],
  [16, 0, "reduce", -1, 120, 1, 120 - 310 / 3],
  [18, 2, "entry", 1, 7, 1, 0],
  [20, 0, "close", -2, 130, 2, 2 * (130 - 310 / 3)],
  [20, 0, "entry", -1, 130, 1, 0],
  [23, 0, "close", 1, 140, 1, -10],
]);

Deno.test("roundTripsOf() follows each coin from flat to flat; a flip ends one and begins another", () => {
  const { closed, open } = roundTripsOf(HAND);
  assert.equal(open, 1);
  assert.deepEqual(
    closed.map((trip) => [trip.coin, trip.side, trip.opened, trip.closed]),
    [[1, -1, 11, 15], [0, 1, 10, 20], [0, -1, 20, 23]],
  );
  [4, 64, -12].forEach((profit, i) => assertClose(closed[i]!.profit, profit, 1e-9));
  [50, 310, 130].forEach((notional, i) => assertClose(closed[i]!.notional, notional, 1e-9));
  const [, long] = closed; // bought 3 for 310, sold 1 at 120 and 2 at 130
  assert.deepEqual([long!.quantity, long!.fees, long!.funding, long!.end], [3, 5, 1, FILL.close]);
  assertClose(long!.entry, 310 / 3, 1e-12);
  assertClose(long!.exit, 380 / 3, 1e-12);
});

Deno.test("roundTripMetrics() by hand; a trip belongs to the rows in which it ends", () => {
  const metrics = roundTripMetrics(HAND, 0);
  assert.deepEqual([metrics.closed, metrics.open, metrics.longs], [3, 1, 1]);
  assertClose(metrics.winRate!, 2 / 3, 1e-15);
  assertClose(metrics.meanWin!, (4 / 50 + 64 / 310) / 2, 1e-12);
  assertClose(metrics.meanLoss!, -12 / 130, 1e-12);
  assertClose(metrics.meanReturn!, (4 / 50 + 64 / 310 - 12 / 130) / 3, 1e-12);
  assertClose(metrics.holding!, (4 + 10 + 3) / 3, 1e-12);
  assert.deepEqual(roundTripMetrics(HAND, 16).closed, 2);
  const none = { closed: 0, open: 0, longs: 0, winRate: null, meanReturn: null, meanWin: null };
  assert.deepEqual(roundTripMetrics(fillsOf([]), 0), { ...none, meanLoss: null, holding: null });
});

// .1 + .2 - .3 leaves 5.6e-17 of a coin, which is no position.
Deno.test("what sums of lots leave of a closed position is not a position", () => {
  const { closed, open } = roundTripsOf(fillsOf([
    [1, 0, "entry", .1, 10, 0, 0],
    [2, 0, "increase", .2, 10, 0, 0],
    [3, 0, "close", -.3, 11, 0, .3],
  ]));
  assert.deepEqual([closed.length, open], [1, 0]);
});
