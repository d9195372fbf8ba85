/** How much of what pipelines earn is one role's doing, and how much two roles make together: over the whole field. */
import { byRole, type Role, ROLES } from "../../genome/role.ts";
import { grid } from "../../population/design.ts";
import { declaredGenomes } from "../../population/members.ts";
import { interactionVariance, shapleyVariance, varianceParts } from "../../stats/variance_parts.ts";
import { tradeField } from "../references/field.ts";
import type { StoredPopulation } from "./stored_population.ts";

/** Two agents of different roles, and what they earn together beyond what each does whoever is beside it. */
export interface PairEffect {
  /** Role and variant of the two. */
  readonly pair: readonly [{ readonly role: Role; readonly variant: string }, {
    readonly role: Role;
    readonly variant: string;
  }];
  /** Annual Sharpe ratio. */
  readonly effect: number;
}

/** The field's Sharpe ratios taken apart by role. */
export interface RoleEffects {
  /** Pipelines, one of each combination of declared agents. */
  readonly pipelines: number;
  /** Mean of their annual net Sharpe ratios. */
  readonly mean: number;
  /** Standard deviation of those, over all pipelines (divided by their number). */
  readonly sd: number;
  /** Share of the variance that is the role's own main effect, and its Shapley share, which adds up to 1 over roles. */
  readonly roles: Readonly<Record<Role, { readonly main: number; readonly shapley: number }>>;
  /** Of every two roles the share of their common effect, and their Shapley interaction index as a share. */
  readonly pairs: readonly {
    readonly roles: readonly [Role, Role];
    readonly share: number;
    readonly index: number;
  }[];
  /** Share of the variance that takes three roles or four. */
  readonly higher: number;
  /** Pairs of agents by the size of their common effect, the largest first. */
  readonly pairEffects: readonly PairEffect[];
}

/**
 * Trades every combination of the declared agents of a stored run's population on its reported rows and takes their Sharpe
 * ratios apart. It describes one stretch of one market: nothing is tested.
 */
export function roleEffects(
  { desk, plan }: Pick<StoredPopulation, "desk" | "plan">,
  onProgress: (done: number, total: number) => void = () => {},
): RoleEffects {
  const { size, agents } = plan.config.population;
  const genomes = declaredGenomes(size, agents);
  const { metrics } = tradeField(desk, genomes, plan.window.from, onProgress);
  return effectsOf(
    metrics.map(({ sharpe }) => sharpe),
    byRole((role) => genomes[role].map((one) => one.variant)),
  );
}

/**
 * Values of all combinations taken apart by role.
 *
 * @param values One a combination, in the order of the grid.
 * @param variants Names of each role's agents.
 */
export function effectsOf(
  values: readonly number[],
  variants: Readonly<Record<Role, readonly string[]>>,
): RoleEffects {
  const sizes = ROLES.map((role) => variants[role].length);
  const parts = varianceParts(values, sizes), points = values.length;
  const total = parts.reduce((sum, { variance }) => sum + variance, 0);
  const share = (variance: number) => total > 0 ? variance / total : 0;
  const partOf = (...factors: number[]) => parts.find((part) => part.factors.join() === factors.join())!;
  const twos = parts.filter(({ factors }) => factors.length === 2);
  const draws = grid(sizes);
  const pairEffects = twos.flatMap(({ factors, effect }): PairEffect[] => {
    const [a, b] = factors as [number, number], seen = new Map<string, PairEffect>();
    draws.forEach((draw, point) => {
      const key = `${draw[a]} ${draw[b]}`;
      if (seen.has(key)) return;
      const of = (i: number) => ({ role: ROLES[i]!, variant: variants[ROLES[i]!][draw[i]!]! });
      seen.set(key, { pair: [of(a), of(b)], effect: effect[point]! });
    });
    return [...seen.values()];
  });
  return {
    pipelines: points,
    mean: values.reduce((sum, one) => sum + one, 0) / points,
    sd: Math.sqrt(total),
    roles: byRole((role) => {
      const i = ROLES.indexOf(role);
      return { main: share(partOf(i).variance), shapley: share(shapleyVariance(parts, i)) };
    }),
    pairs: twos.map(({ factors, variance }) => {
      const [a, b] = factors as [number, number];
      return {
        roles: [ROLES[a]!, ROLES[b]!],
        share: share(variance),
        index: share(interactionVariance(parts, a, b)),
      };
    }),
    higher: share(
      parts.filter(({ factors }) => factors.length > 2).reduce((sum, { variance }) => sum + variance, 0),
    ),
    pairEffects: pairEffects.sort((one, other) => Math.abs(other.effect) - Math.abs(one.effect)),
  };
}
