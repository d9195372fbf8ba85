/** What arms earned by part of their rows, as text. */
import { levelUnits, unitsText } from "../../experiments/evidence/grid_units.ts";
import { PIECE_KINDS, piecesTable } from "../../experiments/evidence/pieces_table.ts";
import type { EvidenceRecord } from "../../experiments/evidence/evidence_record.ts";
import { plainTable } from "./plain_table.ts";

/** By fold, quarter, trend, volatility and coin. */
export function piecesText(record: EvidenceRecord): string {
  return PIECE_KINDS.map((kind) => {
    const { parts, rows } = piecesTable(record, kind);
    const said = kind === "coin" ? "profit over starting equity" : "annual net Sharpe ratio";
    return [
      `By ${kind}, ${said}, mean over ${unitsText(levelUnits(record))}:`,
      plainTable(
        [
          ["Market", "left"],
          ["Arm", "left"],
          ["Strategy", "left"],
          ...parts.map((part) => [part, "right"] as const),
        ],
        rows.map(({ market, arm, strategy, values }) => [
          market,
          arm ?? "-",
          strategy,
          ...values.map((value) => value === null ? "-" : value.toFixed(2)),
        ]),
      ),
    ].join("\n");
  }).join("\n\n");
}
