/**
 * Which method of several stands at each row: a contextual bandit over what each has said, with credit that is known some
 * rows later. The choice at row t reads merits and contexts of rows <= t.
 */
import { selectionDraws } from "./draws.ts";
import { beliefOf, createEvidence, type Evidence, fade, learnCredits, scaleOf } from "./evidence.ts";
import { addStanding, createStandings, methodsToPrune, type PrunedMethod } from "./pruning.ts";
import { requireSelection, type SelectionSettings } from "./settings.ts";

/** What a selection is made of. */
export interface SelectionInput {
  /** How well what each method said at row t-1 did over row t, known at row t; [method], shape [rows], 0 at row 0. */
  readonly merits: readonly Float64Array[];
  /** The regime at each row, 0, 1, 2 ..; shape [rows]. */
  readonly contexts: Int8Array;
  /**
   * Choice probabilities to begin with, an agent's genes, read over their sum: a lesson that moves single genes may leave
   * another sum than 1. A method of 0 is never chosen; where all are 0, none is preferred.
   */
  readonly preferences: readonly number[];
  /** Absolute number of row 0: choices fall on rows divisible by their cadence. */
  readonly firstRow: number;
  /** What seeds the draws; never reads rows. */
  readonly seed: string;
}

/** What was chosen, and what was taken out. */
export interface MethodSelection {
  /** Index of the method that stands at each row; shape [rows]. */
  readonly chosen: Uint8Array;
  /** Rows at which a choice was made. */
  readonly choices: readonly number[];
  /** In the order in which they went. */
  readonly pruned: readonly PrunedMethod[];
}

/** Choices with known credit before beliefs are drawn from; until then methods are drawn by preference alone. */
const FIRST_CREDITS = 10;
/** How far a preference of e times an equal share lifts what is believed of a method, in sd of one advantage. */
const PREFERENCE = 0.25;
/** Width of the upper end of a belief. */
const UPPER = 2;
/** Rows between two looks at what to prune: the slowest cadence. */
const PRUNE_EVERY = 42;

/** Chooses among methods. @throws {RangeError} If settings or shapes break their rules. */
export function selectMethods(input: SelectionInput, settings: SelectionSettings): MethodSelection {
  const { merits, firstRow } = input, { every, steps } = settings;
  const methods = merits.length, rows = input.contexts.length;
  requireSelection(settings, methods);
  if (input.preferences.length !== methods || merits.some(({ length }) => length !== rows)) {
    throw new RangeError(
      `Cannot select methods as each needs a preference and ${rows} merits: current value is ` +
        `${input.preferences.length} preferences of ${methods}, ${merits.map(({ length }) => length)} merits`,
    );
  }
  const preferences = overTheirSum(input.preferences);
  const contexts = settings.contextual ? input.contexts : new Int8Array(rows);
  const evidence = createEvidence(1 + contexts.reduce((a, b) => Math.max(a, b), 0), methods);
  const standings = createStandings(methods),
    draws = selectionDraws(input.seed, methods, 2 + Math.floor(rows / every));
  const alive = preferences.map((share) => share > 0), chosen = new Uint8Array(rows);
  const choices: number[] = [], pruned: PrunedMethod[] = [], used = new Array<number>(methods).fill(0);
  const credits = new Float64Array(methods), weight = Math.min(1, every / steps);
  const forget = 2 ** (-every / settings.memory);
  let known = 0, current = 0;
  for (let t = 0; t < rows; t++) {
    if (t === 0 || (firstRow + t) % every === 0) {
      for (; known < choices.length && choices[known]! + steps <= t; known++) {
        const made = choices[known]!;
        creditAt(merits, made, settings, credits);
        fade(evidence, forget);
        const only = settings.feedback === "all" ? null : chosen[made]!;
        learnCredits(evidence, contexts[made]!, credits, weight, only);
        addStanding(standings, credits, weight);
      }
      const lots = choices.length * (methods + 1);
      current = choose(evidence, contexts[t]!, known, alive, preferences, settings, draws, lots);
      choices.push(t);
      used[current]!++;
    }
    chosen[t] = current;
    if ((firstRow + t) % PRUNE_EVERY === PRUNE_EVERY - 1) {
      const total = used.reduce((a, b) => a + b, 0);
      const going = methodsToPrune(standings, alive, used.map((count) => count / total), settings.keep, t);
      for (const one of going) alive[one.method] = false;
      pruned.push(...going);
      if (total >= PRUNE_EVERY) used.fill(0);
    }
  }
  return { chosen, choices, pruned };
}

/** Shares that sum to 1; equal ones where nothing is left to share. @throws {RangeError} If one is below 0 or no number. */
function overTheirSum(preferences: readonly number[]): readonly number[] {
  if (!preferences.every((share) => share >= 0)) {
    throw new RangeError(
      `Cannot select methods as each preference must be a number >= 0: current value is ${
        preferences.join(", ")
      }. Give the gene of each method that may be chosen.`,
    );
  }
  const total = preferences.reduce((sum, share) => sum + share, 0);
  return preferences.map((share) => total > 0 ? share / total : 1 / preferences.length);
}

/** What every method earned over the rows after a choice: the discounted mean of its merits. */
function creditAt(
  merits: readonly Float64Array[],
  row: number,
  { steps, discount }: SelectionSettings,
  out: Float64Array,
): void {
  for (let m = 0; m < merits.length; m++) {
    let sum = 0, weights = 0, weight = 1;
    for (let step = 1; step <= steps; step++, weight *= discount) {
      sum += weight * merits[m]![row + step]!;
      weights += weight;
    }
    out[m] = sum / weights;
  }
}

/**
 * One choice. Every method takes its draws whether it lives or not, so that pruning one moves no other's luck.
 *
 * @param lots Where the draws of this choice begin: a normal for each method, then a uniform.
 */
function choose(
  evidence: Evidence,
  context: number,
  known: number,
  alive: readonly boolean[],
  preferences: readonly number[],
  { rule, prior }: SelectionSettings,
  draws: Float64Array,
  lots: number,
): number {
  const methods = alive.length, scale = scaleOf(evidence);
  if (known < FIRST_CREDITS || scale === 0) return byPreference(alive, preferences, draws[lots + methods]!);
  let best = -1, highest = -Infinity;
  for (let m = 0; m < methods; m++) {
    if (!alive[m]) continue;
    const start = PREFERENCE * Math.log(methods * preferences[m]!);
    const { mean, error } = beliefOf(evidence, context, m, prior, start);
    const value = mean + error * (rule === "thompson" ? draws[lots + m]! : UPPER) +
      (rule === "ucb" ? 1e-9 * scale * draws[lots + m]! : 0); // equal ends are told apart by lot
    if (value > highest) {
      highest = value;
      best = m;
    }
  }
  return best;
}

function byPreference(alive: readonly boolean[], preferences: readonly number[], lot: number): number {
  const total = preferences.reduce((sum, share, m) => sum + (alive[m] ? share : 0), 0);
  let sum = 0, last = 0;
  for (let m = 0; m < preferences.length; m++) {
    if (!alive[m]) continue;
    sum += preferences[m]!;
    last = m;
    if (lot * total < sum) return m;
  }
  return last;
}
