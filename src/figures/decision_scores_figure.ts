import * as Plot from "@observablehq/plot";
import { NO_VIEW } from "../experiments/decisions/scored.ts";
import type { DeciderSummary, ModelComparison } from "../experiments/decisions/compare_models.ts";
import type { PairedLoss } from "../experiments/decisions/pairs.ts";
import { benchmarkText, deciderName } from "./decision_rows.ts";
import type { Figure } from "./figure.ts";
import { count, decimal } from "./format.ts";
import { singlePanelFigure } from "./single_panel.ts";
import { textWidth } from "./text.ts";
import { FAINT, FONT_SIZE, PAPER, REFERENCE, SOFT, STRONG } from "./theme.ts";

const ROW_HEIGHT = 24, TOP = 24, BOTTOM = 44, NUMBERS = 230;

/** A decider's mean Brier score less that of whoever has no view, with its interval; null where it was not tested. */
interface Skill {
  readonly decider: DeciderSummary;
  readonly loss: PairedLoss | null;
}

/** A decider that was tested. */
type Tested = Skill & { readonly loss: PairedLoss };

/** Every decider against having no view, by Brier score; to the left of 0 it is worth listening to. */
export function decisionScoresFigure(comparison: ModelComparison): Figure {
  const skills = skillsOf(comparison), height = TOP + BOTTOM + Math.max(1, skills.length) * ROW_HEIGHT;
  const label = ({ decider }: Skill) => deciderName(decider);
  const colour = ({ decider: { simulated, control } }: Skill) =>
    control ? REFERENCE[2] : simulated ? REFERENCE[1] : STRONG[0];
  const tested = skills.filter((skill): skill is Tested => skill.loss !== null);
  const left = 16 + Math.max(60, ...skills.map((skill) => 1.1 * textWidth(label(skill), FONT_SIZE)));
  return singlePanelFigure(
    {
      name: "decision_scores",
      title: "Is a decider better than no view?",
      subtitle: benchmarkText(comparison),
      caption:
        "Mean Brier score less that of saying 1/2, with the 95% interval of the studentised bootstrap over decisions; " +
        "left of 0 is better. Abstentions say 1/2. Hollow: simulated models, programs with planted faults. Grey: controls.",
    },
    height,
    {
      marginLeft: left,
      marginRight: NUMBERS,
      marginTop: TOP,
      marginBottom: BOTTOM,
      x: {
        ticks: 7,
        label: "Difference of Brier scores",
        labelAnchor: "center",
        labelArrow: "none",
        nice: true,
      },
      y: { type: "band", domain: skills.map(label), axis: null },
      marks: [
        Plot.gridX({ ticks: 7, stroke: FAINT, strokeOpacity: 1 }),
        Plot.ruleX([0], { stroke: SOFT }),
        Plot.ruleY(tested, {
          x1: ({ loss }: Tested) => loss.lower,
          x2: ({ loss }: Tested) => loss.upper,
          y: label,
          stroke: colour,
          strokeWidth: 1.6,
        }),
        Plot.dot(tested, {
          x: ({ loss }: Tested) => loss.difference,
          y: label,
          r: 4,
          stroke: colour,
          fill: (skill: Skill) => skill.decider.simulated ? PAPER : colour(skill),
          strokeWidth: 1.5,
        }),
        Plot.text(skills, { y: label, text: label, frameAnchor: "left", textAnchor: "end", dx: -8 }),
        Plot.text(skills, {
          y: label,
          text: skillText,
          frameAnchor: "right",
          textAnchor: "end",
          dx: NUMBERS - 14,
          fill: SOFT,
        }),
      ],
      r: { type: "identity" },
    },
  );
}

function skillText({ loss, decider }: Skill): string {
  const answered = answeredBy(decider);
  if (loss !== null) {
    return `${decimal(loss.difference, 3)} (n ${count(loss.n)}, answered ${count(answered)})`;
  }
  return `not tested: answered ${count(answered)} of ${count(askedOf(decider))}`;
}

/** All but the one without a view: real models first, then controls, then simulated ones. */
function skillsOf({ deciders, pairs }: ModelComparison): readonly Skill[] {
  return deciders.filter(({ name }) => name !== NO_VIEW).map((decider) => {
    const pair = pairs.find(({ first, second }) =>
      (first === decider.name && second === NO_VIEW) || (first === NO_VIEW && second === decider.name)
    );
    const loss = pair?.brier ?? null;
    return { decider, loss: loss && pair!.first === NO_VIEW ? turned(loss) : loss };
  });
}

function answeredBy({ strata }: DeciderSummary): number {
  return strata.reduce((sum, { quality }) => sum + quality.answered, 0);
}

function askedOf({ strata }: DeciderSummary): number {
  return strata.reduce((sum, { quality }) => sum + quality.asked, 0);
}

function turned(loss: PairedLoss): PairedLoss {
  return { ...loss, difference: -loss.difference, lower: -loss.upper, upper: -loss.lower };
}
