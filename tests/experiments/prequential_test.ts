import { NOTHING_PREPARED } from "popagent/population/thoughts.ts";
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  advance,
  follow,
  type Iteration,
  type Learner,
  readIteration,
  writeIteration,
} from "popagent/experiments/prequential.ts";
import { noCheckpoints } from "popagent/experiments/ports/checkpoints.ts";
import { BAR_BOOK_COLUMNS, bookOf } from "popagent/simulation/bar_book.ts";
import type { TradedBars } from "popagent/simulation/traded_bars.ts";

type State = { readonly k: number; readonly numbers: readonly number[] };

function barsOf(values: readonly number[]): TradedBars {
  const column = (i: number) => Float64Array.from(values, (x) => x + i);
  return {
    ...bookOf((name) => column(BAR_BOOK_COLUMNS.indexOf(name))),
    ledger: { coinProfit: [column(20), column(21)], fills: { row: column(0), fee: column(3) } },
  };
}

/** Trades k + 1 bars in iteration k, all of value k. */
const counting: Learner<State, string, "one" | "two"> = {
  name: "counting",
  accounts: ["one", "two"],
  start: () => ({ k: 0, numbers: [] }),
  next: ({ k, numbers }) => {
    const values = new Array<number>(k + 1).fill(k);
    return {
      state: { k: k + 1, numbers: [...numbers, k] },
      events: [`event ${k}`],
      bars: { one: barsOf(values), two: barsOf(values.map((x) => -x - 1)) },
    };
  },
};

Deno.test("follow() runs the iterations in order and joins the bars of every account", async () => {
  const told: string[] = [];
  const { state, events, bars } = await follow(
    counting,
    3,
    noCheckpoints,
    (done, total) => told.push(`${done}/${total}`),
  );
  assert.deepEqual(events, ["event 0", "event 1", "event 2"]);
  assert.deepEqual(state, { k: 3, numbers: [0, 1, 2] });
  assert.deepEqual([...bars.one.equity], [0, 1, 1, 2, 2, 2]);
  assert.deepEqual([...bars.one.fees], [1, 2, 2, 3, 3, 3]);
  assert.deepEqual([...bars.two.equity], [-1, -2, -2, -3, -3, -3]);
  assert.deepEqual([...bars.one.ledger!.coinProfit[1]!], [21, 22, 22, 23, 23, 23]);
  assert.deepEqual([...bars.two.ledger!.fills.fee!], [2, 1, 1, 0, 0, 0]);
  assert.deepEqual(told, ["0/3", "1/3", "2/3", "3/3"]);
  assert.equal((await follow(counting, 0, noCheckpoints, () => {})).bars.one.equity.length, 0);
});

Deno.test("advance() asks what has to be asked before the next iteration, and hands it to it", async () => {
  const asked: number[] = [];
  const asking: typeof counting = {
    ...counting,
    prepare: ({ k }) => {
      asked.push(k);
      return Promise.resolve({ proposals: { oracle: [] }, thoughts: [] });
    },
    next: (state, prepared) => ({
      ...counting.next(state, prepared),
      events: Object.keys(prepared.proposals),
    }),
  };
  const first = await advance(asking, asking.start());
  assert.deepEqual((await advance(asking, first.state)).events, ["oracle"]);
  assert.deepEqual(asked, [0, 1]);
});

Deno.test("a learner whose preparation fails stops there; nothing is stored of that iteration", async () => {
  const stored: unknown[] = [];
  const failing = {
    ...counting,
    prepare: ({ k }: State) =>
      k < 2 ? Promise.resolve(NOTHING_PREPARED) : Promise.reject(new Error("no reply")),
  };
  const checkpoints = { load: () => null, append: (_: string, state: unknown) => void stored.push(state) };
  await assert.rejects(follow(failing, 5, checkpoints, () => {}), /no reply/);
  assert.deepEqual(stored.map((state) => (state as State).k), [1, 2]);
});

Deno.test("an iteration survives JSON bit for bit", () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((x) => !Object.is(x, -0));
  fc.assert(
    fc.property(fc.array(fc.string()), fc.array(number), (events, bars) => {
      const { ledger: _, ...unlisted } = barsOf(bars);
      const iteration: Iteration<string, "one" | "two"> = {
        events,
        bars: { one: barsOf(bars), two: { ...unlisted, ledger: null } },
        ...(bars.length % 2 === 0 ? { readings: { agents: { row: Float64Array.from(bars) } } } : {}),
      };
      const text = JSON.stringify(writeIteration(iteration));
      assert.deepEqual(readIteration(JSON.parse(text)), iteration);
    }),
  );
});
