import { UserError } from "../../core/user_error.ts";
import { reasonOf } from "./system_error.ts";

export { reasonOf } from "./system_error.ts";

/**
 * Makes sure, before any work, that a folder can be written to; it is made if it is missing.
 *
 * @throws {UserError} If it cannot be made or written to.
 */
export async function requireWritableFolder(folder: string): Promise<void> {
  try {
    await Deno.mkdir(folder, { recursive: true });
    await Deno.remove(await Deno.makeTempDir({ dir: folder, prefix: ".writable-" }));
  } catch (error) {
    throw new UserError(
      `Cannot write to ${folder} as it must be a folder that may be written to: ${reasonOf(error)}`,
    );
  }
}
