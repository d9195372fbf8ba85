/**
 * Replay of a winner's schedule on a single agent: the genes of the last champion's ancestors are traded by one account,
 * iteration by iteration, with no population around it.
 *
 * @see M. Jaderberg et al., Population Based Training of Neural Networks, arXiv 1711.09846 (2017), 4.4: does the schedule
 *   make the difference, or what it ends with?
 */
import { pipelineKey, pipelineOf } from "../../agents/agent.ts";
import { type Desk, passingMandateOf } from "../../agents/desk.ts";
import type { IterationEvent, Team } from "../../events/iteration.ts";
import { byRole, type Role, ROLES } from "../../genome/role.ts";
import { type TeamGenomes, teamGenomesOf } from "./team_genomes.ts";
import { createAccount, writeAccount } from "../../simulation/account.ts";
import { type Charges, NO_CHARGES, tradeRows } from "../../simulation/trade_rows.ts";
import { joinBars, type TradedBars } from "../../simulation/traded_bars.ts";
import { type AccountSeries, seriesOfDeployed } from "../account_series.ts";
import { strategyMetrics } from "../metrics.ts";
import type { StrategyMetrics } from "../result.ts";
import { type Ancestor, lineagesOf, scheduleOf } from "./lineage.ts";
import { requireAsStored, type StoredPopulation } from "./stored_population.ts";

/** A schedule as it was traded by one account. */
export interface ReplayedSchedule {
  /** What is traded: champion, schedule, first or last. */
  readonly name: ReplayName;
  /** Its account over the reported rows. */
  readonly series: AccountSeries;
  /** What it came to. */
  readonly metrics: StrategyMetrics;
  /** Iterations at whose windows the genes changed. */
  readonly changes: readonly number[];
}

/** What is replayed, and how it is called. */
export const REPLAYS = {
  champion: "The champion as it traded, again",
  schedule: "One agent with the winner's schedule",
  first: "The winner's first genes, never changed",
  last: "The winner's last genes all along (hindsight)",
} as const;
/** One of them. */
export type ReplayName = keyof typeof REPLAYS;

/** A winner's schedule replayed. */
export interface Replay {
  /** Whose schedule, by role: index of the agent as it stood in the last iteration. */
  readonly winner: Team;
  /** Roles that follow the schedule; the others keep their first genes. */
  readonly roles: readonly Role[];
  /** The winner's ancestors, iteration by iteration. */
  readonly lineages: Readonly<Record<Role, readonly Ancestor[]>>;
  /** The champion first, as the proof that the run comes out as it is stored. */
  readonly schedules: readonly ReplayedSchedule[];
  /** Open of each reported bar, ms UTC. */
  readonly openTime: Float64Array;
}

/** Whose schedule is replayed, and how much of it. */
export interface ReplayOptions {
  /** Agents by index, in the place of the last champion's. */
  readonly agents?: Partial<Team>;
  /** Roles that follow the schedule; all unless given. */
  readonly roles?: readonly Role[];
}

/**
 * Replays the schedule of a winner, the last champion unless agents are named, beside its first and its last genes. All of
 * it is hindsight: who would win was not known before the end.
 *
 * @throws {RangeError} If an agent is named that there is not.
 * @throws {UserError} If the champion's own account does not come out as it is stored, bit for bit.
 */
export function replaySchedule(population: StoredPopulation, options: ReplayOptions = {}): Replay {
  const { iterations, run: { series: { openTime } } } = population;
  const roles = ROLES.filter((role) => (options.roles ?? ROLES).includes(role));
  const winner: Team = { ...iterations.at(-1)!.champion, ...options.agents };
  const lineages = lineagesOf(iterations, winner), whole = scheduleOf(lineages);
  const [first, last] = [whole[0]!, whole.at(-1)!];
  const partly = (genomes: TeamGenomes) =>
    byRole((role) => roles.includes(role) ? genomes[role] : first[role]);
  const replayed = (name: ReplayName, schedule: readonly TeamGenomes[]): ReplayedSchedule => {
    const { series, changes } = tradeSchedule(population, schedule);
    return { name, series, metrics: strategyMetrics(series), changes };
  };
  const champion = replayed("champion", iterations.map((event) => teamGenomesOf(event, event.champion)));
  requireAsStored(population, "champion", champion.series.equity, openTime.length);
  return {
    winner,
    roles,
    lineages,
    openTime,
    schedules: [
      champion,
      replayed("schedule", whole.map(partly)),
      replayed("first", whole.map(() => first)),
      replayed("last", whole.map(() => partly(last))),
    ],
  };
}

/**
 * Trades a schedule in one account of its own through a run's windows, as the champion's account does: who takes over from
 * other genes settles what it was handed.
 *
 * @param schedule The genes of each iteration's window.
 */
export function tradeSchedule(
  { desk, plan, iterations, charges }: Pick<StoredPopulation, "desk" | "plan" | "iterations" | "charges">,
  schedule: readonly TeamGenomes[],
): { readonly series: AccountSeries; readonly changes: readonly number[] } {
  const { bars, changes } = tradeWindows(desk, iterations, schedule, charges);
  return { series: seriesOfDeployed(bars, desk.startingEquity, plan.window.history), changes };
}

function tradeWindows(
  desk: Desk,
  events: readonly IterationEvent[],
  schedule: readonly TeamGenomes[],
  charges: Charges = NO_CHARGES,
) {
  let account = writeAccount(createAccount(desk.arena.coins, desk.startingEquity)), before = "";
  const parts: TradedBars[] = [], changes: number[] = [];
  events.forEach(({ k, row, lastRow }, i) => {
    const team = pipelineOf(schedule[i]!), key = pipelineKey(team);
    const mandate = passingMandateOf(desk, team, { from: row, to: lastRow - 1 });
    const [after, bars] = tradeRows(
      desk.arena,
      account,
      mandate,
      { from: row + 1, to: lastRow + 1 },
      key !== before,
      charges,
    );
    if (key !== before) changes.push(k);
    [account, before] = [after, key];
    parts.push(bars);
  });
  return { bars: joinBars(parts), changes };
}
