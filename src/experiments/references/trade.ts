import type { Pipeline } from "../../agents/agent.ts";
import { type Desk, passingMandateOf } from "../../agents/desk.ts";
import { plainSimulation, simulate } from "../../simulation/event_loop.ts";
import type { Mandate } from "../../simulation/mandate.ts";
import { type AccountSeries, seriesOfSimulation } from "../account_series.ts";

/**
 * A plan under limits in a fresh account from row `from` to the end, recorded in full.
 *
 * @param fills False where hundreds are traded and nobody asks for their fills.
 */
export function tradeMandate(desk: Desk, mandate: Mandate, from: number, fills = true): AccountSeries {
  const { arena, startingEquity } = desk;
  const simulation = simulate(arena, mandate.plan, mandate.limits, {
    ...plainSimulation,
    from,
    startingEquity,
    record: "full",
    trace: fills,
  });
  return seriesOfSimulation(simulation, arena);
}

/** One pipeline in a fresh account from row `from` to the end, recorded in full. */
export function tradePipeline(desk: Desk, pipeline: Pipeline, from: number, fills = true): AccountSeries {
  return tradeMandate(desk, passingMandateOf(desk, pipeline), from, fills);
}
