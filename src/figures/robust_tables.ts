/** Whether what a grid shows holds under other terms: full less neither, traded again, as a table and in words. */
import type { EvidenceRecord } from "../experiments/evidence/evidence_record.ts";
import {
  flipContrasts,
  flipTests,
  type Measure,
  MEASURES,
  robustEffects,
  type RobustRecord,
} from "../experiments/evidence/robust/robust_record.ts";
import { displayed } from "./displayed.ts";
import { evidenceSubtitle } from "./evidence_head.ts";
import { decimal, signed } from "./format.ts";
import type { Column, Table } from "./table.ts";

/**
 * Full less neither under all terms that were tried; no table where none were.
 *
 * @param robust As `loadRobust` gives it.
 */
export function robustTables(record: EvidenceRecord, robust: RobustRecord | null): Table[] {
  if (robust === null) return displayed([]);
  const measure = measureOf(record);
  const column = (label: string, align: Column["align"], hint: string): Column => ({ label, align, hint });
  return displayed([displayed({
    name: "robust",
    title: "Under other terms",
    caption:
      `Full less neither, annual Sharpe ratio (${measure}): stored teams traded again, nothing learned again. ${
        evidenceSubtitle(record)
      }`,
    columns: [
      column("Market", "left", "where"),
      column("Terms", "left", "what is other than as run"),
      column("Effect", "right", "full less neither, annual Sharpe ratio"),
      column("SE", "right", "of the effect, over pairs"),
      column("n", "right", "pairs of full and neither"),
      column("Sign", "left", "against as run"),
    ],
    rows: robustEffects(robust, measure).map(({ market, label, effect, se, pairs, turned }) => ({
      strong: turned,
      cells: [market, label, signed(effect), decimal(se), `${pairs}`, turned ? "changes" : "stays"],
    })),
  })]);
}

/** One sentence on whether a sign changes, one for each test against flipped histories; or that nothing was tried. */
export function robustAnswer(
  record: EvidenceRecord,
  robust: RobustRecord | null,
): { readonly markdown: string } {
  if (robust === null) {
    return displayed({
      markdown:
        `**Robustness of ${record.grid}: not run.** Whether its verdicts hold at other costs, later fills, other ` +
        "funding or on flipped histories is not known.",
    });
  }
  const measure = measureOf(record), effects = robustEffects(robust, measure);
  const turned = effects.filter((effect) => effect.turned),
    tests = flipTests(robust, flipContrasts(record.registration.evidence));
  const terms = new Set(effects.map(({ variation }) => variation)).size;
  return displayed({
    markdown: [
      `**Robustness of ${record.grid}.** ${
        turned.length === 0
          ? `Full less neither keeps its sign under all ${terms} terms.`
          : `**SIGN CHANGES** of full less neither under ${
            turned.map(({ market, label }) => `${label} (${market})`).join(", ")
          }: a verdict on it is one of the terms as run.`
      }`,
      ...(tests.length === 0
        ? ["No history was flipped."]
        : tests.map(({ market, contrast, asMuch, histories, effect, p }) =>
          `On ${market}, ${contrast}: ${asMuch} of ${histories} sign-flipped histories show as much as ${
            signed(effect)
          }, p = ${decimal(p)}.`
        )),
    ].join(" "),
  });
}

/** What a grid's robustness is told in: its outcome where that was traded again. */
function measureOf({ registration: { evidence } }: EvidenceRecord): Measure {
  return MEASURES.find((one) => one === evidence.outcome) ?? "populationMean";
}
