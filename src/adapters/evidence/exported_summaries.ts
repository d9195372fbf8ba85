import { summarise, type Summary } from "../../experiments/evidence/summarise.ts";
import { loadRuns } from "./load_runs.ts";
import { manifestEntries } from "./manifest.ts";
import { evidencePlaces } from "./places.ts";

/** All exported grids judged, by name. */
export async function exportedSummaries(results: string): Promise<Summary[]> {
  const entries = await manifestEntries(evidencePlaces(results, "").manifest);
  const grids = [...new Set(entries.map(({ grid }) => grid))].sort();
  return await Promise.all(
    grids.map(async (grid) => summarise(await loadRuns(evidencePlaces(results, grid).record))),
  );
}
