import assert from "node:assert/strict";
import { mirrorMandate } from "popagent/population/mirror/mandate.ts";
import type { MemberStretch } from "popagent/population/mirror/stretch.ts";
import { LIMITS, LIMITS_WIDTH } from "popagent/simulation/limits.ts";
import { PLAN, planIndex } from "popagent/simulation/plan.ts";
import { assertAllClose, assertClose } from "../../close_to.ts";

const FROM = 10, ROWS = 20;

/** Members by what they hold at rows 10, 11 and 12 of two coins, and by what their risk agents allow. */
function stretchOf(...members: { exposures: number[]; limits: (number | number[])[] }[]): MemberStretch {
  return {
    from: FROM,
    rows: 3,
    exposures: members.map(({ exposures }) => Float64Array.from(exposures)),
    limits: members.map(({ limits }) =>
      limits.map((one) => typeof one === "number" ? one : Float64Array.from(one))
    ),
  } as unknown as MemberStretch;
}

function sharesOf(stretch: MemberStretch, weights: number[], scale: number): number[] {
  const { plan } = mirrorMandate(stretch, { from: FROM, to: FROM + 2 }, ROWS, 2, weights, scale);
  return [0, 1, 2].flatMap((row) =>
    [0, 1].map((coin) => {
      const at = planIndex(2, FROM + row, coin), { values } = plan;
      assert.equal(values[at + PLAN.riskPerTrade], Infinity);
      assert.ok(Math.abs(values[at + PLAN.conviction]!) <= 1);
      assert.deepEqual([values[at + PLAN.stop], values[at + PLAN.target]], [0, 0]);
      return values[at + PLAN.conviction]! * values[at + PLAN.baseSize]! * values[at + PLAN.leverage]!;
    })
  );
}

const a = { exposures: [.5, -1, .5, 0, -.2, 3], limits: [[4, 2, .5], .2, .1, 1, .4, [4, 2, .5]] };
const b = { exposures: [-.3, 1, 0, 0, .6, 1], limits: [2, .4, .3, .05, .2, 2] };

// By hand at weights .75 and .25, scale 2: row 10 coin 0 is 2 (.75 x .5 - .25 x .3) = .6; long and short of a coin net.
Deno.test("the mirrored target is the weighted sum of what members hold, times the scale", () => {
  assertAllClose(sharesOf(stretchOf(a, b), [.75, .25], 2), [.6, -1, .75, 0, 0, 5], 1e-12);
});

// By hand: leverage .75 x 4 + .25 x 2 = 3.5, then 2, then .375 + .5 = .875, which is raised to 1; gross is not.
Deno.test("its limits are the weighted mean of the members', its leverage at least 1", () => {
  const { limits } = mirrorMandate(stretchOf(a, b), { from: FROM, to: FROM + 2 }, ROWS, 2, [.75, .25], 2);
  const column = (one: number) => [0, 1, 2].map((row) => limits.values[(FROM + row) * LIMITS_WIDTH + one]!);
  assertAllClose(column(LIMITS.maxLeverage), [3.5, 2, 1], 1e-12);
  assertAllClose(column(LIMITS.maxGross), [3.5, 2, .875], 1e-12);
  assertAllClose(column(LIMITS.maxPosition), [.25, .25, .25], 1e-12);
  assertAllClose(column(LIMITS.dailyLoss), [.7625, .7625, .7625], 1e-12);
  assertAllClose(column(LIMITS.maxDrawdown), [.35, .35, .35], 1e-12);
});

Deno.test("equal weights of members that are alike are the member", () => {
  const shares = sharesOf(stretchOf(a, a, a), [1 / 3, 1 / 3, 1 / 3], 1);
  shares.forEach((share, i) => assertClose(share, a.exposures[i]!, 1e-12));
});
