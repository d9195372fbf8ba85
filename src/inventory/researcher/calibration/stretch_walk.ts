import { stretchOf } from "../distribution/shape.ts";
import { MIN_ROWS } from "../task.ts";
import type { CalibrationInput } from "./calibration.ts";

/** |label - centre| over the relative width of each coin at a row, written to `out`; [coin]. */
export function scoresAt({ centre, spread, label }: CalibrationInput, row: number, out: Float64Array): void {
  for (let c = 0; c < out.length; c++) {
    out[c] = Math.abs(label[c]![row]! - centre[c]![row]!) / (spread ? spread[c]![row]! : 1);
  }
}

/**
 * Walks the rows whose outcomes come: `learn(row, scores)` for each row s as it matures at s + h, every `step`-th of them, and
 * `renew(stretch)` at the first row of each stretch, before anything that matures at that row's successors.
 */
export function walkStretches(
  input: CalibrationInput,
  step: "every" | "independent",
  learn: (row: number, scores: Float64Array) => void,
  renew: (stretch: number) => void,
): void {
  const { task, horizon } = input, { firstRow, rows } = task, h = task.horizons[horizon]!;
  const scores = new Float64Array(input.centre.length);
  let last = 0;
  for (let t = MIN_ROWS + h; t < rows; t++) {
    const s = t - h;
    if (step === "every" || (firstRow + s) % h === 0) {
      scoresAt(input, s, scores);
      learn(s, scores);
    }
    const stretch = stretchOf(firstRow, t);
    if (stretch !== last) renew(stretch);
    last = stretch;
  }
}
