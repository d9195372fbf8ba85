/** What a stored run learned, asked in a cell: schedules replayed, branches, lesions. */
import { withSummary } from "../adapters/notebook/cell_summary.ts";
import type { StoredRun } from "../adapters/runs/run_files.ts";
import { type Branch, branchRun } from "../experiments/genealogy/branch.ts";
import { LEFT_OUT, type LeftOut } from "../experiments/genealogy/intervention.ts";
import { type Lesion, lesionsOf } from "../experiments/genealogy/lesions.ts";
import { agentsNamed, rolesNamed } from "../experiments/genealogy/named_agents.ts";
import { type Replay, REPLAYS, replaySchedule } from "../experiments/genealogy/replay_schedule.ts";
import { leftOutText } from "../figures/branch.ts";
import type { Role } from "../genome/role.ts";
import { requireStoredRun } from "./explain_stored.ts";
import { requireKeys, requireKnown } from "../core/known_names.ts";
import { inNotebookWords } from "./said_in_notebook.ts";
import { opened, PLACES, type StoredPlaces } from "./stored_places.ts";

/** Whose schedule, and how much of it. */
export interface ReplayRequest extends StoredPlaces {
  /** Agents in the place of the last champion's, by variant or place. */
  readonly agents?: Readonly<Partial<Record<Role, string | number>>>;
  /** Roles that follow the schedule; the others keep their first genes. All unless given. */
  readonly roles?: readonly Role[];
}

/** What is left out of a run, and when. */
export interface BranchRequest extends StoredPlaces {
  /** Lessons, mutants, or both. */
  readonly without: LeftOut;
  /** The iteration, or several. */
  readonly at: number | readonly number[];
  /** Roles for which all learning is left out; with `without: "learning"` alone. */
  readonly roles?: readonly Role[];
}

/**
 * Trades the schedule of a run's winner on a single agent, beside its first and its last genes.
 *
 * @throws {UserError} If rows or account are not what the run had, or there is no such agent.
 */
export async function replayWinner(run: StoredRun, request: ReplayRequest = {}): Promise<Replay> {
  const EXAMPLE = 'replayWinner(run, { roles: ["trader"] })';
  requireStoredRun(run, "replay", EXAMPLE);
  requireKeys(`Cannot replay, ${EXAMPLE}, as the request`, request, [...PLACES, "agents", "roles"]);
  const { agents = {}, roles } = request;
  return await inNotebookWords(async () => {
    const population = await opened(run, request, "replay", EXAMPLE);
    const replay = replaySchedule(population, {
      agents: agentsNamed(population.iterations.at(-1)!, agents),
      ...(roles ? { roles: rolesNamed(roles) } : {}),
    });
    return withSummary(
      replay,
      ({ schedules }) =>
        schedules.map(({ name, metrics }) =>
          `${REPLAYS[name]}: annual Sharpe ratio ${metrics.sharpe.toFixed(2)}`
        ),
    );
  });
}

/**
 * Runs a stored population again without what it learned in some iterations; it takes as long as its population did.
 *
 * @throws {UserError} If nothing was learned there, or rows or accounts before it are not what the run had.
 */
export async function branch(run: StoredRun, request: BranchRequest): Promise<Branch> {
  const EXAMPLE = 'branch(run, { without: "transfer", at: 10 })';
  requireStoredRun(run, "branch", EXAMPLE);
  requireKeys(`Cannot branch, ${EXAMPLE}, as the request`, request, [...PLACES, "without", "at", "roles"]);
  requireKnown(`Cannot branch, ${EXAMPLE}, as without`, request.without, LEFT_OUT);
  const { without, at, roles } = request;
  return await inNotebookWords(async () => {
    const population = await opened(run, request, "branch", EXAMPLE);
    const found = branchRun(population, {
      without,
      at: typeof at === "number" ? [at] : [...new Set(at)].sort((a, b) => a - b),
      ...(roles ? { roles: rolesNamed(roles) } : {}),
    });
    return withSummary(found, (one) => [
      `The run ${
        leftOutText(one)
      }: ${one.leftOut.lessons} lessons, ${one.leftOut.mutants} mutants left out; ` +
      `the first ${one.sameRows} reported bars are the same`,
    ]);
  });
}

/**
 * Runs a stored population again once a role, each time with that role's genes as they began; as long as that many
 * populations.
 *
 * @throws {UserError} If rows or accounts are not what the run had.
 */
export async function lesions(run: StoredRun, request: StoredPlaces = {}): Promise<readonly Lesion[]> {
  const EXAMPLE = "lesions(run)";
  requireStoredRun(run, "lesion", EXAMPLE);
  requireKeys(`Cannot lesion, ${EXAMPLE}, as the request`, request, PLACES);
  return await inNotebookWords(async () => lesionsOf(await opened(run, request, "lesion", EXAMPLE)));
}
