/**
 * Does it cost to be in the wrong niche? Specialists are found in the first half of a run and frozen; in the second half one
 * account is traded by those of the regime that is known, another by those of another regime (a lesion of the population's division of labour).
 */
import { rng } from "../../core/rng.ts";
import { byRole, type Role, ROLES } from "../../genome/role.ts";
import type { IterationEvent, Team } from "../../events/iteration.ts";
import { type MarketRegimes, TREND_NAMES, VOLATILITY_NAMES } from "../../market/regimes.ts";
import { isConstant } from "../../stats/constant.ts";
import { type AccountSeries, barReturns } from "../account_series.ts";
import { strategyMetrics } from "../metrics.ts";
import { agentColumn } from "../readings/agent_returns.ts";
import type { StrategyMetrics } from "../result.ts";
import { LEAST_ROWS, type SharpeEstimate, sharpeEstimate } from "../sharpe_estimate.ts";
import { interactionOf } from "./regime_interaction.ts";
import { tradeSchedule } from "./replay_schedule.ts";
import type { RegimeKind } from "./specialists.ts";
import type { StoredPopulation } from "./stored_population.ts";
import { teamGenomesOf } from "./team_genomes.ts";

/** Who trades: specialists of the regime that is known, of another one, or the best over all of the first half. */
export const NICHES = {
  own: "Specialists of the regime",
  wrong: "Specialists of another regime",
  general: "The best of the first half, whatever the regime",
} as const;
/** One of them. */
export type NicheName = keyof typeof NICHES;

/** What came of specialists in the second half. */
export interface Niches {
  /** Regimes by which specialists were looked for. */
  readonly kind: RegimeKind;
  /** Their names, in the order of [regime]. */
  readonly regimes: readonly string[];
  /** The best agent of each role in each regime of the first half, by index; over all of it where a regime never was; [regime]. */
  readonly specialists: Readonly<Record<Role, readonly number[]>>;
  /** Roles in which not one agent is best in all regimes. */
  readonly found: readonly Role[];
  /** Iterations of the second half. */
  readonly iterations: readonly IterationEvent[];
  /** Their accounts there; none where nobody was found. */
  readonly accounts: readonly {
    readonly name: NicheName;
    readonly series: AccountSeries;
    readonly metrics: StrategyMetrics;
  }[];
  /** Annual Sharpe ratio, own less wrong; null where it cannot be told. */
  readonly estimate: SharpeEstimate | null;
}

/**
 * Finds specialists in a run's first half and trades its second half by them. Genes are those of the half, never changed; the
 * other regime is the next one that the first half knew. Which half is which is settled by time alone, so no row is used twice.
 *
 * @param agents The run's table `agents`.
 * @param regimes Of the run's rows.
 * @throws {RangeError} If the run has fewer than four iterations.
 */
export function nichesOf(
  population: StoredPopulation,
  agents: Readonly<Record<string, Float64Array>>,
  regimes: MarketRegimes,
  kind: RegimeKind = "trend",
): Niches {
  const { iterations } = population, half = Math.floor(iterations.length / 2);
  if (half < 2) {
    throw new RangeError(
      `Cannot look for niches as a run must have at least four iterations: current value is ${iterations.length}`,
    );
  }
  const names: readonly string[] = kind === "trend" ? TREND_NAMES : VOLATILITY_NAMES, labels = regimes[kind];
  const before = iterations.slice(0, half), after = iterations.slice(half), standing = after[0]!;
  const first = before[0]!.row + 1, last = before.at(-1)!.lastRow;
  const used = Array.from(agents.row!.keys()).filter((i) => {
    const row = agents.row![i]!;
    return row >= first && row <= last && labels[row - 1]! >= 0;
  });
  const known = Int32Array.from(used, (i) => labels[agents.row![i]! - 1]!);
  const byAgent = byRole((role) =>
    standing.agents[role].map((_, place) => {
      const column = agents[agentColumn(role, place)]!;
      return Float64Array.from(used, (i) => column[i]!);
    })
  );
  const general: Team = byRole((role) =>
    best(byAgent[role].map((own) => own.reduce((sum, value) => sum + value, 0)))
  );
  const seen = names.flatMap((_, regime) => known.includes(regime) ? [regime] : []);
  const specialists = byRole((role) => {
    const { advantage } = interactionOf(byAgent[role], known, names.length);
    return names.map((_, regime) =>
      seen.includes(regime) ? best(advantage.map((own) => own[regime]!)) : general[role]
    );
  });
  const found = ROLES.filter((role) => new Set(seen.map((regime) => specialists[role][regime])).size > 1);
  const base = { kind, regimes: names, specialists, found, iterations: after };
  if (found.length === 0) return { ...base, accounts: [], estimate: null };
  const teamIn = (regime: number): Team => byRole((role) => specialists[role][regime]!);
  const other = (regime: number) => seen.find((one) => one > regime) ?? seen[0]!;
  const teams: Record<NicheName, (regime: number) => Team> = {
    own: teamIn,
    wrong: (regime) => teamIn(other(regime)),
    general: () => general,
  };
  const window = { ...population.plan.window, history: 0 };
  const laterHalf = { ...population, plan: { ...population.plan, window }, iterations: after };
  const accounts = (Object.keys(NICHES) as NicheName[]).map((name) => {
    const schedule = after.map(({ row }) => {
      const regime = labels[row]!; // below 0 where it is not known yet
      return teamGenomesOf(standing, regime < 0 ? general : teams[name](regime));
    });
    const { series } = tradeSchedule(laterHalf, schedule);
    return { name, series, metrics: strategyMetrics(series) };
  });
  const [own, wrong] = accounts.map(({ series }) => barReturns(series, "net")) as [
    Float64Array,
    Float64Array,
  ];
  const told = own.length >= LEAST_ROWS && !isConstant(own) && !isConstant(wrong) &&
    own.some((value, t) => value !== wrong[t]);
  const random = rng("niches", population.run.result.seed, kind);
  return { ...base, accounts, estimate: told ? sharpeEstimate(own, wrong, random) : null };
}

function best(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}
