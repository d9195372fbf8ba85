/** What a stored run learned, asked in a cell: schedules replayed, branches, specialists, effects of roles. */
import { loadRunExtensions } from "../adapters/extensions/stored_extensions.ts";
import { withSummary } from "../adapters/notebook/cell_summary.ts";
import type { StoredRun } from "../adapters/runs/run_files.ts";
import { runMarket } from "../experiments/explain/explain_run.ts";
import { type Branch, branchRun, LEFT_OUT, type LeftOut } from "../experiments/genealogy/branch.ts";
import { type Lesion, lesionsOf } from "../experiments/genealogy/lesions.ts";
import { agentsNamed, rolesNamed } from "../experiments/genealogy/named_agents.ts";
import { type Niches, nichesOf } from "../experiments/genealogy/niches.ts";
import { type Replay, REPLAYS, replaySchedule } from "../experiments/genealogy/replay_schedule.ts";
import { type RoleEffects, roleEffects as effectsOfField } from "../experiments/genealogy/role_effects.ts";
import {
  REGIME_KINDS,
  type RegimeKind,
  type Specialists,
  specialists as partAgents,
} from "../experiments/genealogy/specialists.ts";
import { openStoredPopulation, type StoredPopulation } from "../experiments/genealogy/stored_population.ts";
import { leftOutText } from "../figures/branch.ts";
import type { Role } from "../genome/role.ts";
import type { Panel } from "../market/panel.ts";
import { marketRegimes } from "../market/regimes.ts";
import { requireStoredRun, storedBars } from "./explain_stored.ts";
import { requireKeys, requireKnown } from "./known_names.ts";
import type { Market } from "./market.ts";
import { inNotebookWords } from "./said_in_notebook.ts";

/** Bytes of series that the agents of a run may keep. */
const MEMO_BYTES = 256 * 2 ** 20;

/** Where a run's bars and modules lie now, if they were moved or given. */
export interface StoredPlaces {
  /** Where its bars lie now, if they were moved. */
  readonly folder?: string;
  /** The rows that the run was given as `market`, if it was. */
  readonly market?: Market;
  /** Where its modules of one's own lie now, if they were moved. */
  readonly extensions?: readonly string[];
}
const PLACES = ["folder", "market", "extensions"];

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

/**
 * Parts a run's agents by the regime that was known when each bar opened.
 *
 * @throws {UserError} If the run's rows are not at hand.
 */
export async function regimeSpecialists(
  run: StoredRun,
  request: StoredPlaces & { readonly kind?: RegimeKind } = {},
): Promise<Specialists> {
  const EXAMPLE = 'regimeSpecialists(run, { kind: "trend" })';
  requireStoredRun(run, "part the agents of", EXAMPLE);
  requireKeys(`Cannot part agents, ${EXAMPLE}, as the request`, request, [...PLACES, "kind"]);
  const { kind = "trend" } = request;
  requireKnown(`Cannot part agents, ${EXAMPLE}, as kind`, kind, REGIME_KINDS);
  return await inNotebookWords(async () => {
    const panel = runMarket(run, await barsOf(run, request, "part the agents of", EXAMPLE));
    return partAgents(run, marketRegimes(panel), kind);
  });
}

/**
 * Finds specialists in the first half of a run and trades its second half by them, in their own regime and in another's.
 *
 * @throws {UserError} If the run's rows are not at hand.
 * @throws {RangeError} If the run has no table of agents, or fewer than four iterations.
 */
export async function niches(
  run: StoredRun,
  request: StoredPlaces & { readonly kind?: RegimeKind } = {},
): Promise<Niches> {
  const EXAMPLE = 'niches(run, { kind: "trend" })';
  requireStoredRun(run, "look for niches in", EXAMPLE);
  requireKeys(`Cannot look for niches, ${EXAMPLE}, as the request`, request, [...PLACES, "kind"]);
  const { kind = "trend" } = request;
  requireKnown(`Cannot look for niches, ${EXAMPLE}, as kind`, kind, REGIME_KINDS);
  const agents = run.tables.agents as Readonly<Record<string, Float64Array>> | undefined;
  if (agents === undefined) {
    throw new RangeError("Cannot look for niches as the run must have a table of agents: it has none");
  }
  return await inNotebookWords(async () => {
    const population = await opened(run, request, "look for niches in", EXAMPLE);
    return nichesOf(population, agents, marketRegimes(population.plan.panel), kind);
  });
}

/**
 * Trades every combination of the declared agents on a run's rows and takes their Sharpe ratios apart by role.
 *
 * @throws {UserError} If the run's rows are not at hand.
 */
export async function roleEffects(run: StoredRun, request: StoredPlaces = {}): Promise<RoleEffects> {
  const EXAMPLE = "roleEffects(run)";
  requireStoredRun(run, "take apart", EXAMPLE);
  requireKeys(`Cannot take roles apart, ${EXAMPLE}, as the request`, request, PLACES);
  return await inNotebookWords(async () => effectsOfField(await opened(run, request, "take apart", EXAMPLE)));
}

async function opened(
  run: StoredRun,
  places: StoredPlaces,
  what: string,
  example: string,
): Promise<StoredPopulation> {
  return openStoredPopulation(run, await barsOf(run, places, what, example), MEMO_BYTES);
}

async function barsOf(
  run: StoredRun,
  { folder, market, extensions = [] }: StoredPlaces,
  what: string,
  example: string,
): Promise<Panel> {
  await loadRunExtensions(run, extensions);
  return market?.panel ?? await storedBars(run, folder, what, example);
}
