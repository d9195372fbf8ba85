import { INSTRUMENTS } from "popagent/core/universe.ts";
import assert from "node:assert/strict";
import { limitsOf, planOf, shadowReturns, termsOf } from "popagent/agents/desk.ts";
import { createDesk } from "popagent/experiments/market.ts";
import { truncatePanel } from "popagent/market/panel.ts";
import { decisionRow } from "popagent/population/config.ts";
import { packedAt } from "popagent/core/packed_columns.ts";
import { membersOf, startGenomes, teamOf, teamPipeline } from "popagent/population/members.ts";
import { dropStretch, keptStretch } from "popagent/population/mirror/kept_stretches.ts";
import { noSums } from "popagent/population/mirror/return_sums.ts";
import { agentKeys, type MemberStretch, memberStretch } from "popagent/population/mirror/stretch.ts";
import { stretchAt } from "popagent/population/mirror/stretch_rows.ts";
import { BAR, barIndex } from "popagent/simulation/arena.ts";
import { POSITION, positionIndex } from "popagent/simulation/account.ts";
import { simulate } from "popagent/simulation/event_loop.ts";
import { LIMITS_WIDTH } from "popagent/simulation/limits.ts";
import { type FillKind, listFills } from "popagent/simulation/trace.ts";
import { assertClose } from "../../close_to.ts";
import { contextOf, panel, smallConfig, smallDesk } from "../small_run.ts";

const MEMORIES = [180, 720, Infinity];
/** Kinds of fills that an order of the decision before makes at the open. */
const ORDERS: readonly FillKind[] = ["entry", "increase", "reduce", "close"];
const FROM = 455, TO = 527;
const { config } = contextOf();
const members = membersOf(startGenomes(config, 1));
const desk = smallDesk();
const stretch = memberStretch(desk, members, { from: FROM, to: TO }, MEMORIES);

/** All but the accounts' last row, up to some number of rows. */
function upTo({ exposures, returns, sums, limits }: MemberStretch, rows: number) {
  return {
    exposures: exposures.map((one) => one.slice(0, rows * 5)),
    returns: returns.map((one) => one.slice(0, rows - 1)),
    limits: limits.map((one) => Array.from({ length: LIMITS_WIDTH }, (_, c) => packedAt(one, rows - 1, c))),
    sums,
  };
}

Deno.test("a stretch holds all teams: their shadow accounts' returns, and their limits", () => {
  assert.equal(stretch.teams.length, 81);
  for (const team of [0, 17, 40, 80]) {
    const pipeline = teamPipeline(members, teamOf(stretch.teams[team]!));
    assert.deepEqual(stretch.returns[team], shadowReturns(desk, pipeline).slice(FROM + 1, TO + 1));
    const { values } = limitsOf(desk, pipeline);
    for (const row of [0, 30, 71]) {
      for (let column = 0; column < LIMITS_WIDTH; column++) {
        assert.equal(
          packedAt(stretch.limits[team]!, row, column),
          values[(FROM + row) * LIMITS_WIDTH + column],
        );
      }
    }
  }
});

/** Whole lots of a coin that a notional buys at a price, signed. */
function lots(coin: number, notional: number, price: number): number {
  const { lot } = INSTRUMENTS[coin]!.terms.at(-1)!;
  return Math.sign(notional) * Math.floor(Math.abs(notional) / price / lot + 1e-6);
}

