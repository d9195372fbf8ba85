/** A folder of bars that a cell names. */
import { resolve } from "node:path";
import { UserError } from "../../core/user_error.ts";
import { ruleOf } from "../files/system_error.ts";

/**
 * Makes sure that a folder of bars is there.
 *
 * @throws {UserError} It says where it was looked for.
 */
export async function requireBarsFolder(folder: string): Promise<void> {
  let fault: string;
  try {
    if ((await Deno.stat(folder)).isDirectory) return;
    fault = "that is a file";
  } catch (error) {
    fault = error instanceof Deno.errors.NotFound ? "nothing is there" : ruleOf(error);
  }
  throw new UserError(
    `Cannot load bars as ${JSON.stringify(folder)} must be a folder: looked at ${
      resolve(folder)
    }, and ${fault}. ` +
      "Paths count from the working folder, a notebook's is its own. deno task fetch gets bars from Bybit, popagent " +
      "data import takes files of other sources, and { synthetic: {} } needs none.",
  );
}
