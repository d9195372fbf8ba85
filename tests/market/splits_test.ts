import assert from "node:assert/strict";
import fc from "fast-check";
import {
  combinatorialPaths,
  combinatorialSplits,
  embargoRows,
  type RowRange,
  type Split,
  walkForwardSplits,
} from "../../src/market/splits.ts";

const rowsOf = (ranges: readonly RowRange[]) =>
  ranges.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i));

/** Asserts that no training label touches a test label of another row, and that every range has rows. */
function assertPurged({ train, test }: Split, rows: number, horizon: number): void {
  for (const range of [...train, ...test]) {
    assert.ok(0 <= range.from && range.from < range.to && range.to <= rows);
  }
  for (const row of rowsOf(train)) {
    for (const block of test) {
      const apart = row + horizon < block.from || row > block.to - 1 + horizon;
      assert.ok(apart, `train row ${row}, test ${block.from}..${block.to - 1}, horizon ${horizon}`);
    }
  }
}

Deno.test("walkForwardSplits() matches the example by hand: anchored and rolling", () => {
  const settings = { rows: 23, firstTest: 10, every: 5, horizon: 2 };
  const tests = [[10, 15], [15, 20], [20, 23]];
  const ranges = (splits: Split[]) =>
    splits.map(({ train, test }) => [train, test].map(([r]) => [r!.from, r!.to]));
  assert.deepEqual(ranges(walkForwardSplits({ ...settings, window: null })), [
    [[0, 8], tests[0]],
    [[0, 13], tests[1]],
    [[0, 18], tests[2]],
  ]);
  assert.deepEqual(ranges(walkForwardSplits({ ...settings, window: 9 })), [
    [[0, 8], tests[0]],
    [[4, 13], tests[1]],
    [[9, 18], tests[2]],
  ]);
});

Deno.test("walkForwardSplits() tests every row once, after its training, without overlapping labels", () => {
  const setting = fc.record({
    rows: fc.integer({ min: 60, max: 400 }),
    firstTest: fc.integer({ min: 30, max: 59 }),
    every: fc.integer({ min: 1, max: 90 }),
    horizon: fc.integer({ min: 0, max: 24 }),
    window: fc.option(fc.integer({ min: 1, max: 200 })),
  });
  fc.assert(
    fc.property(setting, (settings) => {
      const splits = walkForwardSplits(settings);
      const tested = splits.flatMap(({ test }) => rowsOf(test));
      assert.deepEqual(tested, rowsOf([{ from: settings.firstTest, to: settings.rows }]));
      for (const split of splits) {
        assertPurged(split, settings.rows, settings.horizon);
        assert.ok(split.train[0]!.to <= split.test[0]!.from);
        assert.ok(settings.window === null || rowsOf(split.train).length <= settings.window);
      }
    }),
    { seed: 7 },
  );
});

Deno.test("combinatorialSplits() matches the example by hand", () => {
  const splits = combinatorialSplits({ rows: 60, groups: 6, testGroups: 2, horizon: 2, embargo: 1 });
  assert.equal(splits.length, 15);
  assert.deepEqual(splits[0], { test: [{ from: 0, to: 20 }], train: [{ from: 23, to: 60 }] }); // groups 0, 1 adjoin
  assert.deepEqual(splits[6], { // groups 1 and 3
    test: [{ from: 10, to: 20 }, { from: 30, to: 40 }],
    train: [{ from: 0, to: 8 }, { from: 23, to: 28 }, { from: 43, to: 60 }],
  });
  assert.deepEqual(splits[14], { test: [{ from: 40, to: 60 }], train: [{ from: 0, to: 38 }] });
});

Deno.test("combinatorialSplits() purges, embargoes and tests every row in equally many splits", () => {
  const setting = fc.record({
    rows: fc.integer({ min: 100, max: 300 }),
    groups: fc.integer({ min: 3, max: 7 }),
    testGroups: fc.integer({ min: 1, max: 2 }),
    horizon: fc.integer({ min: 0, max: 8 }),
    embargo: fc.integer({ min: 0, max: 5 }),
  });
  fc.assert(
    fc.property(setting, (settings) => {
      const { rows, groups, testGroups, horizon, embargo } = settings;
      const times = new Array<number>(rows).fill(0);
      for (const split of combinatorialSplits(settings)) {
        assertPurged(split, rows, horizon);
        for (const row of rowsOf(split.test)) times[row]!++;
        for (const { to } of split.test) {
          assert.ok(rowsOf(split.train).every((row) => row < to || row >= to + horizon + embargo));
        }
      }
      assert.deepEqual(new Set(times), new Set([combinatorialPaths(groups, testGroups)]));
    }),
    { seed: 7, numRuns: 60 },
  );
});

Deno.test("combinatorialPaths() is (k / N) C(N, k)", () => {
  assert.equal(combinatorialPaths(6, 2), 5); // Lopez de Prado 2018, ch. 12
  assert.equal(combinatorialPaths(6, 1), 1);
  assert.equal(combinatorialPaths(10, 3), 36); // 3/10 of 120
});

Deno.test("embargoRows() is one per cent, rounded up", () => {
  assert.deepEqual([4378, 4400, 1].map((rows) => embargoRows(rows)), [44, 44, 1]);
});

Deno.test("splits refuse settings out of range by name", () => {
  const walk = { rows: 100, firstTest: 50, every: 10, horizon: 2, window: null };
  assert.throws(
    () => walkForwardSplits({ ...walk, every: 0 }),
    /every must be an integer >= 1: current value is 0/,
  );
  assert.throws(
    () => walkForwardSplits({ ...walk, firstTest: 2 }),
    /firstTest must be an integer in \(2, 100\)/,
  );
  assert.throws(
    () => walkForwardSplits({ ...walk, window: 0.5 }),
    /window must be an integer >= 1: current value is 0.5/,
  );
  const combine = { rows: 100, groups: 6, testGroups: 2, horizon: 1, embargo: 1 };
  assert.throws(() => combinatorialSplits({ ...combine, testGroups: 6 }), /testGroups must be < groups = 6/);
  assert.throws(() => combinatorialSplits({ ...combine, rows: 5 }), /rows must be an integer >= 6/);
  assert.throws(() => combinatorialSplits({ ...combine, embargo: -1 }), /embargo must be an integer >= 0/);
});
