/** Whether what a grid shows holds under other terms: full less neither, traded again, as a table and in words. */
import type { EvidenceRecord } from "../experiments/evidence/evidence_record.ts";
import {
  accountEffects,
  type Coverage,
  coverageOf,
  flipContrasts,
  type FlipTest,
  flipTests,
  requireOwnCells,
  type RobustEffect,
  robustEffects,
  robustMeasure,
  type RobustRecord,
} from "../experiments/evidence/robust/robust_record.ts";
import { displayed } from "./displayed.ts";
import { armName, evidenceSubtitle } from "./evidence_head.ts";
import { decimal, signed } from "./format.ts";
import type { Column, Table } from "./table.ts";

const columnOf = (label: string, align: Column["align"], hint: string): Column => ({ label, align, hint });

/**
 * Full less neither under all terms that were tried, in the outcome and by account; no table where none were.
 *
 * @param robust As `loadRobust` gives it.
 */
export function robustTables(record: EvidenceRecord, robust: RobustRecord | null): Table[] {
  if (robust === null) return displayed([]);
  requireOwnCells(record, robust);
  const measure = robustMeasure(record.registration.evidence);
  return displayed([
    displayed({
      name: "robust",
      title: "Under other terms",
      caption: `Full less neither, annual Sharpe ratio (${
        armName(measure)
      }): stored teams traded again, nothing learned again. ${evidenceSubtitle(record)}`,
      columns: [
        columnOf("Market", "left", "where"),
        columnOf("Terms", "left", "what is other than as run"),
        columnOf("Effect", "right", "full less neither, annual Sharpe ratio"),
        columnOf("SE", "right", "of the effect, over pairs"),
        columnOf("n", "right", "pairs of full and neither"),
        columnOf("Sign", "left", "against as run"),
      ],
      rows: robustEffects(robust, measure).map(({ market, label, effect, se, pairs, turned }) => ({
        strong: turned,
        cells: [market, label, signed(effect), decimal(se), `${pairs}`, turned ? "changes" : "stays"],
      })),
    }),
    accountsTable(record, robust),
  ]);
}

/** The same of each account that a population deploys, a cell an account: effect (SE). */
function accountsTable(record: EvidenceRecord, robust: RobustRecord): Table {
  const cellOf = (effect: RobustEffect | null) =>
    effect === null ? "–" : `${signed(effect.effect)} (${decimal(effect.se)})${effect.turned ? "*" : ""}`;
  return displayed({
    name: "robust_accounts",
    title: "Deployed accounts under other terms",
    caption:
      "Full less neither, annual Sharpe ratio (standard error) of each account that a population deploys, described and " +
      `not tested; * another sign than as run. Mirrored committees are traded by the weights of their runs, at the outer costs and one bar late. ${
        evidenceSubtitle(record)
      }`,
    columns: [
      columnOf("Market", "left", "where"),
      columnOf("Terms", "left", "what is other than as run"),
      columnOf("Champion", "right", "the best agent of each role"),
      columnOf("Committee", "right", "the mean wish of the best teams"),
      columnOf("Mirrored", "right", "all teams' shadow accounts netted in one; – where not traded"),
    ],
    rows: accountEffects(robust).map(({ market, label, champion, committee, mirrored }) => ({
      strong: false,
      cells: [market, label, cellOf(champion), cellOf(committee), cellOf(mirrored)],
    })),
  });
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
  requireOwnCells(record, robust);
  const measure = robustMeasure(record.registration.evidence), effects = robustEffects(robust, measure);
  const turned = effects.filter((effect) => effect.turned),
    tests = flipTests(robust, flipContrasts(record.registration.evidence));
  const terms = new Set(effects.map(({ variation }) => variation)).size;
  return displayed({
    markdown: [
      `**Robustness of ${record.grid}.** ${
        effects.length === 0
          ? "No pair of full and neither was traded again."
          : turned.length === 0
          ? `Full less neither keeps its sign under all ${terms} terms that were tried.`
          : `**SIGN CHANGES** of full less neither under ${
            turned.map(({ market, label }) => `${label} (${market})`).join(", ")
          }: a verdict on it is one of the terms as run.`
      }`,
      coverageText(coverageOf(robust, record.cells)),
      ...(tests.length === 0
        ? ["No history was flipped."]
        : tests.map(({ market, contrast, asMuch, histories, effect, p, ...runs }) =>
          `On ${market}, ${contrast}${
            runsText(runs)
          }: ${asMuch} of ${histories} sign-flipped histories show as much as ${signed(effect)}, p = ${
            decimal(p)
          }.`
        )),
    ].join(" "),
  });
}

/** How much of a grid was traded again: "Traded again: 20 of 20 pairs on weak, none of 20 on strong." */
export function coverageText(coverage: readonly Coverage[]): string {
  const parts = coverage.map(({ market, traded, pairs }) =>
    `${traded === 0 ? "none" : traded} of ${pairs} ${pairs === 1 ? "pair" : "pairs"} on ${market}`
  );
  return `Traded again: ${parts.join(", ")}.`;
}

/** Of how many runs a test on flipped histories is, where not of all: its effect is theirs, and no other's. */
export function runsText({ runs, of }: Pick<FlipTest, "runs" | "of">): string {
  return runs === of ? "" : ` (teams of ${runs} of ${of} runs alone)`;
}
