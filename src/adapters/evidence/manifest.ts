/** What was exported, by hash: one entry an export, each of which holds the hash of the one before. */
import * as z from "zod";
import { canonicalJson, hashJson } from "../../core/hash.ts";
import { UserError } from "../../core/user_error.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";
import { readJson } from "../files/json_file.ts";
import { exists } from "../runs/run_places.ts";

const hash = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256");
const entrySchema = z.strictObject({
  grid: z.string().min(1),
  gridHash: hash,
  trials: z.int().min(0),
  /** Name (results/..., paper/..., see listed_files.ts) -> SHA-256; the stored result first, then what was made from it. */
  files: z.record(z.string(), hash),
  previous: hash.nullable(),
  hash,
});
/** One export. */
export type ManifestEntry = Readonly<z.output<typeof entrySchema>>;
const manifestSchema = z.strictObject({ form: z.literal(1), entries: z.array(entrySchema) });

/** All entries, the first first; none where nothing was exported. @throws {UserError} If the chain is broken. */
export async function manifestEntries(file: string): Promise<readonly ManifestEntry[]> {
  if (!exists(file)) return [];
  const { entries } = await readJson(file, manifestSchema);
  entries.forEach((entry, i) => {
    const { hash, ...said } = entry;
    const previous = entries[i - 1]?.hash ?? null;
    if (hashJson(said) === hash && said.previous === previous) return;
    throw new UserError(
      `Cannot trust ${file} as each entry must hold its own hash and that of the one before: entry ${
        i + 1
      }, of ` +
        `${entry.grid}, was changed. Take the file back from the repository.`,
    );
  });
  return entries;
}

/** Appends an export. One that is as the newest of its grid changes nothing. */
export async function appendEntry(
  file: string,
  entry: Omit<ManifestEntry, "previous" | "hash">,
): Promise<void> {
  const entries = await manifestEntries(file);
  const newest = newestOf(entries, entry.grid);
  if (newest && canonicalJson(newest.files) === canonicalJson(entry.files)) return;
  const said = { ...entry, previous: entries.at(-1)?.hash ?? null };
  const all = [...entries, { ...said, hash: hashJson(said) }];
  await writeFileAtomic(
    file,
    `${canonicalJson({ form: 1, entries: all }).replaceAll('{"files"', '\n{"files"')}\n`,
  );
}

/** The newest entry of a grid. */
export function newestOf(entries: readonly ManifestEntry[], grid: string): ManifestEntry | undefined {
  return entries.findLast((entry) => entry.grid === grid);
}
