/** The record of a transfer step: which genomes changed, by whom and why, and which stayed because a test said so. */
import type { Genome } from "../genome/genome.ts";
import type { Role } from "../genome/role.ts";
import type { MutationEvent, RefusalEvent, TransferEvent } from "../events/iteration.ts";
import type { TrialScores } from "./judge.ts";
import type { Lesson } from "./lessons.ts";

/** What a transfer step did, in the order in which it happened. */
export interface Changes {
  readonly transfers: readonly TransferEvent[];
  readonly mutations: readonly MutationEvent[];
  readonly refused: readonly RefusalEvent[];
}

/** Why a mutant took its agent's place, and how it was judged. */
export type MutationReason = Pick<MutationEvent, "cause" | "tries" | "scores">;

/** A record that is empty yet. */
export function createChanges() {
  const transfers: TransferEvent[] = [];
  const mutations: MutationEvent[] = [];
  const refused: RefusalEvent[] = [];
  const link = (own: Genome, next: Genome) => ({ before: own.coordinates, after: next.coordinates });
  return {
    taught: (role: Role, operator: string, lesson: Lesson, scores: TrialScores | null) => {
      const { teacher, student, tau, outputDistance, own, genome } = lesson;
      transfers.push({ role, teacher, student, operator, tau, ...link(own, genome), outputDistance, scores });
    },
    mutated: (role: Role, agent: number, own: Genome, next: Genome, reason: MutationReason) => {
      const kept = reason.cause === "tested" || reason.cause === "suggested";
      mutations.push({
        role,
        agent,
        ...link(own, next),
        outcome: kept ? "kept" : "untested",
        ...reason,
      });
    },
    refused: (
      change: RefusalEvent["change"],
      role: Role,
      agent: number,
      own: Genome,
      next: Genome,
      tries: number,
      scores: TrialScores | null,
    ) => {
      refused.push({ change, role, agent, ...link(own, next), tries, scores });
    },
    all: (): Changes => ({ transfers, mutations, refused }),
  };
}
/** A record of changes that is being written. */
export type ChangeRecord = ReturnType<typeof createChanges>;
