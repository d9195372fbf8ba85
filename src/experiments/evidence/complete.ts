/** A grid is judged whole or not at all. */
import { UserError } from "../../core/user_error.ts";
import type { EvidenceRecord } from "./evidence_record.ts";

/** Cells that an error names. */
const MOST_NAMED = 5;

/** @throws {UserError} If an arm that is registered lacks a cell. */
export function requireCells({ cells, registration: { grid, arms, markets } }: EvidenceRecord): void {
  const there = new Set(cells.map(({ label }) => label));
  const missing = Object.entries(markets).flatMap(([market, { marketSeeds, seeds }]) =>
    (marketSeeds ?? [null]).flatMap((marketSeed) =>
      (seeds === "market" ? [marketSeed] : seeds).flatMap((seed) =>
        seed === null
          ? []
          : Object.keys(arms).map((arm) =>
            `${arm}/${marketSeed === null ? market : `${market}.${marketSeed}`}/${seed}`
          )
      )
    )
  ).filter((label) => !there.has(label));
  if (missing.length === 0) return;
  const more = missing.length > MOST_NAMED ? ` and ${missing.length - MOST_NAMED} more` : "";
  throw new UserError(
    `Cannot judge the grid ${grid} as every registered cell must be done: ${missing.length} are missing, ` +
      `${missing.slice(0, MOST_NAMED).join(", ")}${more}`,
  );
}
