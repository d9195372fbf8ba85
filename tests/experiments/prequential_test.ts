import assert from "node:assert/strict";
import fc from "fast-check";
import {
  advance,
  type Learner,
  type Progress,
  progressFromJson,
  progressToJson,
  startProgress,
} from "popagent/experiments/prequential.ts";
import { DEPLOYED_COLUMNS, type DeployedBars } from "popagent/population/deployed_window.ts";

type State = { readonly k: number; readonly numbers: readonly number[] };

function barsOf(values: readonly number[]): DeployedBars {
  return Object.fromEntries(
    DEPLOYED_COLUMNS.map((name, i) => [name, Float64Array.from(values, (x) => x + i)]),
  ) as unknown as DeployedBars;
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
      event: `event ${k}`,
      bars: { one: barsOf(values), two: barsOf(values.map((x) => -x - 1)) },
    };
  },
};

Deno.test("advance() counts iterations and joins the bars of every account in order", () => {
  let progress = startProgress(counting);
  assert.equal(progress.bars.one.equity.length, 0);
  const events: string[] = [];
  for (let i = 0; i < 3; i++) {
    const before = progress;
    const advanced = advance(counting, progress);
    progress = advanced.progress;
    events.push(advanced.event);
    assert.equal(before.iterations, i, "what was before is left as it was");
  }
  assert.equal(progress.iterations, 3);
  assert.deepEqual(events, ["event 0", "event 1", "event 2"]);
  assert.deepEqual(progress.state, { k: 3, numbers: [0, 1, 2] });
  assert.deepEqual([...progress.bars.one.equity], [0, 1, 1, 2, 2, 2]);
  assert.deepEqual([...progress.bars.one.fees], [1, 2, 2, 3, 3, 3]);
  assert.deepEqual([...progress.bars.two.equity], [-1, -2, -2, -3, -3, -3]);
});

Deno.test("progress survives JSON bit for bit", () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((x) => !Object.is(x, -0));
  fc.assert(
    fc.property(fc.nat(), fc.array(number), fc.array(number), (iterations, numbers, bars) => {
      const progress: Progress<State, "one"> = {
        iterations,
        state: { k: iterations, numbers },
        bars: { one: barsOf(bars) },
      };
      const text = JSON.stringify(progressToJson(progress));
      assert.deepEqual(progressFromJson<State, "one">(JSON.parse(text)), progress);
    }),
    { seed: 7 },
  );
});
