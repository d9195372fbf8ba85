/** Whose genes agents carry: each began as itself, and lessons mix in their teachers' genes. */
import type { IterationEvent, TransferEvent } from "../../events/iteration.ts";
import type { Role } from "../../genome/role.ts";

/** Shares of the founders in each agent's genes, by iteration; [iteration][agent][founder], each sums to 1. */
export type Ancestry = readonly (readonly (readonly number[])[])[];

/**
 * Follows the founders of a role through all lessons. What a lesson mixed in is measured, whatever its operator: the share m
 * of the way to the teacher that the student's genes moved, so that its shares become (1 - m) its own + m the teacher's.
 * Mutation changes genes and not whose they are.
 *
 * @param events The iterations of a run, in order.
 * @param common How many genes of a genome are the role's common ones, which lessons move; they come first.
 */
export function ancestryOf(events: readonly IterationEvent[], role: Role, common: number): Ancestry {
  const agents = events[0]?.agents[role].length ?? 0;
  let shares: readonly (readonly number[])[] = Array.from(
    { length: agents },
    (_, i) => Array.from({ length: agents }, (_, founder) => founder === i ? 1 : 0),
  );
  return events.map((event) => {
    const now = shares, after = [...now];
    for (const lesson of event.transfers) {
      if (lesson.role !== role) continue;
      const teacher = event.agents[role][lesson.teacher]!.genome;
      const mixed = mixedIn(lesson, teacher, common);
      after[lesson.student] = now[lesson.student]!.map((own, founder) =>
        (1 - mixed) * own + mixed * now[lesson.teacher]![founder]!
      );
    }
    shares = after;
    return now;
  });
}

/** How far along the way to the teacher a lesson moved its student, in [0, 1]: the projection on that way. */
function mixedIn({ before, after }: TransferEvent, teacher: readonly number[], common: number): number {
  let along = 0, whole = 0;
  for (let i = 0; i < common; i++) {
    const way = teacher[i]! - before[i]!;
    along += way * (after[i]! - before[i]!);
    whole += way * way;
  }
  return whole > 0 ? Math.max(0, Math.min(1, along / whole)) : 0;
}
