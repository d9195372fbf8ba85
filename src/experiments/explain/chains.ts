/** Which strategies of a run have a chain of decisions to explain, and how it is had again. */
import { type Pipeline, pipelineKey, pipelineOf } from "../../agents/agent.ts";
import type { Desk } from "../../agents/desk.ts";
import { UserError } from "../../core/user_error.ts";
import { eventsOfType, type RecordedEvent } from "../../events/event.ts";
import type { IterationEvent } from "../../events/iteration.ts";
import { ROLES } from "../../genome/role.ts";
import { decisionRow, lastTradedRow, type PopulationConfig } from "../../population/config.ts";
import type { RunContext } from "../../population/decide.ts";
import { grid } from "../../population/design.ts";
import { declaredGenomes, membersOf, teamOf, teamPipeline } from "../../population/members.ts";
import { argmax } from "../../population/score.ts";
import { NOTHING_PREPARED } from "../../population/thoughts.ts";
import type { DeployedAccount } from "../../population/state.ts";
import type { PipelineRunConfig, PopulationRunConfig } from "../config.ts";
import { homogeneousPbtConfig } from "../jobs/homogeneous_pbt.ts";
import { learnerContext } from "../jobs/job.ts";
import { selectionOnlyConfig } from "../jobs/selection_only.ts";
import { populationLearner } from "../learners/population.ts";
import { singleAgentLearner } from "../learners/single_agent.ts";
import { configuredPipeline } from "../pipeline_strategies.ts";
import { additiveBest, hindsightBest, pastSharpe, tradeField } from "../references/field.ts";
import { drawnTeam, STREAMS } from "../references/random_switching.ts";
import type { RunPlan } from "../run_plan.ts";
import { deployedWindows, type TeamWindow, teamWindow } from "./windows.ts";

/** What a chain is made from: the run, resolved; what it recorded; and the row that is asked for. */
interface ChainSource<Config extends PopulationRunConfig | PipelineRunConfig = PopulationRunConfig> {
  readonly plan: RunPlan<Config>;
  readonly desk: Desk;
  readonly events: readonly RecordedEvent[];
  readonly row: number;
}

/** Who traded when, up to the row at least. More than one where the run does not say which of them it was. */
type Chain = (source: ChainSource) => readonly (readonly TeamWindow[])[];

/** The strategies of a population run behind whose account stand agents. */
const CHAINS: Readonly<Record<string, Chain>> = {
  champion: ({ events }) => [deployedWindows(eventsOfType(events, "iteration"), "champion")],
  committee: ({ events }) => [deployedWindows(eventsOfType(events, "iteration"), "committee")],
  selectionOnly: learnedAgain(selectionOnlyConfig, "champion"),
  selectionOnlyCommittee: learnedAgain(selectionOnlyConfig, "committee"),
  homogeneousPbt: learnedAgain(homogeneousPbtConfig, "champion"),
  singleAgent: alone(true),
  fixedSingle: alone(false),
  randomSwitching: ({ plan, events }) =>
    Array.from(
      { length: STREAMS },
      (_, stream) =>
        eventsOfType(events, "iteration").map((event) =>
          teamWindow(event.row + 1, event.lastRow + 1, drawnTeam(event, plan.config.seed, stream), true)
        ),
    ),
  wholeCommittee: (source) => {
    const { from, to } = source.plan.window, { pipelines } = fieldOf(source);
    return [[{ from, to: to + 1, teams: pipelines, committee: true, adopts: false }]];
  },
  staticShort: chosenBefore("first", argmax),
  staticShortAdditive: chosenBefore("first", (past, field) => additiveBest(field, past)),
  staticLong: chosenBefore("reported", argmax),
  staticLongAdditive: chosenBefore("reported", (past, field) => additiveBest(field, past)),
  hindsight: ({ plan: { config: { population }, window: { from, to } }, desk }) => {
    const field = tradeField(desk, declaredGenomes(population.size, population.agents), from, () => {});
    return [[teamWindow(from, to + 1, field.pipelines[hindsightBest(field)]!, false)]];
  },
};

/** Why the other strategies have none, by name; a strategy that is in neither table follows a fixed rule. */
const CHAINLESS: Readonly<Record<string, string>> = {
  ensemble:
    "it is the mean of all declared pipelines, each in an account of its own, and places no order itself; " +
    "wholeCommittee has the same teams in one account",
  random: "it is a mean of metrics over all declared pipelines and has no account",
  plantedOracle: "it reads the synthetic market's own truth, and no agent stands behind it",
};

