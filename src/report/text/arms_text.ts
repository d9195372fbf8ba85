/** Arms of a grid beside one another, as text. */
import type { ArmChanges, ArmComparison } from "../../experiments/grid/compare_arms.ts";
import { counted } from "./counted.ts";
import { paragraph } from "./paragraph.ts";
import { plainTable } from "./plain_table.ts";

/** How often genomes changed in each arm's cells; counts are means a cell. */
export function armChangesText(arms: readonly ArmChanges[]): string {
  const each = (total: number, cells: number) => (total / cells).toFixed(1);
  return [
    "How often genomes changed, mean a cell (fired: iterations and roles in which somebody mutated):",
    plainTable(
      [
        ["Arm", "left"],
        ...["Cells", "Lessons", "refused", "Mutation fired", "kept", "refused", "untested"].map((label) =>
          [label, "right"] as const
        ),
      ],
      arms.map(({ arm, cells, transfers, mutations }) => [
        arm,
        `${cells}`,
        each(transfers.taken, cells),
        each(transfers.refused, cells),
        each(mutations.fired, cells),
        each(mutations.kept, cells),
        each(mutations.refused, cells),
        each(mutations.untested, cells),
      ]),
    ),
  ].join("\n");
}

/** Two arms, paired. */
export function armComparisonText({ changes: [a, b], differences }: ArmComparison): string {
  return [
    `${a.arm} minus ${b.arm}, paired (annual Sharpe ratios; SE over market seeds, or over seeds on one market):`,
    plainTable(
      [
        ["Market", "left"],
        ["Measure", "left"],
        ...[a.arm, b.arm, "Difference", "SE", "p", "n"].map((label) => [label, "right"] as const),
      ],
      differences.map(({ market, measure, arm, against, test }) => [
        market,
        measure,
        arm.toFixed(2),
        against.toFixed(2),
        (arm - against).toFixed(2),
        test ? test.se.toFixed(2) : "-",
        test ? test.p.toFixed(3) : "-",
        test ? `${test.n}` : "1",
      ]),
    ),
  ].join("\n");
}

/** How many comparisons have a p value, and what that makes of each; nothing where none has one. */
export function uncorrectedText(comparisons: readonly Pick<ArmComparison, "differences">[]): string {
  const tests =
    comparisons.flatMap(({ differences }) => differences).filter(({ test }) => test !== null).length;
  return tests === 0 ? "" : paragraph(
    `${counted(tests, "comparison")} with a p value ${tests === 1 ? "stands" : "stand"} here. p values are ` +
      "uncorrected: nothing accounts for how many there are, and with many some are small by chance alone. Nothing " +
      "here is a verdict; those are given to claims that were registered before a run.",
  );
}
