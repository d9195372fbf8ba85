/** What runs on one market earned by week, kept in their store: trading genomes again takes seconds a cell, reading takes none. */
import { join } from "node:path";
import * as z from "zod";
import { hashJson } from "../../core/hash.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";
import type { PlacedCell } from "../ledger/grid_table.ts";
import { storePlaces } from "../ledger/store_folder.ts";

/** Another way to part rows in weeks is another form, whose files are others. */
const FORM = 1;
const weeksSchema = z.strictObject({ weeks: z.array(z.number()), hash: z.string() })
  .refine(({ weeks, hash }) => hashJson(weeks) === hash);

/** What weeks follow from. */
type Traded = Pick<PlacedCell, "key" | "result" | "events">;

/**
 * The weeks of a cell as they are kept, else computed and kept. They are found by the hash of the cell, of its result and of its
 * events, so those of another run are never met; a file that was changed is computed again.
 */
export async function keptWeeks(store: string, cell: Traded, compute: () => number[]): Promise<number[]> {
  const path = weeksPath(store, cell), kept = await readWeeks(path);
  if (kept !== null) return kept;
  const weeks = compute();
  try {
    await writeFileAtomic(path, `${JSON.stringify({ weeks, hash: hashJson(weeks) })}\n`);
  } catch {
    return weeks; // a store that can be read alone: nothing is lost but the time of the next look
  }
  return weeks;
}

/** Where the weeks of a cell are kept. */
export function weeksPath(store: string, { key, result, events }: Traded): string {
  const address = hashJson({ form: FORM, key, result, events });
  return join(storePlaces(store).weeks, `${address}.json`);
}

/** Null where nothing is kept, or not what was written. */
async function readWeeks(path: string): Promise<number[] | null> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch {
    return null;
  }
  try {
    return weeksSchema.safeParse(JSON.parse(text)).data?.weeks ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
