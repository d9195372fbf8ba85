/** Tables of a judged grid. */
import { selectionText } from "../experiments/evidence/levels.ts";
import type { EvidenceRecord } from "../experiments/evidence/evidence_record.ts";
import { levelUnits, unitsText } from "../experiments/evidence/grid_units.ts";
import { type PieceKind, piecesTable } from "../experiments/evidence/pieces_table.ts";
import type { ClaimResult, Summary } from "../experiments/evidence/summarise.ts";
import { displayed } from "./displayed.ts";
import { armName, claimUnits, evidenceSubtitle, measuresText } from "./evidence_head.ts";
import { decimal, percent, pText, signed, signedPercent } from "./format.ts";
import type { Column, Table } from "./table.ts";

const left = (label: string, hint: string): Column => ({ label, align: "left", hint });
const right = (label: string, hint: string): Column => ({ label, align: "right", hint });

/** Each claim on each market with its verdict. */
export function claimsTable({ record, claims }: Summary): Table {
  const { registration: { evidence, tests } } = record;
  return displayed({
    name: "claims",
    title: "Claims and verdicts",
    caption:
      `Differences in annual Sharpe ratio (${measuresText(record)}), paired by ${
        unitsText(claimUnits(claims), "by")
      }; ${percent(1 - evidence.alpha, 0)} interval by ` +
      `the studentised bootstrap; p by exact sign flips and by two one-sided tests within ±${
        decimal(evidence.margin)
      }, each ` +
      `corrected by Holm over ${tests} ${tests === 1 ? "test" : "tests"}. ${evidenceSubtitle(record)}`,
    columns: [
      left("Claim", "C1 to C8"),
      left("Contrast", "what is compared"),
      left("Market", "where"),
      right("Effect", "annual Sharpe ratio"),
      left("Interval", "of the effect"),
      right("p", "of a difference, corrected"),
      right("p (no effect)", "of equivalence, corrected"),
      right("g", "Hedges' g"),
      left("Verdict", "none where it was not registered or a guard fails"),
    ],
    rows: claims.map((claim) => ({
      strong: claim.ruling === "win" || claim.ruling === "lose",
      cells: [
        claim.claim,
        armName(claim.name),
        claim.market,
        signed(claim.effect),
        `${signed(claim.lower)} to ${signed(claim.upper)}`,
        pText(claim.holmP),
        pText(claim.holmEquivalenceP),
        decimal(claim.hedgesG),
        rulingText(claim) ?? "none",
      ],
    })),
  });
}

/** A verdict, and whether the effect is also shown to be within the margin; null for an estimate. */
export function rulingText({ ruling, small }: Pick<ClaimResult, "ruling" | "small">): string | null {
  return small && (ruling === "win" || ruling === "lose") ? `${ruling}, small` : ruling;
}

/** What each arm and described strategy earned. */
export function levelsTable({ record, levels }: Summary): Table {
  const over = unitsText(levelUnits(record));
  return displayed({
    name: "levels",
    title: "What each arm earned",
    caption: `Annual Sharpe ratios, mean and standard error (SE) over ${over}. ${evidenceSubtitle(record)}`,
    columns: [
      left("Market", "where"),
      left("Arm", "what differs from full"),
      left("Measure", "outcome, or a strategy's net Sharpe ratio"),
      right("Mean", "annual Sharpe ratio"),
      right("SE", `over ${over}`),
      right("n", unitsText(levelUnits(record), "of")),
    ],
    rows: levels.map(({ market, arm, measure, mean, se, n, selection }) => ({
      strong: false,
      cells: [
        market,
        arm === null ? "beside" : armName(arm),
        [armName(measure), selectionText({ selection })].filter((text) => text !== "").join(": "),
        decimal(mean),
        decimal(se),
        `${n}`,
      ],
    })),
  });
}

/** What held, and what did not. */
export function guardsTable({ record, guards, claims }: Summary): Table {
  const own = claims.flatMap((claim) =>
    claim.guards.map((guard) => ({
      ...guard,
      name: `${guard.name} (${armName(claim.name)}, ${claim.market})`,
    }))
  );
  return displayed({
    name: "guards",
    title: "Guards of the claims",
    caption: `Without those of the whole grid there is no verdict; those of a claim stand beside it. ${
      evidenceSubtitle(record)
    }`,
    columns: [left("Guard", "what must hold"), left("Holds", ""), left("Found", "")],
    rows: [...guards, ...own].map(({ name, holds, found }) => ({
      strong: !holds,
      cells: [name, holds ? "yes" : "no", found],
    })),
  });
}

/** What described strategies earned by part of their rows; it describes, nothing is tested part by part. */
export function partsTable(record: EvidenceRecord, kind: PieceKind): Table {
  const { parts, rows } = piecesTable(record, kind);
  const isProfit = kind === "coin";
  const said = isProfit ? "Net profit over starting equity" : "Annual net Sharpe ratio";
  return displayed({
    name: `parts-${kind}`,
    title: isProfit ? "Net profit over starting equity, by coin" : `Annual net Sharpe ratio, by ${kind}`,
    caption: `${said}, mean over ${unitsText(levelUnits(record))}. ${evidenceSubtitle(record)}`,
    columns: [
      left("Market", "where"),
      left("Arm", "what differs from full"),
      left("Strategy", "whose account"),
      ...parts.map((part) => right(part, said)),
    ],
    rows: rows.map(({ market, arm, strategy, values }) => ({
      strong: false,
      cells: [
        market,
        arm === null ? "beside" : armName(arm),
        strategy,
        ...values.map((value) => isProfit ? signedPercent(value) : decimal(value)),
      ],
    })),
  });
}
