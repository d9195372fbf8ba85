import type { RunResult } from "../../experiments/result.ts";
import { STRATEGIES } from "../../experiments/strategies.ts";
import { pairedTest } from "../../stats/paired.ts";
import { type PlainColumn, plainTable } from "./plain_table.ts";

/** Pairs whose difference in Sharpe ratio a table over seeds shows. */
const PAIRS: readonly (readonly [keyof typeof STRATEGIES, keyof typeof STRATEGIES])[] = [
  ["champion", "selectionOnly"],
  ["committee", "selectionOnlyCommittee"],
  ["champion", "staticShort"],
  ["champion", "random"],
  ["committee", "ensemble"],
  ["champion", "homogeneousPbt"],
  ["champion", "singleAgent"],
];

const sharpeOf = (result: RunResult, strategy: string) =>
  result.strategies.find(({ name }) => name === strategy)?.metrics.sharpe;

/** Sharpe ratios by seed and paired differences over seeds. Seeds on one market are not independent evidence, and the text says so. */
export function seedsText(results: readonly RunResult[]): string {
  const names = results[0]!.strategies.filter(({ kind }) => kind === "population" || kind === "learner");
  const sharpes = plainTable(
    [["Seed", "left"], ...names.map(({ label }): PlainColumn => [label, "right"])],
    results.map((
      result,
    ) => [`${result.seed}`, ...names.map(({ name }) => sharpeOf(result, name)!.toFixed(2))]),
  );
  const pairs = PAIRS.filter(([a, b]) =>
    sharpeOf(results[0]!, a) !== undefined && sharpeOf(results[0]!, b) !== undefined
  );
  const differences = plainTable(
    [["Difference in Sharpe ratio", "left"], ["Mean", "right"], ["SE", "right"], ["Wins", "right"]],
    pairs.map(([a, b]) => {
      const values = results.map((result) => sharpeOf(result, a)! - sharpeOf(result, b)!);
      const { mean, se } = pairedTest(values);
      const wins = values.filter((value) => value > 0).length;
      return [
        `${STRATEGIES[a].label} - ${STRATEGIES[b].label}`,
        mean.toFixed(2),
        se.toFixed(2),
        `${wins}/${values.length}`,
      ];
    }),
  );
  return [
    ...results[0]!.warnings.map((warning) => `!! ${warning}`),
    sharpes,
    "",
    differences,
    "",
    "Seeds share one market: the SE is that of the draws, not of the market. Claims need many markets.",
  ].join("\n");
}
