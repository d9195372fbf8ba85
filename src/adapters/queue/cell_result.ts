import { UserError } from "../../core/user_error.ts";
import type { CellRequest } from "../../experiments/ports/cells.ts";
import { runResultSchema } from "../../experiments/result.ts";
import { trialConfigHash } from "../../experiments/trials.ts";
import { checked, parsedJson } from "../files/json_file.ts";

const PLACE = "a result that a worker sent";

/**
 * Looks at a result by the schema that reads results from files: its hash says that it is what the worker sent, not that
 * it is an answer.
 *
 * @throws {UserError} If it is no result, or one of other settings, another seed or other rows.
 */
export function requireResultOf({ config, rowsHash }: CellRequest, text: string): void {
  const result = checked(PLACE, runResultSchema, parsedJson(PLACE, text));
  const wanted = { configHash: trialConfigHash(config), seed: config.seed, rowsHash };
  for (const [name, value] of Object.entries(wanted)) {
    if (result[name as keyof typeof wanted] === value) continue;
    throw new UserError(`Cannot take ${PLACE} as it must be that of its cell: it has another ${name}`);
  }
}
