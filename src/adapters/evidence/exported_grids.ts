import type { EvidenceRecord } from "../../experiments/evidence/evidence_record.ts";
import type { RobustRecord } from "../../experiments/evidence/robust/robust_record.ts";
import { summarise, type Summary } from "../../experiments/evidence/summarise.ts";
import { listedName } from "./listed_files.ts";
import { loadRobust } from "./load_robust.ts";
import { loadRuns } from "./load_runs.ts";
import { manifestEntries, type ManifestEntry, newestOf } from "./manifest.ts";
import { evidencePlaces } from "./places.ts";

/** A grid as it was exported. */
export interface ExportedGrid {
  readonly summary: Summary;
  /** Null where it was exported without. */
  readonly robust: RobustRecord | null;
  /** Hashes of its newest export. */
  readonly files: ManifestEntry["files"];
}

/** All exported grids judged, by name. */
export async function exportedGrids(results: string): Promise<ExportedGrid[]> {
  const entries = await manifestEntries(evidencePlaces(results, "").manifest);
  const grids = [...new Set(entries.map(({ grid }) => grid))].sort();
  return await Promise.all(grids.map(async (grid) => {
    const record = await loadRuns(evidencePlaces(results, grid).record), { files } = newestOf(entries, grid)!;
    return { summary: summarise(record), robust: await exportedRobust(record, results, files), files };
  }));
}

/** What an export held of a grid under other terms: what is tried later is in the paper from the next export on. */
export async function exportedRobust(
  record: EvidenceRecord,
  results: string,
  files: ManifestEntry["files"],
): Promise<RobustRecord | null> {
  const { robust } = evidencePlaces(results, record.grid);
  return listedName(robust, { results, paper: "" }) in files ? await loadRobust(record, results) : null;
}
