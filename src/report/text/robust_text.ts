/** What a grid shows under other terms, as text. */
import {
  type ArmContrast,
  flipTests,
  type Measure,
  robustEffects,
  type RobustRecord,
} from "../../experiments/evidence/robust/robust_record.ts";
import { paragraph } from "./paragraph.ts";
import { plainTable } from "./plain_table.ts";

const signed = (value: number) => `${value >= 0 ? "+" : ""}${value.toFixed(2)}`;

/** A table of effects, then what turned, then the flipped histories. */
export function robustText(
  record: RobustRecord,
  measure: Measure,
  contrasts: readonly ArmContrast[],
): string {
  const effects = robustEffects(record, measure), tests = flipTests(record, contrasts);
  const turned = effects.filter((effect) => effect.turned);
  return [
    paragraph(
      `Robustness: stored teams of full and neither traded again, without learning. Full less neither, ${measure}, annual ` +
        "Sharpe ratio, mean over pairs of full and neither:",
    ),
    plainTable(
      [["Market", "left"], ["Terms", "left"], ["Effect", "right"], ["SE", "right"], ["n", "right"], [
        "",
        "left",
      ]],
      effects.map(({ market, label, effect, se, pairs, turned }) => [
        market,
        label,
        signed(effect),
        se === null ? "-" : se.toFixed(2),
        `${pairs}`,
        turned ? "SIGN CHANGES" : "",
      ]),
    ),
    paragraph(
      turned.length === 0
        ? "No sign changes: what the verdicts say of the direction holds under all of these terms."
        : `!! The sign of full less neither changes under: ${
          turned.map(({ market, label }) => `${label} (${market})`).join(", ")
        }. A verdict on it is one of these terms.`,
    ),
    ...tests.map(({ market, contrast, effect, histories, asMuch, p }) =>
      paragraph(
        `Sign-flipped histories of ${market}, population mean, ${contrast}: ${asMuch} of ${histories} show as much ` +
          `as ${signed(effect)}, p = ${p.toFixed(2)}.`,
      )
    ),
  ].join("\n");
}
