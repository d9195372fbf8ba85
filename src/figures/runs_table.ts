import { displayed } from "./displayed.ts";
import type { RunResult, StrategyResult } from "../experiments/result.ts";
import { decimal, signedPercent } from "./format.ts";
import { sourceText } from "./run_subtitle.ts";
import { strategyLabel } from "./strategy_style.ts";
import type { Table } from "./table.ts";
import { plainText } from "./text.ts";

/** A run as a table shows it. */
export interface ListedRun {
  /** Its id. */
  readonly id: string;
  /** Its number among the runs finished in its folder. */
  readonly sequence: number;
  /** ISO time, UTC. */
  readonly startedAt: string;
  /** What it was and what it came to. */
  readonly result: RunResult;
}

/** Finished runs, a row each, in the order given. */
export function runsTable(runs: readonly ListedRun[]): Table {
  return displayed({
    name: "runs",
    title: "Runs",
    caption: "Each by its headline strategy. A Sharpe ratio stands with its standard error.",
    columns: [
      {
        label: "Run",
        align: "left",
        hint: "Its id; any beginning of it, or of the hash at its end, that no other run shares will do",
      },
      { label: "Started (UTC)", align: "left", hint: "When it was started, by its machine's clock" },
      { label: "Bars", align: "left", hint: "Where its bars came from" },
      { label: "Headline", align: "left", hint: "The strategy it is judged by" },
      { label: "Sharpe ± SE", align: "right", hint: "Annual Sharpe ratio of simple net returns per bar" },
      { label: "Net", align: "right", hint: "Total net return over the reported rows" },
    ],
    rows: runs.map(({ id, startedAt, result }) => {
      const headline = headlineOf(result), { metrics } = headline;
      const cells = [
        id,
        startedAt.slice(0, 16).replace("T", " "),
        plainText(shortSource(result)),
        strategyLabel(headline),
        `${decimal(metrics.sharpe)} ± ${decimal(metrics.sharpeError)}`,
        signedPercent(metrics.totalReturn),
      ];
      return { cells, strong: false };
    }),
  });
}

function headlineOf({ strategies, headline }: RunResult): StrategyResult {
  return strategies.find(({ name }) => name === headline)!; // the schema of a result demands it
}

function shortSource({ source }: RunResult): string {
  if (source.kind === "synthetic") return `synthetic ${source.mode} ${source.seed}`;
  return source.unsealed ? sourceText(source) : source.folder;
}
