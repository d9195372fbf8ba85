import type { Summary } from "../experiments/evidence/summarise.ts";
import { testedPairs } from "../experiments/evidence/planned_power.ts";
import { ablationFigure } from "./ablation.ts";
import { costCurveFigure } from "./cost_curve.ts";
import type { Figure } from "./figure.ts";
import { profilesFigure } from "./performance_profiles.ts";
import { powerFigure } from "./power_curve.ts";

/**
 * The figures that a judged grid has in the paper, laid out for a page of text; they follow from its stored result alone. Power is
 * that of tests over markets: a grid on one market has none. A cost curve is that of the first described strategy whose
 * series were kept.
 */
export function paperFigures(summary: Summary): Figure[] {
  const { record } = summary, { registration } = record;
  const priced = registration.evidence.describe.find((name) =>
    record.cells.some(({ costs }) => name in costs)
  );
  return [
    ablationFigure(summary, "column"),
    profilesFigure(summary, "column"),
    ...(testedPairs(registration).some(({ over }) => over === "markets")
      ? [powerFigure(record, "column")]
      : []),
    ...(priced === undefined ? [] : [costCurveFigure(record, priced, "column")]),
  ];
}
