/** What all tables of the decision benchmark share: who decided, in which stratum, and what must be said beside it. */
import type {
  DeciderSummary,
  ModelComparison,
  StratumSummary,
} from "../experiments/decisions/compare_models.ts";
import type { Share } from "../stats/wilson.ts";
import { displayed } from "./displayed.ts";
import { percent } from "./format.ts";
import type { Column, Row, Table } from "./table.ts";

/** A column of such a table: its head, and its cell of a decider in a stratum. */
export interface DecisionColumn extends Omit<Column, "align"> {
  readonly cell: (summary: StratumSummary, decider: DeciderSummary) => string;
}

/** A decider's name; a simulated model and a control say so wherever they are shown. */
export function deciderName(
  { name, simulated, control }: Pick<DeciderSummary, "name" | "simulated" | "control">,
) {
  return simulated ? `${name} SIMULATED` : control ? `${name} (control)` : name;
}

/** A table with a row for each decider and cutoff stratum; those that `has` leaves out have nothing to show. */
export function decisionTable(
  comparison: ModelComparison,
  head: Pick<Table, "name" | "title" | "caption">,
  columns: readonly DecisionColumn[],
  has: (summary: StratumSummary, decider: DeciderSummary) => boolean = () => true,
): Table {
  const rows = comparison.deciders.flatMap((decider) =>
    decider.strata.filter((summary) => has(summary, decider)).map((summary): Row => ({
      cells: [
        deciderName(decider),
        summary.stratum,
        ...columns.map(({ cell }) => cell(summary, decider)),
      ],
      strong: !decider.simulated && !decider.control,
    }))
  );
  return displayed({
    ...head,
    caption: `${benchmarkText(comparison)} ${head.caption}`,
    columns: [
      { label: "Decider", align: "left", hint: "A model of the table, or a control" },
      {
        label: "Stratum",
        align: "left",
        hint: "synthetic, or before, around (six months) and after the model's stated cutoff",
      },
      ...columns.map(({ label, hint }): Column => ({ label, hint, align: "right" })),
    ],
    rows,
  });
}

/** Which decisions were made. */
export function benchmarkText({ benchmark }: ModelComparison): string {
  const { name, source, points, prompt, horizon } = benchmark;
  return `Benchmark ${name}: ${points} decisions, one coin each, ${horizon} bars ahead, prompt ${prompt}. ${source}.`;
}

/** A share with its interval of 95 %: "55 (49–61)%". */
export function shareText({ share, lower, upper }: Share): string {
  return share === null ? "–" : `${plain(share)} (${plain(lower)}–${plain(upper)})%`;
}

function plain(share: number): string {
  return percent(share, 0).replace("%", "");
}
