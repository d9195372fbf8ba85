/** A learner's stored state: one file of JSON that knows its own hash, so that a damaged one is told from a whole one. */
import * as z from "zod";
import { sha256 } from "../../core/hash.ts";
import { strictJson } from "../../core/strict_json.ts";
import { UserError } from "../../core/user_error.ts";

const storedSchema = z.strictObject({
  /** Iterations whose lines count. */
  iterations: z.int().min(1),
  /** Hash over those lines. */
  lines: z.string(),
  state: z.unknown(),
  /** Hash of the three above. */
  sha256: z.string(),
});

/** A state, and how many iterations led to it. */
export type StoredState = Pick<z.output<typeof storedSchema>, "iterations" | "lines" | "state">;

/** The text of a state's file. @throws {RangeError} On a number that JSON would silently turn into null. */
export function storedStateText(stored: StoredState): string {
  return `${strictJson({ ...stored, sha256: hashOf(stored) })}\n`;
}

/** Reads a state's file. @throws {UserError} If it is not as it was written; the file is named. */
export function readStoredState(path: string): StoredState {
  const text = Deno.readTextFileSync(path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged(path, text.trim() === "" ? "it is empty" : "it is no JSON");
  }
  const parsed = storedSchema.safeParse(value);
  if (!parsed.success) {
    throw damaged(path, `it is no state of a learner (${parsed.error.issues[0]!.message})`);
  }
  const { sha256: stated, ...stored } = parsed.data;
  if (hashOf(stored) !== stated) throw damaged(path, "it is not what was written");
  return stored;
}

/** What is said of a checkpoint that cannot be trusted. */
export function damaged(path: string, why: string): UserError {
  return new UserError(
    `Cannot resume as ${path} must be as the run left it: ${why}. It was cut, changed or copied in part. ` +
      "Bring it back from a copy, or start the run again without --resume.",
  );
}

function hashOf({ iterations, lines, state }: StoredState): string {
  return sha256(strictJson({ iterations, lines, state }));
}
