/**
 * The places of a population: the teams of the unpermuted square, 9, 25 or 18 for 3, 5 or 9 agents a role. A place
 * is always the same agents by index, whatever an iteration draws and whatever their genomes have become, so that
 * places of two populations on one market can be paired.
 */
import { joinColumns } from "../core/number_table.ts";
import type { Pipeline } from "../agents/agent.ts";
import { type Desk, shadowReturns } from "../agents/desk.ts";
import type { Rows } from "../simulation/trade_rows.ts";
import { square } from "./design.ts";
import { type Members, teamOf, teamPipeline } from "./members.ts";

/** The pipelines at the places of a population, in the order of the square. */
export function placePipelines(members: Members): Pipeline[] {
  return square(members.analyst.length).map((draw) => teamPipeline(members, teamOf(draw)));
}

/**
 * What each place earns in rows that follow a decision: the returns there of the shadow account of the genomes that
 * stood at the decision. Nobody has scored or taught by these rows yet, so a mean over them does not rise by
 * selection alone. A place whose genomes have changed goes over to the shadow account of the new ones, free of cost.
 *
 * @param members The agents at the decision.
 * @returns Simple net returns by place; each of shape [to - from].
 */
export function placeReturns(desk: Desk, members: Members, { from, to }: Rows): Float64Array[] {
  return placePipelines(members).map((pipeline) => shadowReturns(desk, pipeline).slice(from, to));
}

/** The returns of places over stretches of rows, one after another. Without any, without places. */
export function joinPlaces(stretches: readonly (readonly Float64Array[])[]): Float64Array[] {
  const [first = []] = stretches;
  return first.map((_, place) => joinColumns(stretches.map((stretch) => stretch[place]!)));
}