/** Why no account that mirrors has one. */
const MIRRORS =
  "it holds what the accounts of all teams hold together, each by its own chain; the iterations' events say how it " +
  "weighed them";

/** The strategies of a population run that can be explained. */
export const EXPLAINED: readonly string[] = Object.keys(CHAINS);

/** Those of a run with language traders: a run keeps what its population was answered, and not what references were. */
export const EXPLAINED_WHERE_ASKED: readonly string[] = ["champion", "committee", "randomSwitching"];

/** Refuses a strategy without a chain of decisions. @throws {UserError} It says why it has none. */
export function requireChain(strategy: string, has: boolean, explained: readonly string[]): void {
  if (has && explained.includes(strategy)) return;
  const can = `Strategies that can be explained: ${explained.join(", ")}.`;
  if (!has) {
    throw new UserError(
      `Cannot explain ${strategy} as it must be a strategy that this run traded in an account. ${can}`,
    );
  }
  const heard = CHAINS[strategy] &&
    "of what language models answered the run keeps what its population heard alone";
  const why = heard ?? CHAINLESS[strategy] ?? (/mirrored/i.test(strategy) ? MIRRORS : undefined) ??
    "it follows a fixed rule, and no agent stands behind it";
  throw new UserError(`Cannot explain ${strategy} as agents must have decided for it: ${why}. ${can}`);
}

/** Who may have traded when for a strategy of a population run. */
export function populationChains(strategy: string, source: ChainSource): ReturnType<Chain> {
  return CHAINS[strategy]!(source);
}

/** The one window of a run of one pipeline. */
export function pipelineWindows({ config, window: { from, to } }: RunPlan<PipelineRunConfig>): TeamWindow[] {
  return [teamWindow(from, to + 1, configuredPipeline(config), false)];
}

/** A population beside the run's own: its iterations were not kept, so it learns again, as far as the row. */
function learnedAgain(
  settings: (config: PopulationConfig) => PopulationConfig,
  account: DeployedAccount,
): Chain {
  return (source) => {
    const context = learnerContext(source);
    const learner = populationLearner("explained", { ...context, config: settings(context.config) });
    const events: IterationEvent[] = [];
    let state = learner.start();
    while (state.k < context.iterations && !reaches(events.at(-1)?.lastRow, source.row)) {
      const next = learner.next(state, NOTHING_PREPARED);
      events.push(...eventsOfType(next.events, "iteration"));
      state = next.state;
    }
    return [deployedWindows(events, account)];
  };
}

const reaches = (last: number | undefined, row: number) => last !== undefined && last >= row;

/** The single agent, which learns again as far as the row. */
function alone(learns: boolean): Chain {
  return (source) => {
    const context = learnerContext(source);
    const learner = singleAgentLearner("explained", context, learns);
    const windows: TeamWindow[] = [];
    let state = learner.start(), before = "";
    while (state.k < context.iterations && !reaches(windows.at(-1)?.to, source.row + 1)) {
      const team = pipelineOf(state.genomes), key = pipelineKey(team);
      const [from, to] = windowRows(state.k, context);
      windows.push(teamWindow(from, to, team, key !== before));
      before = key;
      state = learner.next(state, NOTHING_PREPARED).state;
    }
    return [windows];
  };
}

/** Rows from..to-1 of an iteration's window. */
function windowRows(k: number, { clock, desk }: RunContext): [number, number] {
  const row = decisionRow(k, clock);
  return [row + 1, lastTradedRow(row, clock, desk.market.panel.rows) + 1];
}

/** The pipeline of the field that a rule chose by the past before the first decision, or before the reported rows. */
function chosenBefore(
  when: "first" | "reported",
  choose: (past: readonly number[], field: ReturnType<typeof fieldOf>) => number,
): Chain {
  return (source) => {
    const { from, to, history } = source.plan.window, field = fieldOf(source);
    const past = pastSharpe(source.desk, field.pipelines, when === "first" ? from - history : from);
    return [[teamWindow(from, to + 1, field.pipelines[choose(past, field)]!, false)]];
  };
}

/** All declared pipelines, in the order in which the references trade them. */
function fieldOf({ plan: { config: { population } } }: Pick<ChainSource, "plan">) {
  const members = membersOf(declaredGenomes(population.size, population.agents));
  const draws = grid(ROLES.map((role) => members[role].length));
  const pipelines: readonly Pipeline[] = draws.map((draw) => teamPipeline(members, teamOf(draw)));
  return { draws, pipelines };
}
