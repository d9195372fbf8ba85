/** Did learning help? What one run can say, in words. */
import { isSame, type SharpeComparison } from "../experiments/comparison.ts";
import type { RunResult, StrategyResult } from "../experiments/result.ts";
import { count, decimal, percent } from "./format.ts";
import { headlineStrategy } from "./headline_strategy.ts";
import { strategyLabel } from "./strategy_style.ts";
import { plainText } from "./text.ts";
import { requireResult } from "./run_parts.ts";

/** An answer: a question, what is said in a few words, and the sentences that say it whole. */
export interface Answer {
  /** What was asked. */
  readonly question: string;
  /** The answer in a few words. */
  readonly short: string;
  /** The answer whole. */
  readonly sentences: readonly string[];
}

/**
 * The answer to a run's first question: for a population the paired difference to selection only and to the ensemble,
 * for one pipeline its own Sharpe ratio and the difference to buy and hold.
 *
 * @param comparisons As `headlineComparisons` gives them, the opponent that the question is about first.
 */
export function learningAnswer(result: RunResult, comparisons: readonly SharpeComparison[]): Answer {
  requireResult(result, "strategies");
  const learns = result.command === "population";
  const sentences = comparisons.map((comparison, i) =>
    comparisonText(result, comparison, i > 0 && comparison.strategy === comparisons[0]!.strategy)
  );
  return {
    question: learns ? "Did learning help?" : "Did it earn anything?",
    short: learns ? learningShort(comparisons[0]) : earningShort(headlineStrategy(result)),
    sentences: [
      ...(learns ? [] : [ownText(headlineStrategy(result))]),
      ...sentences,
      ...(learns && comparisons.length === 0 ? [NO_REFERENCES] : []),
      ...(learns ? [ownText(headlineStrategy(result))] : []),
      ...fieldText(result),
      learns
        ? "One run is one market and one seed: a claim needs many of both (--seeds 1-5, popagent validate)."
        : "Nothing learns in this command: for learning there is deno task population.",
    ],
  };
}

const NO_REFERENCES =
  "Nothing ran to compare with: the references were left out. Run again without --no-references (references: true) " +
  "for selection only, the ensemble of the field and the others.";

/** The verdict on the first comparison, in a few words. */
function learningShort(comparison: SharpeComparison | undefined): string {
  if (!comparison) return "Not measured.";
  const { estimate, why } = comparison;
  if (estimate === null) return why === "tooFewRows" ? "Too few rows to tell." : "Not measured.";
  if (isSame(estimate)) return "No lesson reached the champion on these rows.";
  if (estimate.lower > 0) return "Yes, on these rows.";
  if (estimate.upper < 0) return "No: it cost, on these rows.";
  return "It cannot be told from chance.";
}

function earningShort({ metrics: { sharpe, sharpeError } }: StrategyResult): string {
  if (!(sharpeError !== null && sharpeError > 0)) return "It never traded.";
  if (sharpe - Z95 * sharpeError > 0) return "Yes, on these rows.";
  if (sharpe + Z95 * sharpeError < 0) return "No: it lost, on these rows.";
  return "It cannot be told from chance.";
}

/** Standard errors either side of an interval of 95 % of a normal estimate. */
const Z95 = 1.96;

/** The headline's own Sharpe ratio, with its uncertainty. */
function ownText(strategy: StrategyResult): string {
  const { sharpe, sharpeError } = strategy.metrics;
  const label = strategyLabel(strategy);
  if (!(sharpeError !== null && sharpeError > 0)) return `${label} never traded: it has no Sharpe ratio.`;
  const interval = `${decimal(sharpe - Z95 * sharpeError)} to ${decimal(sharpe + Z95 * sharpeError)}`;
  const field = strategy.fieldPercentile === null
    ? ""
    : `; ${percent(strategy.fieldPercentile, 0)} of the field's pipelines have a lower one`;
  return `${label}: annual Sharpe ratio ${decimal(sharpe)} (SE ${
    decimal(sharpeError)
  }, 95% interval ${interval})${field}.`;
}

