/** Stored evidence, as notebooks and tables read it. */
import { UserError } from "../../core/user_error.ts";
import {
  changedCells,
  type EvidenceRecord,
  evidenceRecordSchema,
} from "../../experiments/evidence/evidence_record.ts";
import { readJson } from "../files/json_file.ts";

/**
 * The runs of a finished grid from the file that `experiment export` wrote, such as results/primary.json.
 *
 * @throws {UserError} If the file is not there or of another form, or a cell is not as it was written; it is named.
 */
export async function loadRuns(file: string): Promise<EvidenceRecord> {
  const record = await readJson(file, evidenceRecordSchema);
  const changed = changedCells(record);
  if (changed.length === 0) return record;
  throw new UserError(
    `Cannot read ${file} as every cell must be as it was written: ${changed.slice(0, 5).join(", ")} ` +
      `${changed.length > 1 ? "were" : "was"} changed. Export the grid again, or take the file back.`,
  );
}
