/** Where evidence lies: small enough to be kept in the repository. */
import { join } from "node:path";

/** Folder of stored evidence, unless another is named. */
export const RESULTS_FOLDER = "results";

/** Files of a grid's evidence. */
export function evidencePlaces(folder: string, grid: string) {
  return {
    record: join(folder, `${grid}.json`),
    registration: join(folder, "registrations", `${grid}.json`),
    robust: join(folder, `${grid}_robust.json`),
    manifest: join(folder, "manifest.json"),
  };
}