/*
An account that is run up to row t and not further holds at t what it carries: without an order that is its exposure, to
the bit. An order of row t fills at the next open: the exposure over the price of that fill is what is then held, in whole
lots. Where a target fills nothing, what it lacks at any price within a tenth of a percent of that open is less than one lot.
*/
Deno.test("an exposure is the position after the orders of its row, over equity, at the mark close", () => {
  let carried = 0, ordered = 0, kept = 0, lacking = 0;
  for (const team of [3, 44, 71]) {
    const pipeline = teamPipeline(members, teamOf(stretch.teams[team]!));
    const [plan, limits] = [planOf(desk, pipeline), limitsOf(desk, pipeline)];
    const run = (to: number) => simulate(desk.arena, plan, limits, { from: desk.from, to, trace: true });
    for (let row = FROM; row < TO; row++) {
      const { account, equity } = run(row + 1), fills = listFills(run(row + 2).trace!);
      for (let coin = 0; coin < 5; coin++) {
        const { lot } = INSTRUMENTS[coin]!.terms.at(-1)!;
        const held = account[positionIndex(coin) + POSITION.quantity]!;
        const found = stretch.exposures[team]![(row - FROM) * 5 + coin]!, target = found * equity[row]!;
        const orders = fills.filter((one) =>
          one.row === row + 1 && one.coin === coin && ORDERS.includes(one.kind)
        );
        if (orders.length > 0) {
          const after = orders.reduce((sum, { quantity }) => sum + quantity, held) / lot;
          assertClose(after, lots(coin, target, orders.at(-1)!.price), 1e-6, `lots of ${coin} at ${row}`);
          ordered++;
          if (target !== 0) kept++;
        } else if (found === held * desk.arena.bars[barIndex(5, row, coin) + BAR.markClose]! / equity[row]!) {
          if (found !== 0) carried++;
        } else {
          const open = desk.arena.bars[barIndex(5, row + 1, coin) + BAR.open]!;
          const near = [.999, 1.001].map((slip) => lots(coin, target, open * slip)).sort((a, b) => a - b);
          const now = Math.round(held / lot);
          assert.ok(near[0]! <= now && now <= near[1]!, `${now} lots of ${coin} at ${row}, wanted ${near}`);
          lacking++;
        }
      }
    }
  }
  const seen = `${carried} carried, ${kept} of ${ordered} ordered to some size, ${lacking} less than a lot`;
  assert.ok(carried > 100 && ordered > kept && kept > 100 && lacking > 20, seen);
});

Deno.test("cutting the future changes nothing of a stretch, and its last row is decided on the rows there are", () => {
  const cut = createDesk(truncatePanel(panel, FROM + 41), smallConfig(), 2 ** 26);
  const short = memberStretch(cut, members, { from: FROM, to: TO }, MEMORIES);
  assert.equal(short.rows, 41);
  assert.deepEqual(upTo(short, 41), upTo(stretch, 41));
});

Deno.test("a stretch that goes on from the one before is the one from the first row on, bit for bit", () => {
  const next = memberStretch(desk, members, { from: TO, to: TO + 36 }, MEMORIES);
  const afresh = memberStretch(smallDesk(), members, { from: TO, to: TO + 36 }, MEMORIES);
  assert.deepEqual(next, afresh);
  assert.notDeepEqual(next.sums, noSums(81, MEMORIES));
  const { from, to } = stretchAt(25, { transferEvery: 1000 }, contextOf().clock, 26); // longer where nobody teaches
  assert.equal(to - from, 26 * contextOf().clock.stepRows);
});

Deno.test("stretches end with the lesson that ends their genomes, and hold at most eleven windows", () => {
  const { clock } = contextOf();
  const windows = (k: number, transferEvery: number) => {
    const { from, to } = stretchAt(k, { transferEvery }, clock);
    const index = (row: number) => (row - decisionRow(0, clock)) / clock.stepRows;
    return [index(from), index(to) - 1];
  };
  assert.deepEqual([0, 5, 10].map((k) => windows(k, 10)), [[0, 10], [0, 10], [0, 10]]);
  assert.deepEqual([11, 20, 21].map((k) => windows(k, 10)), [[11, 20], [11, 20], [21, 30]]);
  assert.deepEqual([0, 1, 2].map((k) => windows(k, 1)), [[0, 1], [0, 1], [2, 2]]);
  assert.deepEqual([0, 10, 11, 25].map((k) => windows(k, 1000)), [[0, 10], [0, 10], [11, 21], [22, 32]]);
});

Deno.test("one stretch is kept a desk, the last: two at a time would take twice the memory", () => {
  const own = smallDesk(), { memo, panel: rows } = own.market;
  const asked = (from: number, to: number) => ({ panel: rows, what: agentsOf(own), from, to });
  const agentsOf = (one: typeof own) =>
    [MEMORIES.join(), one.from, one.startingEquity, termsOf(one), agentKeys(one, members)].join("|");
  const first = memberStretch(own, members, { from: FROM, to: FROM + 36 }, MEMORIES);
  assert.equal(keptStretch(memo, asked(FROM, FROM + 36)), first);
  const next = memberStretch(own, members, { from: FROM + 36, to: TO }, MEMORIES);
  assert.equal(keptStretch(memo, asked(FROM, FROM + 36)), null);
  assert.equal(keptStretch(memo, asked(FROM + 36, TO)), next);
  dropStretch(memo);
  assert.equal(keptStretch(memo, asked(FROM + 36, TO)), null);
});
