/** How often genomes were to change in a run, and how often they did. */
import * as z from "zod";
import type { Immutable } from "../core/immutable.ts";
import { byRole, type Role, ROLES } from "../genome/role.ts";
import type { IterationEvent } from "./iteration.ts";

const count = z.int().min(0);

/** Counts of one role, or of all together. */
export const changeCountsSchema = z.strictObject({
  transfers: z.strictObject({
    taken: count.describe("Lessons that changed their student, or were to at a tau of 0"),
    refused: count.describe("Lessons that their test refused"),
  }),
  mutations: z.strictObject({
    tried: count.describe("Mutants that were tested"),
    kept: count.describe("Mutants that raised the mean score of their agent's partners"),
    refused: count.describe("Mutants that did not: those tried less those kept"),
    untested: count.describe("Mutants that were taken without passing a test"),
    fired: count.describe("Iterations in which somebody mutated"),
  }),
});
/** Counts of changes; see the schema above. */
export type ChangeCounts = Immutable<z.output<typeof changeCountsSchema>>;

/** Counts of every role. */
export const roleChangesSchema = z.record(z.enum(ROLES), changeCountsSchema);
/** Counts of every role; see the schema above. */
export type RoleChanges = Immutable<z.output<typeof roleChangesSchema>>;

/** Counts the changes of a run by role. */
export function countChanges(
  iterations: readonly Pick<IterationEvent, "transfers" | "mutations" | "refused">[],
): RoleChanges {
  return byRole((role) => countOf(iterations, role));
}

/** Counts of all roles together; an iteration in which several roles mutated counts once for each. */
export function totalChanges(changes: RoleChanges): ChangeCounts {
  return sumChanges(ROLES.map((role) => changes[role]));
}

/** Counts added up. */
export function sumChanges(all: readonly ChangeCounts[]): ChangeCounts {
  const sum = (of: (counts: ChangeCounts) => number) => all.reduce((total, one) => total + of(one), 0);
  return {
    transfers: { taken: sum((one) => one.transfers.taken), refused: sum((one) => one.transfers.refused) },
    mutations: {
      tried: sum((one) => one.mutations.tried),
      kept: sum((one) => one.mutations.kept),
      refused: sum((one) => one.mutations.refused),
      untested: sum((one) => one.mutations.untested),
      fired: sum((one) => one.mutations.fired),
    },
  };
}

function countOf(
  iterations: readonly Pick<IterationEvent, "transfers" | "mutations" | "refused">[],
  role: Role,
): ChangeCounts {
  const own = <One extends { readonly role: Role }>(all: readonly One[]) =>
    all.filter((one) => one.role === role);
  const transfers = own(iterations.flatMap((one) => one.transfers));
  const mutations = own(iterations.flatMap((one) => one.mutations));
  const refused = own(iterations.flatMap((one) => one.refused));
  const refusedLessons = refused.filter(({ change }) => change === "transfer").length;
  const kept = mutations.filter(({ outcome }) => outcome === "kept").length;
  const refusedMutants = refused.filter(({ change }) => change === "mutation");
  const tried = [...mutations, ...refusedMutants].reduce((sum, { tries }) => sum + tries, 0);
  return {
    transfers: { taken: transfers.length, refused: refusedLessons },
    mutations: {
      tried,
      kept,
      refused: tried - kept,
      untested: mutations.length - kept,
      fired: iterations.filter((one) => own(one.mutations).length > 0).length,
    },
  };
}
