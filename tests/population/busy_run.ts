import type { Role } from "popagent/genome/role.ts";
import type { Genome } from "popagent/genome/genome.ts";
import type { BarBook } from "popagent/simulation/bar_book.ts";
import type { StepResult } from "popagent/population/step.ts";
import { contextOf, steps } from "./small_run.ts";

export const ITERATIONS = 6;

/** A run in which every kind of change happens: lessons at k = 2 and 4, mutants beside them. */
export const BUSY = { transferTau: .4, diversityTrigger: 1.05 } as const;

export const busy: readonly StepResult[] = steps(contextOf(BUSY), ITERATIONS);

/** The genomes an iteration worked with, by role. */
export function genomesIn({ event }: StepResult, role: Role): Genome[] {
  return event.agents[role].map(({ variant, genome }) => ({ variant, coordinates: genome }));
}

/** The bars of all windows one after another. */
export function joined(
  results: readonly StepResult[],
  account: "champion" | "committee",
  column: keyof BarBook,
) {
  return Float64Array.from(results.flatMap(({ bars }) => [...bars[account][column]]));
}
