import { UserError } from "../../core/user_error.ts";

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

/** Why the system refused, in its words; where the task's permissions did, what to do about it. */
export function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.NotCapable) {
    return "the tasks of this project may write below data/ and figures/ only. Take a folder there, or link one";
  }
  return error instanceof Error ? error.message : String(error);
}
