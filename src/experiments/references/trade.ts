import type { Pipeline } from "../../agents/agent.ts";
import { type Desk, mandateOf } from "../../agents/desk.ts";
import { plainSimulation, simulate } from "../../simulation/event_loop.ts";
import type { Mandate } from "../../simulation/mandate.ts";
import { type AccountSeries, seriesOfSimulation } from "../account_series.ts";

/** A plan under limits in a fresh account from row `from` to the end, recorded in full. */
export function tradeMandate(desk: Desk, mandate: Mandate, from: number): AccountSeries {
  return seriesOfSimulation(
    simulate(desk.arena, mandate.plan, mandate.limits, {
      ...plainSimulation,
      from,
      startingEquity: desk.startingEquity,
      record: "full",
    }),
  );
}

/** One pipeline in a fresh account from row `from` to the end, recorded in full. */
export function tradePipeline(desk: Desk, pipeline: Pipeline, from: number): AccountSeries {
  return tradeMandate(desk, mandateOf(desk, pipeline), from);
}
