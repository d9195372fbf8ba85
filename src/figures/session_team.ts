/** The champion of a paper session: one agent a role. */
import { formatTime } from "../core/time.ts";
import { signed } from "./format.ts";
import { left, right, sessionTable } from "./session_tables.ts";
import type { Table } from "./table.ts";

/** The champion's agent of one role. */
export interface TeamRow {
  readonly role: string;
  /** Name of its variant. */
  readonly agent: string;
  /** What the variant does, in a few words; empty if nobody says. */
  readonly summary: string;
  /** Its credit in the newest iteration, units of the score; null before the first. */
  readonly credit: number | null;
  /** Its place by credit among the agents of its role, 1 the best; null before the first iteration. */
  readonly place: number | null;
  /** Agents of its role. */
  readonly agents: number;
}

/** Whose decisions an account follows, by the setting `population.deploy`. */
const FOLLOWED: Readonly<Record<string, string>> = {
  champion: "The account follows it.",
  committee: "The account follows the committee, whose best team it is.",
  mirrored: "The account follows all teams, netted by their weights; it is the best one.",
};

/** The champion by role. @param since When it became champion, ms UTC. */
export function teamTable(team: readonly TeamRow[], since: number | null, deploy: string): Table {
  const caption = team.length === 0
    ? "None before the first bar."
    : `${since === null ? "" : `Champion since ${formatTime(since)} UTC. `}${FOLLOWED[deploy] ?? ""}`.trim();
  return sessionTable(
    "team",
    "Champion",
    caption,
    [
      left("Role", "In the order of the pipeline"),
      left("Agent", "Its variant"),
      left("What it does", "In a few words"),
      right("Credit", "In the newest iteration, units of the score"),
      right("Place", "By credit among the agents of its role"),
    ],
    team.map(({ role, agent, summary, credit, place, agents }) => [
      role,
      agent,
      summary,
      signed(credit, 3),
      place === null ? "–" : `${place} of ${agents}`,
    ]),
  );
}
