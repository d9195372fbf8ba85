/** Where workers leave what is too large for a queue, and submitters find it: by the hash of its bytes. */
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
    put: (content, kind) => Promise.resolve(files.put(content, kind)),
    read: (hash, kind) => Promise.resolve(files.read(hash, kind)),
  };
}
