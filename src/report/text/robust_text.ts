/** What a grid shows under other terms, as text. */
import {
  accountEffects,
  type ArmContrast,
  coverageOf,
  flipTests,
  type Measure,
  type RobustEffect,
  robustEffects,
  type RobustPlace,
  type RobustRecord,
} from "../../experiments/evidence/robust/robust_record.ts";
import { armName } from "../../figures/evidence_head.ts";
import { coverageText, runsText } from "../../figures/robust_tables.ts";
import { paragraph } from "./paragraph.ts";
import { plainTable } from "./plain_table.ts";

const signed = (value: number) => `${value >= 0 ? "+" : ""}${value.toFixed(2)}`;

function accountText(effect: RobustEffect | null): string {
  if (effect === null) return "-";
  const se = effect.se === null ? "" : ` (${effect.se.toFixed(2)})`;
  return `${signed(effect.effect)}${se}${effect.turned ? "*" : " "}`;
}

/**
 * A table of effects, the same by account, then how much was traded, what turned, and the flipped histories.
 *
 * @param places All cells of the grid.
 */
export function robustText(
  record: RobustRecord,
  measure: Measure,
  contrasts: readonly ArmContrast[],
  places: readonly RobustPlace[],
): string {
  const effects = robustEffects(record, measure), tests = flipTests(record, contrasts);
  const turned = effects.filter((effect) => effect.turned);
  if (effects.length === 0) {
    return paragraph(
      `Robustness: no pair of full and neither was traded again. ${coverageText(coverageOf(record, places))}`,
    );
  }
  return [
    paragraph(
      `Robustness: stored teams of full and neither traded again, without learning. Full less neither, ${
        armName(measure)
      }, annual ` +
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
      "The accounts that populations deploy, effect (SE), described and not tested; * another sign than as run, - not traded:",
    ),
    plainTable(
      [["Market", "left"], ["Terms", "left"], ["Champion", "right"], ["Committee", "right"], [
        "Mirrored",
        "right",
      ]],
      accountEffects(record).map(({ market, label, champion, committee, mirrored }) => [
        market,
        label,
        ...[champion, committee, mirrored].map(accountText),
      ]),
    ),
    paragraph(coverageText(coverageOf(record, places))),
    paragraph(
      turned.length === 0
        ? "No sign changes under these terms."
        : `!! The sign of full less neither changes under: ${
          turned.map(({ market, label }) => `${label} (${market})`).join(", ")
        }. A verdict on it is one of these terms.`,
    ),
    ...tests.map(({ market, contrast, effect, histories, asMuch, p, ...runs }) =>
      paragraph(
        `Sign-flipped histories of ${market}, population mean, ${contrast}${
          runsText(runs)
        }: ${asMuch} of ${histories} show as much ` +
          `as ${signed(effect)}, p = ${p.toFixed(2)}.`,
      )
    ),
  ].join("\n");
}
