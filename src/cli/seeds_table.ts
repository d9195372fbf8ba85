import type { RunResult } from "../experiments/result.ts";
import { ARMS } from "../experiments/arms.ts";
import type { Table } from "../figures/table.ts";
import { pairedTest } from "../stats/paired.ts";
import { textTable } from "./result_table.ts";

/** Pairs whose difference in Sharpe ratio a table over seeds shows. */
const PAIRS: readonly (readonly [keyof typeof ARMS, keyof typeof ARMS])[] = [
  ["champion", "selectionOnly"],
  ["committee", "selectionOnlyCommittee"],
  ["champion", "staticShort"],
  ["champion", "random"],
  ["committee", "ensemble"],
  ["champion", "homogeneousPbt"],
  ["champion", "singleAgent"],
];

const sharpeOf = (result: RunResult, arm: string) =>
  result.arms.find(({ name }) => name === arm)?.metrics.sharpe;

/** Sharpe ratios by seed and paired differences over seeds. Seeds on one market are not independent evidence, and the text says so. */
export function seedsText(results: readonly RunResult[]): string {
  const names = results[0]!.arms.filter(({ kind }) => kind === "population" || kind === "learner");
  const sharpes: Table = {
    name: "seeds",
    title: "",
    caption: "",
    columns: [
      { label: "Seed", align: "left", hint: "" },
      ...names.map(({ label }) => ({ label, align: "right" as const, hint: "" })),
    ],
    rows: results.map((result) => ({
      cells: [`${result.seed}`, ...names.map(({ name }) => sharpeOf(result, name)!.toFixed(2))],
      strong: false,
    })),
  };
  const pairs = PAIRS.filter(([a, b]) =>
    sharpeOf(results[0]!, a) !== undefined && sharpeOf(results[0]!, b) !== undefined
  );
  const differences: Table = {
    name: "pairs",
    title: "",
    caption: "",
    columns: ["Difference in Sharpe ratio", "Mean", "SE", "Wins"].map((label, i) => ({
      label,
      align: i === 0 ? "left" : "right",
      hint: "",
    })),
    rows: pairs.map(([a, b]) => {
      const values = results.map((result) => sharpeOf(result, a)! - sharpeOf(result, b)!);
      const { mean, se } = pairedTest(values);
      const wins = values.filter((value) => value > 0).length;
      return {
        cells: [
          `${ARMS[a].label} - ${ARMS[b].label}`,
          mean.toFixed(2),
          se.toFixed(2),
          `${wins}/${values.length}`,
        ],
        strong: false,
      };
    }),
  };
  return [
    ...results[0]!.warnings.map((warning) => `!! ${warning}`),
    textTable(sharpes),
    "",
    textTable(differences),
    "",
    "Seeds share one market: the SE is that of the draws, not of the market. Claims need many markets.",
  ].join("\n");
}
