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
  /** Null outside a git checkout. */
  git: z.strictObject({ commit: z.string(), dirty: z.boolean() }).nullable(),
  /** Versions by name: the project, Deno, packages. */
  versions: z.record(z.string(), z.string()),
}).catchall(z.json());
export type Provenance = Readonly<z.output<typeof provenanceSchema>>;
