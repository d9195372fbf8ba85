/** Who traded when in a stored run, so that its account can be traded anew. */
import { type Pipeline, pipelineKey, pipelineOf } from "../../agents/agent.ts";
import { type Desk, mandateOf } from "../../agents/desk.ts";
import { needsOf } from "../../agents/variant.ts";
import { UserError } from "../../core/user_error.ts";
import type { IterationEvent, Team } from "../../events/iteration.ts";
import { byRole, ROLES } from "../../genome/role.ts";
import { committeeMandate } from "../../population/committee.ts";
import { committeeKey } from "../../population/decide.ts";
import type { DeployedAccount } from "../../population/state.ts";
import type { Mandate } from "../../simulation/mandate.ts";

/** Rows from..to-1 that one team trades, or one committee of teams. */
export interface TeamWindow {
  readonly from: number;
  readonly to: number;
  readonly teams: readonly Pipeline[];
  /** True if the account trades the mean wish of its teams, be it of one alone; false for a single team's own. */
  readonly committee: boolean;
  /** True if others traded before. */
  readonly adopts: boolean;
}

/** The window of a team alone. */
export function teamWindow(from: number, to: number, team: Pipeline, adopts: boolean): TeamWindow {
  return { from, to, teams: [team], committee: false, adopts };
}

/** What the account of a window trades. */
export function windowMandate(desk: Desk, { from, to, teams, committee }: TeamWindow): Mandate {
  return committee ? committeeMandate(desk, teams, from - 1, to - 1) : mandateOf(desk, teams[0]!);
}

/** The windows of a population's deployed account, from what was recorded of each iteration. */
export function deployedWindows(events: readonly IterationEvent[], account: DeployedAccount): TeamWindow[] {
  let before = "";
  return events.map((event) => {
    const committee = account === "committee";
    const teams = (committee ? event.committee : [event.champion]).map((team) => recordedTeam(event, team));
    teams.forEach(requireRowsAlone);
    const key = committee ? committeeKey(teams) : pipelineKey(teams[0]!);
    const adopts = key !== before;
    before = key;
    return { from: event.row + 1, to: event.lastRow + 1, teams, committee, adopts };
  });
}

function recordedTeam({ agents }: IterationEvent, team: Team): Pipeline {
  return pipelineOf(byRole((role) => {
    const { variant, genome } = agents[role]![team[role]!]!;
    return { variant, coordinates: genome };
  }));
}

function requireRowsAlone(pipeline: Pipeline): void {
  for (const role of ROLES) {
    const variant = pipeline[role]!.variant;
    if (!needsOf(variant).includes("proposals")) continue;
    throw new UserError(
      `Cannot explain this run as its agents must have decided from rows alone: ${variant.name} was told from outside, ` +
        "and what it was told is not kept",
    );
  }
}
