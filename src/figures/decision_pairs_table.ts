import type { ModelComparison } from "../experiments/decisions/compare_models.ts";
import { LEAST_COMMON, type Pair, type PairedLoss } from "../experiments/decisions/pairs.ts";
import { benchmarkText, deciderName } from "./decision_rows.ts";
import { displayed } from "./displayed.ts";
import { count, decimal, pText, signed } from "./format.ts";
import type { Column, Table } from "./table.ts";

const READING =
  "Differences are those of the first less the second: below 0 the first is better. p after Holm over all " +
  "pairs of a table's column; pairs with a simulated model are a family of their own and shown where there are no " +
  `others; pairs with fewer than ${LEAST_COMMON} common decisions, and with a model that answered nothing, are not tested.`;

/** Deciders against one another at the same decisions by Brier score, the surest differences first. */
export function decisionPairsTable(comparison: ModelComparison): Table {
  return pairsTable(comparison, {
    name: "decision_pairs",
    title: "Paired tests: probabilities",
    caption: "An abstention counts as 1/2. p by the studentised bootstrap, beside random sign flips.",
  }, [
    { label: "n", align: "right", hint: "Decisions that both were asked" },
    { label: "Brier Δ [95%]", align: "right", hint: "Mean difference and its interval" },
    { label: "p", align: "right", hint: "Bootstrap, alone" },
    { label: "p flips", align: "right", hint: "Random sign flips, alone" },
    { label: "p Holm", align: "right", hint: "Bootstrap, over all pairs" },
  ], ({ brier }) => [
    count(brier?.n ?? null),
    intervalText(brier, 1, 3),
    pText(brier?.p ?? null),
    pText(brier?.signFlipP ?? null),
    pText(brier?.holmP ?? null),
  ], ({ brier }) => brier !== null && brier.holmP < 0.05);
}

/** The same pairs in the same order by stated quantiles and by directions; two tests a row, so that none is set off. */
export function decisionDirectionsTable(comparison: ModelComparison): Table {
  return pairsTable(comparison, {
    name: "decision_directions",
    title: "Paired tests: quantiles and directions",
    caption: "At decisions that both answered. Directions by McNemar's exact test.",
  }, [
    { label: "CRPS Δ, bp [95%]", align: "right", hint: "Mean difference and its interval" },
    { label: "p Holm", align: "right", hint: "Of the CRPS difference" },
    {
      label: "Only one right",
      align: "right",
      hint: "Directions that the first, the second alone had right",
    },
    { label: "p Holm", align: "right", hint: "Of the directions" },
  ], ({ crps, direction }) => [
    intervalText(crps, 1e4, 1),
    pText(crps?.holmP ?? null),
    direction === null ? "–" : `${direction.onlyFirst}:${direction.onlySecond}`,
    pText(direction?.holmP ?? null),
  ]);
}

function pairsTable(
  comparison: ModelComparison,
  head: Pick<Table, "name" | "title" | "caption">,
  columns: readonly Column[],
  cells: (pair: Pair) => readonly string[],
  isStrong: (pair: Pair) => boolean = () => false,
): Table {
  const named = new Map(comparison.deciders.map((one) => [one.name, deciderName(one)]));
  const hasModel = comparison.deciders.some(({ simulated, control }) => !simulated && !control);
  const shown = comparison.pairs.filter(({ simulated, brier }) => simulated !== hasModel && brier !== null);
  return displayed({
    ...head,
    caption: `${benchmarkText(comparison)} ${head.caption} ${READING}`,
    columns: [
      { label: "First", align: "left", hint: "A decider" },
      { label: "Second", align: "left", hint: "Another, at the same decisions" },
      ...columns,
    ],
    rows: shown.sort((a, b) => a.brier!.p - b.brier!.p).map((pair) => ({
      cells: [named.get(pair.first)!, named.get(pair.second)!, ...cells(pair)],
      strong: isStrong(pair),
    })),
  });
}

function intervalText(loss: PairedLoss | null, unit: number, digits: number): string {
  if (loss === null) return "–";
  const { difference, lower, upper } = loss;
  return `${signed(unit * difference, digits)} [${decimal(unit * lower, digits)}, ${
    decimal(unit * upper, digits)
  }]`;
}
