import type { ModelComparison } from "../experiments/decisions/compare_models.ts";
import { MOST_EXPOSURE } from "../experiments/decisions/positions.ts";
import { decisionTable, shareText } from "./decision_rows.ts";
import { decimal, signedPercent } from "./format.ts";
import type { Table } from "./table.ts";

/** What features are worth to each decider, and what its positions earned. */
export function decisionControlsTable(comparison: ModelComparison): Table {
  return decisionTable(comparison, {
    name: "decision_controls",
    title: "Controls and positions",
    caption:
      "Brier scores: a decider that reads what it is shown gets worse with another decision's features. Positions are held " +
      "to the horizon, without stop or target, each on its own.",
  }, [
    { label: "Brier", hint: "With its features", cell: ({ quality }) => decimal(quality.brier, 4) },
    {
      label: "Shuffled",
      hint: "With the features of another decision",
      cell: ({ shuffled }) => decimal(shuffled.brier, 4),
    },
    {
      label: "Prior",
      hint: "Its one answer without any features",
      cell: ({ prior }) => decimal(prior?.brier ?? null, 4),
    },
    {
      label: "Sides",
      hint: "Answered decisions by action: long/short/out; hold is out, since nothing is held",
      cell: ({ positions: { actions } }) => `${actions.long}/${actions.short}/${actions.flat + actions.hold}`,
    },
    {
      label: "Hits",
      hint: "Positions that gained before costs",
      cell: ({ positions }) => shareText(positions.hits),
    },
    {
      label: "Exposure",
      hint: "Mean size times leverage of positions",
      cell: ({ positions }) => decimal(positions.exposure),
    },
    {
      label: "Absurd",
      hint: `Positions of size 0 or beyond ${MOST_EXPOSURE} times the equity`,
      cell: ({ positions }) => shareText(positions.absurd),
    },
    {
      label: "Net ± SE",
      hint: "Mean return on equity of a decision after costs",
      cell: ({ positions: { net, netError } }) =>
        net === null
          ? "–"
          : `${signedPercent(net, 2)} ± ${decimal(netError === null ? null : 100 * netError, 2)}`,
    },
  ]);
}
