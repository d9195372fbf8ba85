/** One contract for every registered forecasting method. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Forecast } from "popagent/inventory/researcher/forecast.ts";
import { LEVELS } from "popagent/inventory/researcher/distribution/levels.ts";
import { quantilesAt } from "popagent/inventory/researcher/forecast.ts";
import { standardisedLabels } from "popagent/inventory/researcher/labels.ts";
import type { GeneValues } from "popagent/genome/gene.ts";
import { POOLS } from "popagent/inventory/pools.ts";
import type { ForecastTask } from "popagent/inventory/researcher/task.ts";
import {
  changeFuture,
  declared,
  firstDifference,
  forecastBy,
  forecastSeries,
  GENES,
  simulate,
  sliceTask,
  withWidths,
} from "./forecast_task.ts";

/** Where the future of row t reaches back to a row <= t, or null: cut, lost, tenfold and mirrored futures. */
function leak(method: (task: ForecastTask) => Forecast, task: ForecastTask, t: number): number | null {
  const whole = method(task);
  const others = [
    sliceTask(task, 0, t + 1),
    changeFuture(task, t, () => NaN),
    changeFuture(task, t, (value) => 10 * value),
    changeFuture(task, t, (value) => -value),
  ];
  return others.map((other) => firstDifference(whole, method(other), t)).find((row) => row !== null) ?? null;
}

function assertSound(forecast: Forecast): void {
  for (const { values } of forecastSeries(forecast)) {
    assert.ok(values.every(Number.isFinite), "every value is finite");
  }
  const width = forecast.levels.length;
  for (const coin of forecast.coins) {
    for (const sd of coin.sd) assert.ok(sd.every((value) => value > 0), "sd > 0");
    for (const pUp of coin.pUp) assert.ok(pUp.every((value) => value >= 0 && value <= 1), "pUp in [0, 1]");
    for (const quantiles of coin.quantiles) {
      assert.ok(
        quantiles.every((value, i) => i % width === 0 || value >= quantiles[i - 1]!),
        "quantiles ascend",
      );
    }
  }
}

/** Correlation around 0 of means with labels, both in standardised units, from row `from` on; coins pooled. */
function skill(forecast: Forecast, task: ForecastTask, horizon: number, from: number): number {
  const labels = standardisedLabels(task).raw[horizon]!;
  let xy = 0, xx = 0, yy = 0;
  forecast.coins.forEach((coin, c) => {
    for (let t = from; t + task.horizons[horizon]! < task.rows; t++) {
      const x = coin.mean[horizon]![t]! / task.sd[c]![t]!, y = labels[c]![t]!;
      xy += x * y;
      xx += x * x;
      yy += y * y;
    }
  });
  return xy / Math.sqrt(xx * yy);
}

Deno.test("every registered method is under this contract", () => {
  assert.deepEqual(Object.keys(declared), Object.keys(POOLS["researcher.forecasting"]));
});

/** Trained first after half a year: what it does then is tested in fusion_test.ts, on few rows. */
const SLOW = new Set(["temporalFusion"]);

/** The default agent neither warms up nor reads a regressor nor has a gene. */
const learners = Object.entries(declared).filter(([name]) => name !== "expandingMean" && !SLOW.has(name));

