import type { IterationEvent } from "../events/iteration.ts";
import type { Role } from "../genome/role.ts";
import { decimal, percent } from "./format.ts";
import type { CellsHover } from "./hover.ts";
import { iterationAxis, spans } from "./iteration_axis.ts";

/** What a pointer reads in a role's lanes: a reign and its credit, or how often the lane's agent reigned at all. */
export function championsHover(
  events: readonly IterationEvent[],
  role: Role,
  agents: readonly string[],
): CellsHover {
  const { domain } = iterationAxis(events, 1);
  const credit = (k: number, agent: number) =>
    `credit ${decimal(events.find((event) => event.k === k)!.agents[role][agent]!.credit, 4)}`;
  const reigns = agents.flatMap((name, agent) =>
    spans(events, (event) => event.champion[role] === agent).map(({ first, last }) => ({
      x: [first - 0.5, last + 0.5] as const,
      y: agent,
      head: name,
      texts: first === last ? [`iteration ${first}`, credit(first, agent)] : [
        `iterations ${first} to ${last}`,
        `${credit(first, agent)} at first`,
        `${credit(last, agent)} at last`,
      ],
    }))
  );
  const lanes = agents.map((name, agent) => ({
    x: domain,
    y: agent,
    head: name,
    texts: [
      `champion in ${
        percent(events.filter((event) => event.champion[role] === agent).length / events.length, 0)
      } of iterations`,
    ],
  }));
  return { kind: "cells", cells: [...reigns, ...lanes] };
}
