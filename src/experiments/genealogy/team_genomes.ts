/** The genes of a team as an iteration recorded them. */
import type { IterationEvent, Team } from "../../events/iteration.ts";
import { byRole } from "../../genome/role.ts";
import type { TeamGenomes } from "../../population/state.ts";

export type { TeamGenomes } from "../../population/state.ts";

/** The genes of a team, by role, as they stood in an iteration. */
export function teamGenomesOf({ agents }: Pick<IterationEvent, "agents">, team: Team): TeamGenomes {
  return byRole((role) => {
    const { variant, genome } = agents[role][team[role]]!;
    return { variant, coordinates: genome };
  });
}
