/** What crosses the queue: data alone, read by schemas on both sides. */
import * as z from "zod";
import { isDeepStrictEqual } from "node:util";
import { UserError } from "../../core/user_error.ts";
import { type PopulationRunConfig, populationRunConfig, settingsSchema } from "../../experiments/config.ts";
import { JOB_NAMES } from "../../experiments/jobs/registry.ts";
import { CELL_PARTS, type CellRequest } from "../../experiments/ports/cells.ts";

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in hex");
const lineSchema = z.string().max(4096).regex(/^\P{Cc}*$/u, "must be one line");

const seedSchema = settingsSchema.shape.seed;
const seedsSchema = z.looseObject({ seed: seedSchema, market: z.looseObject({ seed: seedSchema }) });

/** Settings that were read before, as text without their seeds: the cells of an arm differ in those alone. */
const readBefore = new Set<string>();
const MOST_KEPT = 1000;

/** Settings of a run, as the same schema reads them from files: all of them, and nothing else. */
const runConfigSchema = z.unknown().transform((given, context): PopulationRunConfig => {
  const seeds = seedsSchema.safeParse(given);
  const text = seeds.success
    ? JSON.stringify({ ...seeds.data, seed: 0, market: { ...seeds.data.market, seed: 0 } })
    : null;
  if (text !== null && readBefore.has(text)) return given as PopulationRunConfig;
  const read = settingsSchema.safeParse(given);
  if (!read.success) {
    context.addIssue({ code: "custom", message: z.prettifyError(read.error) });
    return z.NEVER;
  }
  const config = populationRunConfig(read.data);
  if (!isDeepStrictEqual(config, given)) {
    const message = "must be the settings of a population run, each of them written out";
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  }
  if (readBefore.size === MOST_KEPT) readBefore.clear();
  readBefore.add(text!);
  return config;
});

/** A cell on its way to a worker. */
export const cellJobSchema = z.strictObject({
  version: z.literal(2),
  /** Where it stands in its grid, and the command line that runs it alone: shown, never run. */
  label: lineSchema,
  again: lineSchema,
  /** Hash of the source by which it is to be run. */
  code: hashSchema,
  /** Hash of a file that its submitter left in the shared place: who does not find it there looks elsewhere. */
  mark: hashSchema,
  request: z.strictObject({
    key: hashSchema,
    jobs: z.array(z.enum(JOB_NAMES)).min(1).max(JOB_NAMES.length),
    config: runConfigSchema,
    rowsHash: hashSchema,
    keep: z.array(z.enum(CELL_PARTS)).max(CELL_PARTS.length),
  }),
});
export type CellJob = Readonly<z.output<typeof cellJobSchema>>;

/** What a worker answers: what the cell left, each part by the hash of its bytes. */
export const cellReplySchema = z.strictObject({
  result: hashSchema,
  /** The result itself, packed (packed_text.ts); null where it is too long and lies with the series. */
  packed: z.string().nullable(),
  series: hashSchema.nullable(),
  events: hashSchema.nullable(),
  cost: z.strictObject({ cpuSeconds: z.number().min(0), wallSeconds: z.number().min(0) }),
  /** Who ran it, and how often it was begun: more than once where its worker was lost. */
  worker: lineSchema,
  starts: z.int().min(1),
});
export type CellReply = Readonly<z.output<typeof cellReplySchema>>;

const keysSchema = z.array(hashSchema);

/** The cells that a message says nobody waits for; none where it is no such message. */
export function keysGivenUp(message: string): readonly string[] {
  try {
    return keysSchema.parse(JSON.parse(message));
  } catch {
    return []; // whoever can write to the server may not end workers by it
  }
}

/** What is told of a cell under way. */
export const cellNewsSchema = z.union([
  z.strictObject({ done: z.number(), total: z.number() }),
  z.strictObject({ refused: lineSchema }),
]);
export type CellNews = Readonly<z.output<typeof cellNewsSchema>>;

/**
 * A request as it is sent.
 *
 * @throws {UserError} If it needs an opening of sealed data, whose uses are logged in one place alone.
 */
export function cellJob(
  { request, ...place }: Omit<CellJob, "version" | "request"> & { readonly request: CellRequest },
): CellJob {
  const { key, jobs, config, rowsHash, keep, opening } = request;
  if (opening !== null) {
    throw new UserError(
      "Cannot send cells to a queue as none of their rows may be sealed: every use of an opening is logged in one " +
        "place. Run this grid without --queue.",
    );
  }
  return { version: 2, ...place, request: { key, jobs: [...jobs], config, rowsHash, keep: [...keep] } };
}

/** Reads what a queue holds under a key. @throws {UserError} If it is no such cell, with what is wrong with it. */
export function readCellJob(key: string | undefined, data: unknown): CellJob {
  const read = cellJobSchema.safeParse(data);
  if (!read.success) {
    throw new UserError(
      `Cannot run a cell of the queue as it must be one of this version: ${z.prettifyError(read.error)}`,
    );
  }
  if (read.data.request.key === key) return read.data;
  throw new UserError(
    "Cannot run a cell of the queue as it must stand under its own hash: it stands under another",
  );
}
