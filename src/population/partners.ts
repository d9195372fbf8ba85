/**
 * Which teams judge a changed agent: those of the iteration's draw that hold it. In a balanced square its partners
 * are spread evenly over the other roles.
 */
import type { Team } from "../events/iteration.ts";
import type { Role } from "../genome/role.ts";
import type { Draw } from "./design.ts";
import { teamOf } from "./members.ts";

/** Teams that judge a trader or a risk agent, whose series are cheap: up to five. */
const MOST = 5;
/** Teams that judge an analyst or a researcher, each of which takes a forecast of its own. */
const FEW = 2;

/** The teams that judge an agent, by its role and index. */
export type Partners = (role: Role, agent: number) => readonly Team[];

/**
 * The judges of every agent in a square: up to five teams of a trader or a risk agent, two of an analyst or a
 * researcher. The latter are ten of 25 teams that hold each analyst and each researcher twice, so that a team stands
 * for both of them and few forecasts are needed.
 *
 * @param draws A square (design.ts), labels permuted or not; in its order.
 * @param size Agents per role.
 */
export function partnersIn(draws: readonly Draw[], size: number): Partners {
  const teams = draws.map(teamOf);
  const few = twiceEach(teams, size);
  return (role, agent) => {
    const dear = role === "analyst" || role === "researcher";
    return (dear ? few : teams).filter((team) => team[role] === agent).slice(0, dear ? FEW : MOST);
  };
}

/**
 * Teams that hold each analyst and each researcher twice: with both numbered by when they first appear, those in which
 * the researcher has its analyst's number or the next one. A square of two classes is one of them as it is.
 */
function twiceEach(teams: readonly Team[], size: number): readonly Team[] {
  if (teams.length <= FEW * size) return teams;
  const numbers = (role: "analyst" | "researcher") => [...new Set(teams.map((team) => team[role]))];
  const [analysts, researchers] = [numbers("analyst"), numbers("researcher")];
  return teams.filter(({ analyst, researcher }) =>
    (researchers.indexOf(researcher) - analysts.indexOf(analyst) + size) % size < FEW
  );
}
