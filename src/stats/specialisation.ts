import { exceedanceCount } from "./exceedance.ts";
import { entropy } from "./jensen_shannon.ts";
import { requireInteger, requireSameLength } from "./require.ts";

/** Counts [agents][regimes]: how often each agent was chosen (or best) in each regime. */
export type Counts = readonly ArrayLike<number>[];

/** How far the choice of agent and the regime tell of each other. */
export interface Specialisation {
  /** Mutual information I(agent; regime), in nats. */
  readonly information: number;
  /** Division of labour: I / H(regime), the share of the regime's entropy that the agent tells, in [0, 1]. */
  readonly regimeTold: number;
  /** I / H(agent): the share of the agent's entropy that the regime tells, in [0, 1]. */
  readonly agentTold: number;
  /** 1 - H(regime | agent) / ln K of each agent: 0 alike in all regimes, 1 in one only; NaN if never chosen. */
  readonly perAgent: readonly number[];
  /** Pearson's chi-square statistic of the counts against independence, >= 0. */
  readonly chiSquare: number;
  /** Cramer's V, in [0, 1]. */
  readonly cramersV: number;
  /** Miller and Madow's bias of I, (agents - 1)(regimes - 1) / 2N over those that occur, in nats. */
  readonly bias: number;
}

/**
 * Specialisation of agents on regimes. The plain information of finite counts is biased upward: compare
 * with `bias`, and judge by `shiftTest`. Ratios with nothing to tell (one agent or one regime) are 0.
 *
 * @see R. Gorelick et al., American Naturalist 164 (2004) 677 (division of labour).
 */
export function specialisation(counts: Counts): Specialisation {
  requireInteger(counts.length, 1, "the number of agents");
  const regimes = counts[0]!.length;
  requireInteger(regimes, 2, "the number of regimes");
  for (const row of counts) requireSameLength(row, counts[0]!, "specialisation");
  const rowSums = counts.map(total);
  const columnSums = Array.from({ length: regimes }, (_, j) => counts.reduce((sum, row) => sum + row[j]!, 0));
  const n = total(rowSums);
  requireInteger(n, 1, "the sum of counts");

  let information = 0, chiSquare = 0;
  counts.forEach((row, i) => {
    for (let j = 0; j < regimes; j++) {
      const expected = (rowSums[i]! * columnSums[j]!) / n;
      if (expected === 0) continue;
      if (row[j]! > 0) information += (row[j]! / n) * Math.log(row[j]! / expected);
      chiSquare += (row[j]! - expected) ** 2 / expected;
    }
  });
  const present = (sums: readonly number[]) => sums.filter((sum) => sum > 0).length;
  const freedom = Math.min(present(rowSums), present(columnSums)) - 1;
  const share = (whole: number) => (whole > 0 ? information / whole : 0);
  return {
    information,
    regimeTold: share(entropy(columnSums.map((sum) => sum / n))),
    agentTold: share(entropy(rowSums.map((sum) => sum / n))),
    perAgent: counts.map((row, i) => {
      const shares = Array.from(row, (count) => count / rowSums[i]!);
      return rowSums[i] === 0 ? NaN : 1 - entropy(shares) / Math.log(regimes);
    }),
    chiSquare,
    cramersV: freedom > 0 ? Math.sqrt(chiSquare / n / freedom) : 0,
    bias: ((present(rowSums) - 1) * (present(columnSums) - 1)) / (2 * n),
  };
}

/** Counts of agents by regimes from one label a bar, 0 .. agents-1 and 0 .. regimes-1. */
export function countChoices(
  choices: ArrayLike<number>,
  labels: ArrayLike<number>,
  agents: number,
  regimes: number,
): Float64Array[] {
  requireSameLength(choices, labels, "a table of choices");
  const counts = Array.from({ length: agents }, () => new Float64Array(regimes));
  for (let i = 0; i < choices.length; i++) {
    const row = counts[choices[i]!];
    if (row === undefined || !(labels[i]! >= 0 && labels[i]! < regimes)) {
      throw new RangeError(
        `Cannot count choices as labels must be below ${agents} and ${regimes}: current value at ${i} is ${
          choices[i]
        } and ${labels[i]}`,
      );
    }
    row[labels[i]!]! += 1;
  }
  return counts;
}

/**
 * Is the information between choices and regimes more than two series with such long spells share by
 * chance? Regime labels are shifted round the circle by a random number of bars, which keeps the spells of
 * both series: p = (1 + #{shifts with at least as much information}) / (1 + shifts).
 *
 * @param minShift Shortest shift either way, in bars, such as 60.
 * @param uniform Source of uniform numbers in (0, 1).
 */
export function shiftTest(
  choices: ArrayLike<number>,
  labels: ArrayLike<number>,
  size: { readonly agents: number; readonly regimes: number },
  minShift: number,
  shifts: number,
  uniform: () => number,
): { readonly information: number; readonly p: number } {
  const n = labels.length;
  requireInteger(shifts, 1, "the number of shifts");
  requireInteger(n - 2 * minShift, 1, "the number of possible shifts");
  const informationOf = (moved: ArrayLike<number>) =>
    specialisation(countChoices(choices, moved, size.agents, size.regimes)).information;
  const information = informationOf(labels);
  const moved = new Int32Array(n);
  const count = exceedanceCount(information, "a test of specialisation", 1);
  for (let draw = 0; draw < shifts; draw++) {
    const by = minShift + Math.floor(uniform() * (n - 2 * minShift + 1));
    for (let i = 0; i < n; i++) moved[i] = labels[(i + by) % n]!;
    count.add(informationOf(moved));
  }
  return { information, p: count.p() };
}

function total(row: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < row.length; j++) sum += row[j]!;
  return sum;
}
