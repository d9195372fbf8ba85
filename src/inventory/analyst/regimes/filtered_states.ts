import {
  baumWelch,
  filterStep,
  type GaussianHmm,
  matchStates,
  predictStep,
} from "../../models/gaussian_hmm.ts";

/** How a hidden Markov model is kept on a series. */
export interface StateSettings {
  /** Where the search begins; its order of states names them for good. */
  readonly start: GaussianHmm;
  /** Absolute number of row 0 and first row that means anything. */
  readonly firstRow: number;
  readonly from: number;
}

/** Rows between two refits, rows that one looks back, rows before the first. */
export const STATES_EVERY = 126;
const WINDOW = 720, FIRST = 240;
/** Passes of Baum-Welch: many at first, few from the fit before. */
const FIRST_PASSES = 12, LATER_PASSES = 3;

/** Called at each row from the first fit on with P(state | rows <= t), P(next state | rows <= t) and the model. */
export type UseStates = (row: number, filtered: Float64Array, next: Float64Array, model: GaussianHmm) => void;

/**
 * The forward filter of a Gaussian hidden Markov model whose parameters are refitted by Baum-Welch on past windows; after
 * a refit the filter runs anew over the window, and its states are matched with those before. No smoothed probability
 * leaves a fit.
 */
export function filterStates(
  observed: Float64Array,
  { start, firstRow, from }: StateSettings,
  use: UseStates,
): void {
  const states = start.mean.length, now = new Float64Array(states), next = new Float64Array(states);
  let model: GaussianHmm | null = null;
  for (let t = from + FIRST; t < observed.length; t++) {
    if ((firstRow + t) % STATES_EVERY === 0) {
      const window = observed.subarray(Math.max(from, t - WINDOW + 1), t + 1),
        before: GaussianHmm = model ?? start;
      const { model: fitted } = baumWelch(before, window, model ? LATER_PASSES : FIRST_PASSES);
      model = matchStates(before, fitted);
      next.set(model.start);
      for (const x of window) {
        now.set(next);
        filterStep(model, now, x);
        predictStep(model, now, next);
      }
    } else if (model) {
      now.set(next);
      filterStep(model, now, observed[t]!);
      predictStep(model, now, next);
    }
    if (model) use(t, now, next, model);
  }
}

/** A model whose states last about `rows` rows each, with these means and sds. */
export function stickyStates(mean: readonly number[], sd: readonly number[], rows: number): GaussianHmm {
  const states = mean.length, leave = 1 / rows / (states - 1);
  return {
    start: new Float64Array(states).fill(1 / states),
    transition: Float64Array.from(
      { length: states * states },
      (_, at) => Math.floor(at / states) === at % states ? 1 - 1 / rows : leave,
    ),
    mean: Float64Array.from(mean),
    sd: Float64Array.from(sd),
  };
}
