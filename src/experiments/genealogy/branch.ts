/** Counterfactual branches: the same run without what was learned in some iterations, and what came of it. */
import { agentOf } from "../../agents/agent.ts";
import { geneSet } from "../../agents/variant.ts";
import { UserError } from "../../core/user_error.ts";
import { eventsOfType } from "../../events/event.ts";
import type { IterationEvent } from "../../events/iteration.ts";
import { commonDistance } from "../../genome/distance.ts";
import { byRole, type Role } from "../../genome/role.ts";
import { type DeployedAccount, deployedAccounts } from "../../population/state.ts";
import { NOTHING_PREPARED } from "../../population/thoughts.ts";
import { joinBars, type TradedBars } from "../../simulation/traded_bars.ts";
import { type AccountSeries, seriesOfDeployed } from "../account_series.ts";
import { learnerContext } from "../jobs/job.ts";
import { populationLearner } from "../learners/population.ts";
import { type Changed, configWithout, type Intervention, learnedAt } from "./intervention.ts";
import { requireAsStored, type StoredPopulation } from "./stored_population.ts";

/** An account of the run beside that of its branch, over the reported rows. */
export interface BranchedAccount {
  /** Which deployed account. */
  readonly name: DeployedAccount;
  /** Equity of the run as it is stored, USDT. */
  readonly stored: Float64Array;
  /** What the branch's account did. */
  readonly branch: AccountSeries;
}

/** A branch of a run. */
export interface Branch {
  /** What was left out, and when. */
  readonly intervention: Intervention;
  /** What the run had learned in those iterations, and the branch did not. */
  readonly leftOut: Changed;
  /** Reported rows from the first on in which run and branch are the same, bit for bit, by construction. */
  readonly sameRows: number;
  /** The deployed accounts, the headline first. */
  readonly accounts: readonly BranchedAccount[];
  /** Iterations of the branch. */
  readonly iterations: readonly IterationEvent[];
  /** Mean distance of each agent's genes from its own in the run, common genes, in [0, 1]; by role and iteration. */
  readonly distances: Readonly<Record<Role, readonly number[]>>;
  /** Open of each reported bar, ms UTC. */
  readonly openTime: Float64Array;
}

/**
 * Runs a stored population again without what it learned in some iterations. Decisions and trades up to the end of the
 * first window after it are the run's own, bit for bit, or the branch is refused: genes of iteration k move after k has
 * decided who trades the rows up to k + 1.
 *
 * @throws {UserError} If nothing was learned there, an iteration is none of the run's, its traders ask a language model, or
 *   the part before the branch does not come out as it is stored.
 */
export function branchRun(
  population: StoredPopulation,
  intervention: Intervention,
  onProgress: (done: number, total: number) => void = () => {},
): Branch {
  const { plan, iterations: stored, run: { series }, desk } = population;
  const context = learnerContext(population), { config } = context;
  const leftOut = learnedAt(stored, intervention, config);
  const asRun = populationLearner("branch", context);
  const without = populationLearner("branch", { ...context, config: configWithout(config, intervention) });
  const branched: IterationEvent[] = [], bars: Record<string, TradedBars[]> = {};
  let state = asRun.start();
  while (state.k < stored.length) {
    const learner = intervention.at.includes(state.k) ? without : asRun;
    const next = learner.next(state, NOTHING_PREPARED);
    branched.push(...eventsOfType(next.events, "iteration"));
    for (const [name, traded] of Object.entries(next.bars)) (bars[name] ??= []).push(traded);
    state = next.state;
    onProgress(state.k, stored.length);
  }
  const first = intervention.at[0]!, { from } = plan.window;
  const sameRows = Math.max(0, stored[first]!.lastRow - from + 1);
  requireSameDecisions(stored, branched, first);
  const names = inOrder(deployedAccounts(config), plan.config.population.deploy);
  const accounts = names.map((name): BranchedAccount => {
    const branch = seriesOfDeployed(joinBars(bars[name]!), desk.startingEquity, plan.window.history);
    requireAsStored(population, name, branch.equity, sameRows);
    return { name, stored: series.equity[name]!, branch };
  });
  return {
    intervention,
    leftOut,
    sameRows,
    accounts,
    iterations: branched,
    distances: byRole((role) => stored.map((event, i) => meanDistance(role, event, branched[i]!))),
    openTime: series.openTime,
  };
}

/** Up to and including the first iteration that leaves something out, everybody decided as before. */
function requireSameDecisions(
  stored: readonly IterationEvent[],
  branched: readonly IterationEvent[],
  first: number,
): void {
  for (let k = 0; k <= first; k++) {
    const [a, b] = [stored[k]!, branched[k]!].map(({ agents, champion, committee, equity }) =>
      JSON.stringify({ agents, champion, committee, equity })
    );
    if (a === b) continue;
    throw new UserError(
      `Cannot branch this run as its iterations must come out as they are stored: iteration ${k} does not. The program ` +
        "has changed since: check out the commit that its provenance.json names.",
    );
  }
}

function inOrder(names: readonly DeployedAccount[], headline: string): DeployedAccount[] {
  return [...names].sort((a, b) => Number(b === headline) - Number(a === headline));
}

function meanDistance(role: Role, run: IterationEvent, branch: IterationEvent): number {
  const others = branch.agents[role];
  const all = run.agents[role].map(({ variant, genome }, i) => {
    const own = { variant, coordinates: genome };
    const other = { variant, coordinates: others[i]!.genome };
    return commonDistance(geneSet(agentOf(role, own).variant), own, other);
  });
  return all.reduce((sum, one) => sum + one, 0) / all.length;
}