for (const [name, method] of Object.entries(declared)) {
  const quick = SLOW.has(name) ? 1000 : 2400;
  Deno.test(`${name}() gives finite, ordered forecasts of the task's shape`, () => {
    const task = simulate({ rows: 400, task: { levels: [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] } });
    const forecast = method(task);
    assertSound(forecast);
    assert.deepEqual([forecast.rows, forecast.horizons, forecast.levels], [400, task.horizons, task.levels]);
    for (const { values, width } of forecastSeries(forecast)) assert.equal(values.length, 400 * width);
  });

  Deno.test(`${name}() works without regressors, on few rows, on one level and on equal horizons`, () => {
    assertSound(method(simulate({ width: 0 })));
    for (const rows of [1, 2, 59, 61, 90]) assertSound(method(simulate({ rows })));
    assertSound(method(simulate({ task: { levels: [0.5] } })));
    assertSound(method(simulate({ task: { levels: [0.9] } })));
    assertSound(method(simulate({ task: { horizons: [42, 42, 42] } })));
  });

  Deno.test(`${name}() stays finite where prices stand still, regressors are 0 or equal, and a return is absurd`, () => {
    const still = simulate({ width: 3 });
    for (let c = 0; c < still.returns.length; c++) {
      still.returns[c]!.fill(0);
      still.sd[c]!.fill(1e-6);
      still.design[c]!.forEach((_, i, x) => x[i] = i % 3 === 0 ? 0 : 1);
    }
    assertSound(method(withWidths(still)));
    still.returns[0]![250] = 0.5; // half a million standard deviations
    assertSound(method(withWidths(still)));
    assertSound(method({ ...withWidths(still), shrinkage: 0 }));
  });

  Deno.test(`${name}() is deterministic`, () => {
    const task = simulate({ rows: 300 });
    assert.equal(firstDifference(method(task), method(task), 299), null);
  });

  Deno.test(`${name}() reads the past only: cutting or changing the future changes nothing`, () => {
    const property = fc.property(
      fc.nat(100),
      fc.integer({ min: 0, max: 2 }),
      fc.integer({ min: 1, max: 338 }),
      (seed, width, t) => {
        const task = simulate({
          seed,
          width,
          rows: 340,
          edge: 0.3,
          task: { calibrationWindow: 30, firstRow: seed },
        });
        assert.equal(leak(method, task, t), null);
      },
    );
    fc.assert(property, { seed: 7, numRuns: 6 });
    const task = simulate({ rows: 340, edge: 0.3 });
    for (const t of [167, 168, 169, 251, 252]) assert.equal(leak(method, task, t), null, `row ${t}`); // around refits
  });

  Deno.test(`${name}() learns a label at the very row it matures`, () => {
    const task = simulate({ rows: 340 }), at = 252; // a refit row
    const moving = (value: number) =>
      task.returns.map((returns) => returns.map((r, t) => t === at ? value : r));
    const before = method(withWidths({ ...task, returns: moving(-0.05) })),
      after = method(withWidths({ ...task, returns: moving(0.05) }));
    for (let j = 0; j < 3; j++) {
      for (const [c, { mean }] of after.coins.entries()) {
        assert.notEqual(mean[j]![at], before.coins[c]!.mean[j]![at]);
      }
    }
  });

  Deno.test(`${name}() covers what its quantiles promise on independent normal returns`, () => {
    const task = simulate({
      seed: 9,
      rows: quick,
      width: 1,
      coins: 4,
      task: { horizons: [1, 2, 6], calibrationWindow: 200 },
    });
    const { coins } = method(task), labels = standardisedLabels(task).raw;
    for (let j = 0; j < 3; j++) {
      let low = 0, high = 0, up = 0, expected = 0, n = 0;
      coins.forEach((coin, c) => {
        for (let t = 400; t + task.horizons[j]! < task.rows; t++) {
          const y = labels[j]![c]![t]! * 0.01 * Math.sqrt(task.horizons[j]!);
          if (y < coin.quantiles[j]![3 * t]!) low++;
          if (y > coin.quantiles[j]![3 * t + 2]!) high++;
          if (y > 0) up++;
          expected += coin.pUp[j]![t]!;
          n++;
        }
      });
      assert.ok(
        Math.abs(low / n - 0.1) < 0.03 && Math.abs(high / n - 0.1) < 0.03,
        `horizon ${j}: ${low / n}, ${high / n}`,
      );
      assert.ok(Math.abs(up - expected) / n < 0.03, `horizon ${j}: up ${up / n}, said ${expected / n}`);
    }
  });

  Deno.test(`findings D.2: ${name}() says a rise is likelier than not exactly where its mean is above 0`, () => {
    const { coins } = method(simulate({ seed: 3, rows: 700, width: 3, coins: 3, edge: 0.1 }));
    for (const { mean, pUp } of coins) {
      mean.forEach((series, j) => {
        assert.ok(series.every((value, t) => Math.sign(value) === Math.sign(pUp[j]![t]! - 0.5)));
      });
    }
  });

  Deno.test(`${name}() turned upside down is the same distribution mirrored`, () => {
    const task = simulate({ seed: 4, rows: 500, width: 2, edge: 0.1, task: { horizons: [1, 1, 1] } });
    const mirrored = method(withWidths({ ...task, returns: task.returns.map((r) => r.map((x) => -x)) }));
    method(task).coins.forEach(({ mean, sd, pUp, quantiles }, c) => {
      const other = mirrored.coins[c]!;
      for (let t = 0; t < 500; t++) {
        assert.ok(Math.abs(mean[0]![t]! + other.mean[0]![t]!) < 1e-9, `mean of row ${t}`);
        assert.ok(Math.abs(sd[0]![t]! - other.sd[0]![t]!) < 1e-9);
        assert.ok(Math.abs(pUp[0]![t]! + other.pUp[0]![t]! - 1) < 1e-6);
        for (let k = 0; k <= 2; k++) {
          assert.ok(Math.abs(quantiles[0]![3 * t + k]! + other.quantiles[0]![3 * t + 2 - k]!) < 1e-9);
        }
      }
    });
  });

  Deno.test(`${name}() gives shapes from which quantiles at any level are stated again`, () => {
    const forecast = method(simulate({ rows: 300, task: { firstRow: 17 } })),
      row = new Float64Array(LEVELS.length);
    for (const t of [0, 24, 25, 66, 67, 299]) {
      quantilesAt(forecast, 1, 2, t, row);
      forecast.levels.forEach((level, k) => {
        const stated = forecast.coins[1]!.quantiles[2]![3 * t + k]!;
        assert.ok(Math.abs(row[LEVELS.indexOf(level)]! - stated) < 1e-12, `${level} at row ${t}`);
      });
    }
  });

  Deno.test(`${name}() follows every common gene`, () => {
    for (const width of [0, 2]) {
      const task = simulate({ rows: 500, width, edge: 0.1 }), base = method(task);
      const moved = (change: Partial<ForecastTask>) =>
        firstDifference(base, method(withWidths({ ...task, ...change })), 499) !== null;
      assert.ok(moved({ horizons: [2, 3, 6] }), "horizons");
      if (name === "expandingMean") continue; // the default agent learns nothing
      assert.ok(moved({ calibrationWindow: 120 }), "calibrationWindow");
      if (SLOW.has(name)) continue;
      assert.ok(moved({ shrinkage: 0.5 }), "shrinkage");
    }
  });

  Deno.test(`${name}() refuses a malformed task`, () => {
    const task = simulate({});
    assert.throws(() => method({ ...task, horizons: [6, 3, 1] }), RangeError);
    assert.throws(() => method({ ...task, levels: [0.5, 0.1] }), RangeError);
    assert.throws(() => method({ ...task, widths: task.widths.slice(1) }), RangeError);
    assert.throws(() => method({ ...task, shrinkage: 1 }), RangeError);
    assert.throws(() => method({ ...task, width: 3 }), RangeError);
  });
}

