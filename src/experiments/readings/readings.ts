import type { NumberTable } from "../../core/number_table.ts";
import type { IterationEvent } from "../../events/iteration.ts";
import { agentPerformance } from "./agent_performance.ts";
import { researcherQualities } from "./researcher_quality.ts";
import type { AgentPerformance, ResearcherQuality } from "./schema.ts";

/** What was read off of agents one by one, and what it comes to. */
export interface Readings {
  /** `agents` and `forecasts`, as `readIteration` describes them; rows before the reported ones are history. */
  readonly tables: Readonly<Record<string, NumberTable>>;
  readonly agentPerformance: readonly AgentPerformance[];
  readonly researcherQuality: readonly ResearcherQuality[];
}

/**
 * The readings of a population.
 *
 * @param from First reported row.
 */
export function populationReadings(
  tables: Readonly<Record<string, NumberTable>>,
  iterations: readonly IterationEvent[],
  from: number,
): Readings {
  const last = iterations.at(-1)!;
  return {
    tables,
    agentPerformance: agentPerformance(tables.agents!, last, from),
    researcherQuality: researcherQualities(
      tables.forecasts!,
      last.agents.researcher.map(({ variant }) => variant),
      from,
    ),
  };
}

/** The readings of one pipeline: its researcher's forecasts. */
export function pipelineReadings(forecasts: NumberTable, researcher: string, from: number): Readings {
  return {
    tables: { forecasts },
    agentPerformance: [],
    researcherQuality: researcherQualities(forecasts, [researcher], from),
  };
}
