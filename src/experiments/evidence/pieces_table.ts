/** Parts of accounts, averaged over markets. They describe: nothing is tested part by part. */
import { requireKnown } from "../../core/known_names.ts";
import { mean } from "../../stats/moments.ts";
import type { EvidenceRecord } from "./evidence_record.ts";

/** How rows are parted. */
export const PIECE_KINDS = ["fold", "quarter", "trend", "volatility", "coin"] as const;
/**
 * One of them.
 *
 * @internal
 */
export type PieceKind = (typeof PIECE_KINDS)[number];

/** One strategy of one arm. */
export interface PieceRow {
  /** Name of the markets. */
  readonly market: string;
  /** Null for a strategy that runs beside the arms. */
  readonly arm: string | null;
  /** Name of the strategy. */
  readonly strategy: string;
  /** In the order of `parts`; null where no market has a value. */
  readonly values: readonly (number | null)[];
}

/** Described strategies by part. */
export interface PiecesTable {
  /** Names of the parts, in their order. */
  readonly parts: readonly string[];
  /** In the order of markets, arms and described strategies. */
  readonly rows: readonly PieceRow[];
}

/**
 * Mean over markets of what each described strategy earned in each part.
 *
 * @throws {RangeError} If rows are not parted so: with the names that there are.
 */
export function piecesTable({ cells, registration }: EvidenceRecord, kind: PieceKind): PiecesTable {
  requireKnown("Cannot tell what was earned by part as the kind of part", kind, PIECE_KINDS);
  const parts = [
    ...new Set(
      cells.flatMap(({ pieces }) => Object.values(pieces).flatMap((one) => Object.keys(one[kind] ?? {}))),
    ),
  ].sort();
  const { markets, arms, evidence } = registration;
  const rows = Object.keys(markets).flatMap((market) =>
    [...Object.keys(arms), null].flatMap((arm) =>
      evidence.describe.flatMap((strategy): PieceRow[] => {
        const own = cells.filter((cell) =>
          cell.market === market && cell.arm === arm && strategy in cell.pieces
        );
        if (own.length === 0) return [];
        const values = parts.map((part) => {
          const found = own.flatMap(({ pieces }) => pieces[strategy]![kind]?.[part] ?? []);
          return found.length === 0 ? null : mean(found);
        });
        return [{ market, arm, strategy, values }];
      })
    )
  );
  return { parts, rows };
}