/** An opponent after "than" or "as", and what it is called elsewhere. */
interface Opponent {
  readonly text: string;
  readonly aside: string;
}

function opponentOf(result: RunResult, name: string): Opponent {
  const strategy = result.strategies.find((entry) => entry.name === name);
  switch (name) {
    case "selectionOnly":
    case "selectionOnlyCommittee":
    case "selectionOnlyMirrored":
      return { text: "choosing alone would have", aside: "selection only; " };
    case "ensemble":
      return {
        text: `the equal-weight ensemble of all ${count(strategy?.accounts ?? null)} declared pipelines`,
        aside: "",
      };
    case "fieldMirroredEqual":
    case "fieldMirroredEqualOverSd": {
      const weights = name === "fieldMirroredEqual" ? "equal weights" : "each over its sd";
      return { text: `its better opponent, all declared pipelines mirrored with ${weights}`, aside: "" };
    }
    case "buyAndHold":
      return { text: "buying and holding the coins", aside: "" };
    default:
      return { text: strategyNamed(result, name), aside: "" };
  }
}

/** One difference in a sentence: how much, how sure, and what follows. */
export function comparisonText(result: RunResult, comparison: SharpeComparison, again = false): string {
  const { estimate, why, flat, strategy, against, rows } = comparison;
  const subject = again ? "It" : subjectOf(result, strategy);
  const { text: other, aside } = opponentOf(result, against);
  if (estimate === null) {
    const opponent = strategyNamed(result, against);
    if (why === "tooFewRows") {
      return `${subject} cannot be compared with ${opponent} on ${count(rows)} rows: 20 are the fewest.`;
    }
    const idle = flat.length > 1
      ? "neither of the two ever"
      : flat[0] === strategy
      ? "it never"
      : "that one never";
    return `${subject} cannot be compared with ${opponent}: ${idle} traded.`;
  }
  if (isSame(estimate)) {
    return `${subject} earned the same as ${other}, on every one of these ${count(rows)} rows` +
      (strategy === "champion" && against === "selectionOnly"
        ? ": its champion was the same team, which no transfer or mutation had changed."
        : ".");
  }
  const { difference, error, lower, upper } = estimate;
  const size = decimal(Math.abs(difference)), way = difference < 0 ? "lower" : "higher";
  const verdict = lower > 0 || upper < 0
    ? `more than chance explains on these ${count(rows)} rows`
    : `no effect can be told from chance on these ${count(rows)} rows`;
  return `${subject} earned an annual Sharpe ratio ${size} ${way} than ${other} (${aside}SE ${
    decimal(error)
  }, 95% interval ${decimal(lower)} to ${decimal(upper)}): ${verdict}.`;
}

function subjectOf(result: RunResult, name: string): string {
  if (name === "champion") return "The population";
  if (name === "committee") return "The population's committee";
  if (name === "mirrored") return "The population's mirrored committee";
  if (name === "pipeline") return "The pipeline";
  return strategyNamed(result, name);
}

function strategyNamed({ strategies }: RunResult, name: string): string {
  const strategy = strategies.find((entry) => entry.name === name);
  return strategy ? strategyLabel(strategy) : plainText(name);
}

/** What choosing the best after the fact is worth, beside the Sharpe ratios that tempt to it. */
export function fieldText({ field }: RunResult): string[] {
  if (!field) return [];
  return [
    `Choosing the best of the field's ${
      count(field.pipelines)
    } pipelines after the fact: deflated Sharpe ratio (DSR) ${
      measured(field.deflatedSharpe)
    }, probability of backtest overfitting (PBO) ${measured(field.overfitting)}.`,
  ];
}

function measured(value: number | null): string {
  return value === null ? "not to be told on these rows" : decimal(value);
}
