/** Proofs that go on where they stood: the markets of one are kept in a file as each is done. */
import type * as z from "zod";
import { writeFileAtomic } from "../adapters/files/atomic_file.ts";
import { readJson } from "../adapters/files/json_file.ts";
import { exists } from "../adapters/runs/run_places.ts";
import { canonicalJson } from "../core/hash.ts";
import { UserError } from "../core/user_error.ts";

/**
 * What the file holds, or `fresh` where there is none.
 *
 * @param madeBy What all markets of a file must share, such as the hash of their configuration.
 * @throws {UserError} If the file's markets were run under another configuration.
 */
export async function keptProof<Proof>(
  out: string,
  schema: z.ZodType<Proof>,
  fresh: Proof,
  madeBy: (proof: Proof) => unknown,
): Promise<Proof> {
  if (!exists(out)) return fresh;
  const before = await readJson(out, schema);
  if (canonicalJson(madeBy(before)) === canonicalJson(madeBy(fresh))) return before;
  throw new UserError(
    `Cannot go on with ${out} as its markets were run under another configuration: name another file by --out`,
  );
}

/** Writes what is done so far. */
export async function keepProof(out: string, proof: unknown): Promise<void> {
  await writeFileAtomic(out, `${canonicalJson(proof)}\n`);
}