for (const [name, method] of learners) {
  Deno.test(`${name}() says 0, one normal and even odds until labels have matured`, () => {
    const { mean, sd, pUp, quantiles } = method(simulate({ rows: 300 })).coins[0]!;
    for (const [j, h] of [1, 3, 6].entries()) {
      for (let t = 0; t < 42; t++) {
        assert.equal(mean[j]![t], 0);
        assert.equal(pUp[j]![t], 0.5);
        assert.ok(Math.abs(sd[j]![t]! / (0.01 * Math.sqrt(h)) - 1) < 1e-12);
        const last = quantiles[j]![3 * t + 2]!;
        assert.ok(Math.abs(last / (0.01 * Math.sqrt(h)) - 1.2815515655446) < 1e-9);
      }
    }
  });

  Deno.test(`${name}() finds a planted edge, out of sample and no better than its oracle`, () => {
    const task = simulate({ seed: 5, rows: 2400, width: 3, coins: 4, edge: 0.12 });
    const forecast = method(task);
    for (let j = 0; j < 3; j++) {
      // The oracle knows the direction: the first regressor itself.
      const oracle = skill(
        {
          ...forecast,
          coins: task.design.map((x, c) => ({
            ...forecast.coins[c]!,
            mean: [0, 1, 2].map(() => x.filter((_, i) => i % 3 === 0)),
          })),
        },
        task,
        j,
        800,
      );
      const found = skill(forecast, task, j, 800);
      assert.ok(found > 0.55 * oracle && found < oracle + 0.02, `horizon ${j}: ${found} of ${oracle}`);
    }
  });
}

