/** Who specialises in a stored run, and whose doing it is what pipelines earn, asked in a cell. */
import type { StoredRun } from "../adapters/runs/run_files.ts";
import { runMarket } from "../experiments/explain/explain_run.ts";
import { type Niches, nichesOf } from "../experiments/genealogy/niches.ts";
import { type RoleEffects, roleEffects as effectsOfField } from "../experiments/genealogy/role_effects.ts";
import {
  REGIME_KINDS,
  type RegimeKind,
  type Specialists,
  specialists as partAgents,
} from "../experiments/genealogy/specialists.ts";
import { marketRegimes } from "../market/regimes.ts";
import { requireStoredRun } from "./explain_stored.ts";
import { requireKeys, requireKnown } from "../core/known_names.ts";
import { inNotebookWords } from "./said_in_notebook.ts";
import { barsOf, opened, PLACES, type StoredPlaces } from "./stored_places.ts";

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
