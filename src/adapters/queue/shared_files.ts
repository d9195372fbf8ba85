/** Where workers leave what is too large for a queue, and submitters find it: by the hash of its bytes. */
import { randomUUID } from "node:crypto";
import { UserError } from "../../core/user_error.ts";
import { atPath } from "../files/system_error.ts";
import { resultFiles, type ResultKind } from "../ledger/result_files.ts";

/** A place that all machines reach. */
export interface SharedFiles {
  /** Keeps bytes. @returns Their hash. */
  put(content: string | Uint8Array, kind: ResultKind): Promise<string>;
  /** The bytes of a hash. @throws {UserError} If they are not there, or are others. */
  read(hash: string, kind: ResultKind): Promise<Uint8Array>;
}

/** A folder, such as one of a network. */
export function sharedFolder(folder: string): SharedFiles {
  const files = resultFiles(folder);
  return {
    put: async (content, kind) => {
      try {
        return await files.put(content, kind);
      } catch (error) {
        throw atPath("write", folder, error);
      }
    },
    read: async (hash, kind) => await files.read(hash, kind),
  };
}

/**
 * Leaves a small file that nobody else has, before anything is sent or computed.
 *
 * @returns Its hash, by which others see whether they look at the same place.
 * @throws {UserError} If nothing can be written there.
 */
export async function markShared(shared: SharedFiles): Promise<string> {
  try {
    return await shared.put(`${randomUUID()}\n`, "json");
  } catch (error) {
    const { message } = error as Error;
    throw new UserError(`Cannot use --share as files must be written there: ${message}`, { cause: error });
  }
}
