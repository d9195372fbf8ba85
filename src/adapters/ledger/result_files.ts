/** Files by content address: the name is the SHA-256 of the bytes, so what is read is what was written, or an error. */
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { sha256 } from "../../core/hash.ts";
import { UserError } from "../../core/user_error.ts";
import { atPath } from "../files/system_error.ts";

/** What results are written as. */
export type ResultKind = "json" | "parquet" | "jsonl";

/** Results below a folder. */
export interface ResultFiles {
  /** Keeps bytes. @returns Their hash. */
  put(content: string | Uint8Array, kind: ResultKind): string;
  /** True if the bytes of a hash are there and are those. */
  has(hash: string, kind: ResultKind): boolean;
  /** The bytes of a hash. @throws {UserError} If they are not there, or are others. */
  read(hash: string, kind: ResultKind): Uint8Array;
  path(hash: string, kind: ResultKind): string;
}

/**
 * Results as <folder>/<first two signs>/<hash>.<kind>. A kill leaves a whole file or none. Nothing is forced to the
 * disk: what a power cut takes is missed when it is next looked for, and computed again.
 */
export function resultFiles(folder: string): ResultFiles {
  const path = (hash: string, kind: ResultKind) => join(folder, hash.slice(0, 2), `${hash}.${kind}`);
  const bytesAt = (place: string): Uint8Array | null => {
    try {
      return Deno.readFileSync(place);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return null;
      throw atPath("read", place, error);
    }
  };
  const has = (hash: string, kind: ResultKind) => {
    const bytes = bytesAt(path(hash, kind));
    return bytes !== null && sha256(bytes) === hash;
  };
  return {
    path,
    has,
    put(content, kind) {
      const hash = sha256(content);
      const place = path(hash, kind);
      if (existsSync(place) && has(hash, kind)) return hash; // an error of a missing file costs more than the rest
      const temporary = join(folder, `.${randomUUID()}.tmp`);
      try {
        Deno.mkdirSync(dirname(place), { recursive: true });
        if (typeof content === "string") Deno.writeTextFileSync(temporary, content);
        else Deno.writeFileSync(temporary, content);
        Deno.renameSync(temporary, place);
      } catch (error) {
        throw atPath("write", place, error);
      }
      return hash;
    },
    read(hash, kind) {
      const place = path(hash, kind);
      const bytes = bytesAt(place);
      if (bytes !== null && sha256(bytes) === hash) return bytes;
      const found = bytes === null
        ? "it is not there"
        : `its bytes have the hash ${sha256(bytes).slice(0, 10)}`;
      throw new UserError(
        `Cannot read ${place} as its bytes must have the hash it is named by: ${found}. Run the grid again, which ` +
          "computes what is missing or changed.",
      );
    },
  };
}
