import { join } from "node:path";
import { UserError } from "../../core/user_error.ts";
import type { EvidenceRecord } from "../../experiments/evidence/evidence_record.ts";
import {
  type RobustRecord,
  robustSchema,
  strangers,
} from "../../experiments/evidence/robust/robust_record.ts";
import { fromHere } from "../files/from_here.ts";
import { PROJECT } from "../files/project.ts";
import { readJson } from "../files/json_file.ts";
import { exists } from "../runs/run_places.ts";
import { evidencePlaces, RESULTS_FOLDER } from "./places.ts";

/**
 * What is stored of a grid traded again under other terms; null where it was not tried.
 *
 * @param record The grid, as `loadRuns` gives it.
 * @param results Folder of stored evidence; that of the project where left out.
 * @throws {UserError} If what is stored is about other cells than the grid's: they are named.
 */
export async function loadRobust(
  record: EvidenceRecord,
  results: string = fromHere(join(PROJECT, RESULTS_FOLDER)),
): Promise<RobustRecord | null> {
  const { robust: file } = evidencePlaces(results, record.grid);
  if (!exists(file)) return null;
  const robust = await readJson(file, robustSchema), others = strangers(record, robust);
  if (others.length === 0) return robust;
  throw new UserError(
    `Cannot read ${file} as it must be about the cells of ${record.grid}: ${
      others.slice(0, 3).join(", ")
    } were traded ` +
      "again from other results. Try the grid under other terms again.",
  );
}