Deno.test("the contract catches a label used before it has matured", () => {
  const task = simulate({ rows: 340 });
  /** Uses the label of row t - h + 1, known one row after t. */
  function hasty(asked: ForecastTask): Forecast {
    const forecast = declared.expandingMean!(asked), labels = standardisedLabels(asked).raw;
    asked.horizons.forEach((h, j) => {
      for (let t = h; t < asked.rows; t++) forecast.coins[0]!.mean[j]![t] = labels[j]![0]![t - h + 1]!;
    });
    return forecast;
  }
  assert.notEqual(leak(hasty, task, 200), null);
});

Deno.test("every own setting of a method moves its forecast", () => {
  const task = simulate({ rows: 600, edge: 0.1 });
  const others: Readonly<Record<string, GeneValues>> = {
    arimax: { memory: 240, block: 3 },
    ensemble: { memory: 360, shortMemory: 180, rate: 3 },
    bayesian: { memory: 360, priorShape: 20 },
    quantileRegression: { memory: 240 },
    adaptive: { rate: 3, lossMemory: 90 },
    arimaxLive: { memory: 240, block: 3 },
    arimaxSelected: { memory: 250 },
    exponentialSmoothing: { memory: 240, rate: 3 },
    garch: { memory: 250, tails: 4 },
    ridge: { memory: 360 },
    recursive: { window: 300 },
    quantileLines: { memory: 250 },
    bootstrapEnsemble: { memory: 360 },
    stacking: { memory: 360 },
    trees: { memory: 300, depth: 2 },
  };
  for (const [name, other] of Object.entries(others)) {
    const genes = { ...GENES[name]!, ...(name === "quantileRegression" ? { memory: 480 } : {}) };
    const base = forecastBy(name, genes)(task);
    for (const key of Object.keys(genes)) {
      const changed = forecastBy(name, { ...genes, [key]: other[key]! })(task);
      assert.notEqual(firstDifference(base, changed, 599), null, `${name}: ${key}`);
    }
  }
  assert.throws(() => forecastBy("arimax", { memory: 360.5, block: 6 })(task), RangeError);
});

// A serial correlation of .1: by strong shrinkage the declared method loses what is there, the mend does not.
Deno.test("findings D.2: arimaxLive() keeps an ARMA part that arimax() shrinks away", () => {
  const task = simulate({ rows: 700, width: 0, coins: 1, task: { shrinkage: .7, horizons: [1, 1, 1] } });
  const returns = task.returns[0]!;
  for (let t = 1; t < 700; t++) returns[t]! += .1 * returns[t - 1]!;
  const asked = withWidths(task),
    moved = (name: string) => {
      const mean = declared[name]!(asked).coins[0]!.mean[0]!;
      let xy = 0, xx = 0;
      for (let t = 400; t < 700; t++) {
        xy += returns[t]! * mean[t]!;
        xx += returns[t]! ** 2;
      }
      return xy / xx; // about the coefficient of the last return
    };
  assert.ok(moved("arimaxLive") > 1.3 * moved("arimax"), `${moved("arimaxLive")} ${moved("arimax")}`);
});

Deno.test("arimax() draws by the seed label alone", () => {
  const task = simulate({ rows: 300 });
  assert.notEqual(
    firstDifference(declared.arimax!(task), declared.arimax!({ ...task, seedLabel: "other" }), 299),
    null,
  );
});

Deno.test("methods refit on absolute rows divisible by 42, wherever a slice starts", () => {
  for (const firstRow of [0, 17, 42, 100]) {
    const task = simulate({ rows: 400, width: 0, task: { firstRow } });
    for (const name of ["bayesian", "quantileRegression"]) { // with an intercept alone a mean changes at refits only
      const mean = declared[name]!(task).coins[1]!.mean[1]!;
      const changes = [];
      for (let t = 1; t < 400; t++) if (mean[t] !== mean[t - 1]) changes.push(firstRow + t);
      assert.ok(changes.length >= 7, `${name}: ${changes}`);
      assert.ok(changes.every((row) => row % 42 === 0), `${name}: ${changes}`);
    }
    const spread = declared.arimax!(task).coins[0]!.sd[2]!;
    for (let t = 1; t < 400; t++) assert.ok(spread[t] === spread[t - 1] || (firstRow + t) % 42 === 0);
  }
});
