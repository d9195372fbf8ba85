/** Text that crosses the queue in few bytes. */
import { gunzipSync, gzipSync } from "node:zlib";
import { sha256 } from "../../core/hash.ts";
import { UserError } from "../../core/user_error.ts";

/** The longest text that is read: more than a result ever takes, less than would fill a memory. */
const MOST_BYTES = 32 * 2 ** 20;

/** Gzip in base64. */
export function packText(text: string): string {
  return gzipSync(text, { level: 1 }).toString("base64");
}

/** The text again. @throws {UserError} If its bytes have not the hash that was told of them. */
export function unpackText(packed: string, hash: string): string {
  let text: string;
  try {
    text = gunzipSync(Buffer.from(packed, "base64"), { maxOutputLength: MOST_BYTES }).toString();
  } catch (error) {
    throw new UserError("Cannot take a result from the queue as it must be packed by gzip: it is not", {
      cause: error,
    });
  }
  if (sha256(text) === hash) return text;
  throw new UserError(
    `Cannot take a result from the queue as its bytes must have the hash ${
      hash.slice(0, 10)
    }: they have another`,
  );
}
