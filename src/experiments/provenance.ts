import * as z from "zod";

/**
 * provenance.json: where a run came from. It is no part of the deterministic bytes. What stands here must be
 * there; a run may add what else it knows (trial number, tokens and dollars ...). Its configuration and the hash of
 * its rows stand in its result.
 */
export const provenanceSchema = z.object({
  /** ISO time at which the run started, UTC. */
  startedAt: z.iso.datetime(),
  wallSeconds: z.number().min(0),
  /** Counts the runs that were finished in a folder of runs: the newest has the highest, whatever clocks say. */
  sequence: z.int().min(0).default(0),
  /**
   * The commit that was checked out, and what git calls the source as it was: `git rev-parse <commit>:src` says the
   * same if nothing was changed. Null outside a git checkout.
   */
  git: z.strictObject({ commit: z.string(), sourceTree: z.string() }).nullable(),
  /** Versions by name: the project, Deno, packages. */
  versions: z.record(z.string(), z.string()),
}).catchall(z.json());
/**
 * Where a run came from.
 *
 * @internal
 */
export type Provenance = Readonly<z.output<typeof provenanceSchema>>;
