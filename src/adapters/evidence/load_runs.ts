/** Stored evidence, as notebooks and tables read it. */
import { join } from "node:path";
import { UserError } from "../../core/user_error.ts";
import {
  changedCells,
  type EvidenceRecord,
  evidenceRecordSchema,
} from "../../experiments/evidence/evidence_record.ts";
import { fromHere } from "../files/from_here.ts";
import { readJson } from "../files/json_file.ts";
import { PROJECT } from "../files/project.ts";
import { evidencePlaces, RESULTS_FOLDER } from "./places.ts";

/**
 * The runs of a finished grid from the file that `experiment export` wrote.
 *
 * @param grid Name of a grid whose evidence the project keeps, such as primary, or the path of such a file.
 * @throws {UserError} If the file is not there or of another form, or a cell is not as it was written; it is named.
 */
export async function loadRuns(grid: string, ...further: readonly never[]): Promise<EvidenceRecord> {
  if (typeof grid !== "string" || further.length > 0) {
    throw new RangeError(
      'Cannot load runs as loadRuns takes a name or a path alone: write loadRuns("primary"), or the path of the file ' +
        "that experiment export wrote. gridFrame(name, { store }) reads a store.",
    );
  }
  const file = /[/\\]|\.json$/.test(grid)
    ? grid
    : fromHere(evidencePlaces(join(PROJECT, RESULTS_FOLDER), grid).record);
  const record = await readJson(file, evidenceRecordSchema);
  const changed = changedCells(record);
  if (changed.length === 0) return record;
  throw new UserError(
    `Cannot read ${file} as every cell must be as it was written: ${changed.slice(0, 5).join(", ")} ` +
      `${changed.length > 1 ? "were" : "was"} changed. Export the grid again, or take the file back.`,
  );
}
