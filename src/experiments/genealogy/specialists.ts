/** Who specialises in what: what each agent's teams earn by regime beyond its role's mean, and whether that is more than chance. */
import { rng } from "../../core/rng.ts";
import { eventsOfType, type RecordedEvent } from "../../events/event.ts";
import type { IterationEvent } from "../../events/iteration.ts";
import { type Role, ROLES } from "../../genome/role.ts";
import { type MarketRegimes, TREND_NAMES, VOLATILITY_NAMES } from "../../market/regimes.ts";
import { countChoices, shiftTest, type Specialisation, specialisation } from "../../stats/specialisation.ts";
import { agentColumn } from "../readings/agent_returns.ts";
import { interactionOf, interactionTest, splitHalf } from "./regime_interaction.ts";

/** Regimes by which agents are parted. */
export const REGIME_KINDS = ["trend", "volatility"] as const;
/** One of them. */
export type RegimeKind = (typeof REGIME_KINDS)[number];

/** Shifts of regime labels behind each p-value, and the shortest either way, in bars. */
const SHIFTS = 199, LEAST_SHIFT = 60;

/** One role's agents by regime. */
export interface RoleSpecialists {
  /** Whose agents. */
  readonly role: Role;
  /** Variant of each agent. */
  readonly variants: readonly string[];
  /** Mean net return of each agent's teams less the role's mean in that regime, a fraction a bar; [agent][regime]. */
  readonly advantage: readonly (readonly number[])[];
  /** What is neither the agent's nor the regime's alone; [agent][regime]. */
  readonly interaction: readonly (readonly number[])[];
  /** Correlation of that over odd and even iterations, stepped up to the whole (Spearman and Brown); null if undefined. */
  readonly reliability: number | null;
  /** Share of shifted labels that give at least as much interaction. */
  readonly p: number;
  /** How the champion's choice of agent and the regime tell of each other. */
  readonly choice: Specialisation;
  /** Share of shifted labels by which they tell at least as much. */
  readonly choiceP: number;
}

/** A run's agents by regime. */
export interface Specialists {
  /** Regimes by which they are parted. */
  readonly kind: RegimeKind;
  /** Their names, in the order of [regime]. */
  readonly regimes: readonly string[];
  /** Reported bars of each regime. */
  readonly bars: readonly number[];
  /** Every role, in the order of ROLES. */
  readonly roles: readonly RoleSpecialists[];
}

/** What is read of a run. */
interface SpecialistRun {
  readonly result: {
    readonly reported: { readonly from: number; readonly to: number };
    readonly seed: number;
  };
  readonly events: readonly RecordedEvent[];
  readonly tables: Readonly<Record<string, unknown>>;
}

/**
 * Parts a run's agents by the regime that was known when each bar opened.
 *
 * @param regimes Of the run's rows (`marketRegimes` of its panel).
 * @throws {RangeError} If the run has no table of agents, or fewer than two regimes or too few bars for a test.
 */
export function specialists(
  run: SpecialistRun,
  regimes: MarketRegimes,
  kind: RegimeKind = "trend",
): Specialists {
  const { from, to } = run.result.reported;
  const table = run.tables.agents as Readonly<Record<string, Float64Array>> | undefined;
  const iterations = eventsOfType(run.events, "iteration");
  if (table === undefined || iterations.length === 0) {
    throw new RangeError("Cannot part agents by regime as the run must have a table of agents: it has none");
  }
  const names: readonly string[] = kind === "trend" ? TREND_NAMES : VOLATILITY_NAMES;
  const skip = table.row!.findIndex((row) => row >= from);
  const known = regimes[kind].subarray(from - 1, to); // what was known at the close before each bar
  const used = Int32Array.from(known.keys()).filter((t) => known[t]! >= 0);
  const labels = Int32Array.from(used, (t) => known[t]!);
  if (used.length <= 2 * LEAST_SHIFT) {
    throw new RangeError(
      `Cannot part agents by regime as more than ${
        2 * LEAST_SHIFT
      } bars must have one: current value is ${used.length}`,
    );
  }
  const windows = windowsOf(iterations, from, to);
  const odd = Int8Array.from(used, (t) => windows[t]! % 2);
  const bars = names.map((_, regime) => labels.reduce((n, one) => one === regime ? n + 1 : n, 0));
  return {
    kind,
    regimes: names,
    bars,
    roles: ROLES.map((role) => {
      const agents = iterations[0]!.agents[role];
      const returns = agents.map((_, place) => {
        const column = table[agentColumn(role, place)]!.subarray(skip);
        return Float64Array.from(used, (t) => column[t]!);
      });
      const choices = Int32Array.from(used, (t) => iterations[windows[t]!]!.champion[role]!);
      const size = { agents: agents.length, regimes: names.length };
      const draw = (what: string) => rng("specialists", run.result.seed, kind, role, what).uniform;
      const { advantage, interaction } = interactionOf(returns, labels, names.length);
      return {
        role,
        variants: agents.map(({ variant }) => variant),
        advantage,
        interaction,
        reliability: splitHalf(returns, labels, names.length, odd),
        p: interactionTest(returns, labels, names.length, LEAST_SHIFT, SHIFTS, draw("interaction")),
        choice: specialisation(countChoices(choices, labels, size.agents, size.regimes)),
        choiceP: shiftTest(choices, labels, size, LEAST_SHIFT, SHIFTS, draw("choice")).p,
      };
    }),
  };
}

/** The iteration that each reported bar belongs to. */
function windowsOf(iterations: readonly IterationEvent[], from: number, to: number): Int32Array {
  const windows = new Int32Array(to - from + 1);
  iterations.forEach(({ row, lastRow }, i) => {
    for (let t = Math.max(row + 1, from); t <= Math.min(lastRow, to); t++) windows[t - from] = i;
  });
  return windows;
}
