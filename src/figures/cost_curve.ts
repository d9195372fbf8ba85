import { COST_LEVELS } from "../experiments/evidence/evidence_cell.ts";
import { CHOSEN_AFTERWARDS } from "../experiments/evidence/levels.ts";
import type { EvidenceRecord } from "../experiments/evidence/evidence_record.ts";
import { levelUnits, unitsText } from "../experiments/evidence/grid_units.ts";
import { mean } from "../stats/moments.ts";
import { type ArmLine, armLinesFigure } from "./arm_lines.ts";
import { evidenceSubtitle } from "./evidence_head.ts";
import type { Figure } from "./figure.ts";
import type { FigureWidth } from "./theme.ts";

/**
 * What a strategy would have earned at other costs, its trades as they were.
 *
 * @param strategy One of those that the grid describes, such as champion.
 * @throws {RangeError} If no cell has a cost curve of it.
 */
export function costCurveFigure(
  record: EvidenceRecord,
  strategy: string,
  size: FigureWidth = "page",
): Figure {
  const { cells, registration: { arms, markets } } = record;
  requireKnownBefore(strategy);
  const lines = Object.keys(markets).flatMap((market) =>
    [...Object.keys(arms), null].flatMap((arm): ArmLine[] => {
      const own = cells.filter((cell) =>
        cell.market === market && cell.arm === arm && strategy in cell.costs
      );
      if (own.length === 0) return [];
      const points = COST_LEVELS.flatMap((cost, i) => {
        const found = own.flatMap(({ costs }) => costs[strategy]![i] ?? []);
        return found.length === 0 ? [] : [[1e4 * cost, mean(found)] as const];
      });
      return [{ arm: arm ?? strategy, market, points }];
    })
  );
  if (lines.length === 0) {
    throw new RangeError(
      `Cannot draw a cost curve as the grid must describe the strategy (evidence.describe) and keep its series: current value is ${strategy}`,
    );
  }
  return armLinesFigure(lines, {
    name: "cost_curve",
    title: `What the ${strategy} would earn at other costs`,
    subtitle: evidenceSubtitle(record),
    caption:
      `Annual Sharpe ratio, mean over ${
        unitsText(levelUnits(record))
      }, with fees and slippage taken out and a cost per ` +
      "side of what was traded put " +
      "in their place; funding stays. Trades are as they were: agents that knew another cost would have traded otherwise.",
    x: "Cost per side, bp",
    y: "Annual Sharpe ratio",
    curve: "linear",
    range: null,
  }, size);
}

/** The best of many is shown where its deflated Sharpe ratio stands beside it: in the table of levels. */
function requireKnownBefore(strategy: string): void {
  if (!CHOSEN_AFTERWARDS.includes(strategy)) return;
  throw new RangeError(
    `Cannot draw a cost curve as the strategy must not be chosen afterwards: current value is ${strategy}; levelsTable ` +
      "shows it beside its deflated Sharpe ratio and its probability of overfitting",
  );
}
