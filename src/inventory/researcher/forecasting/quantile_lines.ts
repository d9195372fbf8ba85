import { linearQuantile } from "../../models/linear_quantile.ts";
import { quantileByEdges } from "../../models/quantile_edges.ts";
import { standardisedLabels } from "../labels.ts";
import { calibratedForecast } from "../models/around_floor.ts";
import { createPredictions, floorOf } from "../models/floor.ts";
import type { Predictions } from "../models/hedge.ts";
import { type ForecastTask, REFIT_EVERY, requireNumber, requireTask } from "../task.ts";
import { type ForecastingMethod, memory } from "./forecasting.ts";

/** Levels of the lines: the outer two tell the width, all three the mean. */
const LOW = .1, HIGH = .9, MIDDLE = .5;
/** Every so many refits the lines are drawn again. */
const EVERY = 2 * REFIT_EVERY;
/** Rows of labels before the first, and the most rows of a fit. */
const FIRST = 240, MOST_ROWS = 720;
/** Bounds on the relative width that lines may tell. */
const SPREAD = { least: .5, most: 2 } as const;
/** Regressors of a line: 1, what the floor says, how the volatility stands to its past. */
const WIDTH = 3;

/** Where the search for the first line begins. */
const NO_LINE: Float64Array = new Float64Array(WIDTH);

/** Linear quantile regression to its optimum on what the floor says and how high volatility stands. */
export const quantileLines: ForecastingMethod = {
  summary:
    "Exact linear quantiles on what the floor says and how volatility stands to its past; widths never cross",
  genes: [memory],
  start: { memory: 1440 },
  warmUp: 360,
  refitEvery: EVERY,
  needs: [],
  source:
    "R. Koenker, G. Bassett, Econometrica 46 (1978) 33; S. Portnoy, R. Koenker, Statistical Science 12 (1997) 279",
  run: ({ task, calibrate }, genes) => {
    requireTask(task);
    requireNumber(genes.memory!, FIRST, Infinity, "memory", true);
    const labels = standardisedLabels(task), floor = floorOf(task);
    const { centres, spreads } = drawLines(task, labels.clipped, floor, genes.memory!);
    return calibratedForecast(task, labels, centres, spreads, calibrate);
  },
};

/** ln of volatility over its mean so far, each coin's own; 0 at row 0. */
function volatilityStates(task: ForecastTask): Float64Array[] {
  return task.sd.map((sd) => {
    let mean = Math.log(sd[0]!);
    return sd.map((value, t) => {
      const now = Math.log(value);
      mean += (now - mean) / (t + 1);
      return Math.max(-2, Math.min(2, now - mean));
    });
  });
}

/**
 * Lines of what the floor leaves of the labels; the outer ones of |label| mirrored, so that the distribution is as symmetric as its
 * shape, and none crosses another: the width at x is bounded below. Slopes and the middle line count 1 - shrinkage.
 */
function drawLines(
  task: ForecastTask,
  labels: readonly (readonly Float64Array[])[],
  floor: Predictions,
  memory: number,
): { readonly centres: Predictions; readonly spreads: Predictions } {
  const { rows, horizons, firstRow, design } = task,
    keep = 1 - task.shrinkage,
    states = volatilityStates(task);
  const centres = floor.map((coins) => coins.map((series) => series.slice())),
    spreads = createPredictions(task);
  for (const coins of spreads) for (const spread of coins) spread.fill(1);
  const before = horizons.map(() => ({ middle: NO_LINE, outer: NO_LINE }));
  for (let t = (EVERY - firstRow % EVERY) % EVERY; t < rows; t += EVERY) {
    const until = Math.min(rows, t + EVERY);
    horizons.forEach((h, j) => {
      const last = t - h, first = Math.max(0, t - memory + 1);
      if (last - first + 1 < FIRST) return;
      const step = Math.max(1, Math.ceil((last - first + 1) * design.length / MOST_ROWS));
      const each = Math.floor((last - first) / step) + 1, n = each * design.length;
      const left = new Float64Array(n), columns = Array.from({ length: WIDTH }, () => new Float64Array(n));
      columns[0]!.fill(1);
      for (let c = 0, at = 0; c < design.length; c++) {
        for (let s = last; s >= first; s -= step, at++) {
          left[at] = labels[j]![c]![s]! - floor[j]![c]![s]!;
          columns[1]![at] = floor[j]![c]![s]!;
          columns[2]![at] = states[c]![s]!;
        }
      }
      const middle = line(left, columns, MIDDLE, before[j]!.middle);
      const outer = line(left.map(Math.abs), columns, HIGH - LOW, before[j]!.outer);
      if (!middle || !outer || !(outer[0]! > 0)) return;
      before[j] = { middle, outer };
      for (let c = 0; c < design.length; c++) {
        for (let s = t; s < until; s++) {
          const said = floor[j]![c]![s]!, state = states[c]![s]!;
          const wide = 1 + keep * (outer[1]! * said + outer[2]! * state) / outer[0]!;
          // The constant of the middle line is the skew of the past, which a symmetric shape leaves out.
          centres[j]![c]![s] = said * (1 + keep * Math.max(-1, Math.min(1, middle[1]!)));
          spreads[j]![c]![s] = Math.max(SPREAD.least, Math.min(SPREAD.most, wide));
        }
      }
    });
  }
  return { centres, spreads };
}

/**
 * A line at a level; where a column is empty (the floor says nothing yet) the other columns alone.
 *
 * @param start The line that was drawn before.
 */
function line(
  y: Float64Array,
  columns: readonly Float64Array[],
  level: number,
  start: Float64Array,
): Float64Array | null {
  const used = columns.flatMap((x, i) => x.some((value) => Math.abs(value) > 1e-12) ? [i] : []);
  const own = used.map((i) => columns[i]!);
  const b = quantileByEdges(y, own, level, used.map((i) => start[i]!)) ?? linearQuantile(y, own, level);
  if (!b || b.some((value) => !Number.isFinite(value))) return null;
  const out = new Float64Array(WIDTH);
  used.forEach((i, k) => out[i] = b[k]!);
  return out;
}
