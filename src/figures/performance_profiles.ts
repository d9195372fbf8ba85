import type { Summary } from "../experiments/evidence/summarise.ts";
import { levelUnits, unitsText } from "../experiments/evidence/grid_units.ts";
import { profileAt } from "../stats/aggregate.ts";
import { armLinesFigure } from "./arm_lines.ts";
import { armName, evidenceSubtitle } from "./evidence_head.ts";
import type { Figure } from "./figure.ts";
import type { FigureWidth } from "./theme.ts";

/**
 * The share of markets (of seeds where there is one market) on which each arm earned more than a level, by the level.
 *
 * @see R. Agarwal et al., Deep reinforcement learning at the edge of the statistical precipice, NeurIPS 2021.
 */
export function profilesFigure({ record, outcome, levels }: Summary, size: FigureWidth = "page"): Figure {
  const own = levels.filter(({ arm, measure }) => arm !== null && measure === outcome);
  const units = unitsText(levelUnits(record), "of");
  const steps = [...new Set(own.flatMap(({ values }) => values))].sort((a, b) => a - b);
  const air = (steps.at(-1)! - steps[0]!) / 20 || 1;
  const grid = [steps[0]! - air, ...steps, steps.at(-1)! + air];
  return armLinesFigure(
    own.map(({ arm, market, values }) => ({
      arm: arm!,
      market,
      points: grid.map((level) => [level, profileAt([values], level)] as const),
    })),
    {
      name: "profiles",
      title: "How often each arm earns more than a level",
      subtitle: evidenceSubtitle(record),
      caption:
        `Performance profiles: the share of ${units} on which the ${
          armName(outcome)
        } (annual Sharpe ratio) is above the level. An arm ` +
        "whose line lies above another's everywhere earns more whatever level one asks for.",
      x: "Level",
      y: `Share of ${units} above`,
      curve: "step-after",
      range: [0, 1],
    },
    size,
  );
}
