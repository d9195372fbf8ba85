import { compareSharpe, headlineComparisons, type SharpeComparison } from "../../experiments/comparison.ts";
import type { RunResult, RunSeries } from "../../experiments/result.ts";
import { STRATEGIES, type StrategyName } from "../../experiments/strategies.ts";
import { dataAnswer } from "../../figures/data_answer.ts";
import { decimal, signed } from "../../figures/format.ts";
import { sourceText } from "../../figures/run_subtitle.ts";
import { pairedTest } from "../../stats/paired.ts";
import { studentInverse } from "../../stats/student.ts";
import { paragraph } from "./paragraph.ts";
import { type PlainColumn, plainTable } from "./plain_table.ts";

/** What is read of the run of one seed. */
export interface SeedResult {
  readonly result: RunResult;
  readonly series: RunSeries;
}

/** Pairs whose difference in Sharpe ratio a table over seeds shows. */
const PAIRS: readonly (readonly [StrategyName, StrategyName])[] = [
  ["champion", "selectionOnly"],
  ["committee", "selectionOnlyCommittee"],
  ["mirrored", "fieldMirroredEqual"],
  ["mirrored", "fieldMirroredEqualOverSd"],
  ["champion", "ensemble"],
  ["champion", "staticShort"],
  ["champion", "random"],
  ["committee", "ensemble"],
  ["champion", "homogeneousPbt"],
  ["champion", "singleAgent"],
];

/** Null for what did not run or never traded. */
function sharpeOf({ strategies }: RunResult, strategy: string): number | null {
  const metrics = strategies.find(({ name }) => name === strategy)?.metrics;
  return metrics && metrics.volatility > 0 ? metrics.sharpe : null;
}

/** The answer over seeds first, then Sharpe ratios by seed and paired differences. At least two seeds. */
export function seedsText(runs: readonly SeedResult[]): string {
  const results = runs.map(({ result }) => result), first = results[0]!;
  const names = first.strategies.filter(({ kind }) => kind === "population" || kind === "learner");
  const sharpes = plainTable(
    [["Annual Sharpe ratio, net: seed", "left"], ...names.map(({ label }): PlainColumn => [label, "right"])],
    [
      ...results.map((
        result,
      ) => [`${result.seed}`, ...names.map(({ name }) => decimal(sharpeOf(result, name)))]),
      ["Mean", ...names.map(({ name }) => meanText(results.map((result) => sharpeOf(result, name))))],
    ],
  );
  const differences = plainTable(
    [["Difference in annual Sharpe ratio", "left"], ["Mean", "right"], ["SE", "right"], ["Wins", "right"]],
    PAIRS.flatMap(([a, b]) => differenceRow(results, a, b)),
  );
  const isPartial = (strategy: string) => {
    const missing = results.filter((result) => sharpeOf(result, strategy) === null).length;
    return missing > 0 && missing < results.length;
  };
  const dropped = [...names.map(({ name }) => name), ...PAIRS.flat()].some(isPartial);
  return [
    answer(runs),
    "",
    ...dataAnswer(first).sentences.map((sentence) => paragraph(sentence, "  ")),
    "",
    ...first.warnings.map((warning) => paragraph(`!! ${warning}`, "", "   ")),
    "",
    sharpes,
    "",
    differences,
    ...(dropped ? ["", paragraph(DROPPED)] : []),
  ].join("\n");
}

const DROPPED =
  "(2 of 5): a mean over 2 of the 5 seeds. In the others a strategy never traded, which has no Sharpe ratio, or did " +
  "not run; – stands there.";

/** The headline beside each opponent: the mean over seeds, how far draws move it, and how far the market does. */
function answer(runs: readonly SeedResult[]): string {
  const { result } = runs[0]!, { source } = result;
  const loud = source.kind === "synthetic" || source.unsealed || source.untimedNews
    ? ` [${sourceText(source)}]`
    : "";
  const sentences = comparedPairs(runs).map(seedsSentence);
  return [
    paragraph(`Did learning help? Over ${runs.length} seeds on one market${loud}:`),
    ...(sentences.length > 0
      ? sentences
      : ["Not measured: the references were left out. Run again without --no-references."])
      .map((sentence) => paragraph(sentence, "  ")),
    paragraph(
      "Seeds share one market, so that more of them do not make the market's own error smaller: claims need many markets.",
      "  ",
    ),
  ].join("\n");
}

/** Each pair that any of the seeds is judged by, compared in all of them; all seeds have the same strategies. */
function comparedPairs(runs: readonly SeedResult[]): SharpeComparison[][] {
  const compared = runs.map(({ result, series }) => headlineComparisons(result, series));
  const same = (a: SharpeComparison, b: SharpeComparison) =>
    a.strategy === b.strategy && a.against === b.against;
  const all = compared.flat();
  return all.filter((pair, i) => all.findIndex((one) => same(one, pair)) === i).map((pair) =>
    runs.map(({ result, series }, i) =>
      compared[i]!.find((one) => same(one, pair)) ??
        compareSharpe(result, series, pair.strategy, pair.against)
    )
  );
}

function seedsSentence(comparisons: readonly SharpeComparison[]): string {
  const { strategy, against, rows } = comparisons[0]!;
  const estimates = comparisons.flatMap(({ estimate }) => estimate ?? []);
  const pair = `${STRATEGIES[strategy as StrategyName].label} minus ${
    STRATEGIES[against as StrategyName].label
  }`;
  if (estimates.length < 2) return `${pair}: fewer than two seeds can be compared.`;
  const { mean, se, n } = pairedTest(estimates.map(({ difference }) => difference));
  if (mean === 0 && se === 0) return `${pair}: no difference in any of ${n} seeds, on any row.`;
  const half = se * studentInverse(0.975, n - 1);
  const onMarket = meanOf(estimates.map(({ error }) => error));
  const without = n < comparisons.length
    ? ` Over ${n} of the ${comparisons.length} seeds: in the others one of the two never traded.`
    : "";
  return `${pair}: annual Sharpe ratio ${signed(mean)} on average (SE over seeds ${
    decimal(se)
  }, 95% interval ` +
    `${decimal(mean - half)} to ${decimal(mean + half)}); within one seed the ${
      rows.toLocaleString("en-US")
    } rows ` +
    `alone leave an SE of ${decimal(onMarket)}.${without}`;
}

function differenceRow(results: readonly RunResult[], a: StrategyName, b: StrategyName): string[][] {
  const values = results.flatMap((result) => {
    const x = sharpeOf(result, a), y = sharpeOf(result, b);
    return x === null || y === null ? [] : [x - y];
  });
  if (values.length < 2) return [];
  const { mean, se } = pairedTest(values);
  const wins = values.filter((value) => value > 0).length;
  const label = `${STRATEGIES[a].label} - ${STRATEGIES[b].label}`;
  return [[
    label,
    `${decimal(mean)}${ofSeeds(values.length, results.length)}`,
    decimal(se),
    `${wins}/${values.length}`,
  ]];
}

/** A mean over seeds, and over how many it is taken where that is not all of them. */
function meanText(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  return known.length === 0
    ? decimal(null)
    : `${decimal(meanOf(known))}${ofSeeds(known.length, values.length)}`;
}

function ofSeeds(seeds: number, all: number): string {
  return seeds < all ? ` (${seeds} of ${all})` : "";
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
