/**
 * What moves the results of all pipelines of a field: each role alone, two roles together, and the rest. A functional analysis of variance over a full
 * grid of four roles with independent uniform draws of agents.
 *
 * @see A. B. Owen, SIAM/ASA J. Uncertainty Quantification 2 (2014) 245 (Shapley effects are shares of each part, split evenly).
 */
import { type Role, ROLES } from "../../genome/role.ts";
import { mean } from "../../stats/moments.ts";

/** Parts of the variance of a field, each a share of it; all parts sum to 1. */
export interface RoleVariance {
  /** Of each role by itself; [role]. */
  readonly main: Readonly<Record<Role, number>>;
  /** Of each pair beyond its two roles, as "analyst researcher". */
  readonly pairs: Readonly<Record<string, number>>;
  /** Of three roles together and of all four, beyond all pairs. */
  readonly rest: number;
  /** Of each role with its even part in every interaction; these sum to 1. */
  readonly shapley: Readonly<Record<Role, number>>;
}

/**
 * The parts of a field's variance.
 *
 * @param values By pipeline in the order of a full grid, the last role fastest; shape [size^4].
 * @param size Agents a role.
 * @throws {RangeError} If there are not size^4 values, or they do not differ.
 */
export function roleVariance(values: ArrayLike<number>, size: number): RoleVariance {
  const all = Array.from(values), roles = ROLES.length;
  if (all.length !== size ** roles) {
    throw new RangeError(
      `Cannot split the variance of a field as it must hold ${
        size ** roles
      } pipelines: current value is ${all.length}`,
    );
  }
  const centre = mean(all), total = mean(all.map((value) => (value - centre) ** 2));
  if (!(total > 0)) throw new RangeError("Cannot split the variance of a field as its pipelines must differ");
  const masks = 1 << roles, explained = new Float64Array(masks), part = new Float64Array(masks);
  for (let mask = 1; mask < masks; mask++) {
    explained[mask] = explainedBy(all, size, mask, centre) / total;
    part[mask] = explained[mask]! - subsets(mask).reduce((sum, sub) => sum + part[sub]!, 0);
  }
  const bit = (role: Role) => 1 << ROLES.indexOf(role);
  const byRole = (of: (role: Role) => number) =>
    Object.fromEntries(ROLES.map((role) => [role, of(role)])) as Record<Role, number>;
  const pairs = ROLES.flatMap((a, i) =>
    ROLES.slice(i + 1).map((b) => [`${a} ${b}`, part[bit(a) | bit(b)]!] as const)
  );
  const main = byRole((role) => part[bit(role)]!);
  return {
    main,
    pairs: Object.fromEntries(pairs),
    rest: 1 - Object.values(main).reduce((a, b) => a + b, 0) -
      pairs.reduce((sum, [, share]) => sum + share, 0),
    shapley: byRole((role) =>
      part.reduce((sum, share, mask) => mask & bit(role) ? sum + share / members(mask) : sum, 0)
    ),
  };
}

/** Variance of the means over all pipelines that share the agents of the roles of a mask. */
function explainedBy(values: readonly number[], size: number, mask: number, centre: number): number {
  const sums = new Map<number, number>();
  values.forEach((value, i) => {
    let key = 0, rest = i;
    for (let role = ROLES.length - 1; role >= 0; role--) {
      if (mask & (1 << role)) key = key * size + rest % size;
      rest = Math.floor(rest / size);
    }
    sums.set(key, (sums.get(key) ?? 0) + value);
  });
  const each = values.length / sums.size;
  return mean([...sums.values()].map((sum) => (sum / each - centre) ** 2));
}

/** The proper subsets of a mask but for the empty one. */
function subsets(mask: number): number[] {
  return Array.from({ length: mask }, (_, sub) => sub).filter((sub) => sub > 0 && (sub & mask) === sub);
}

function members(mask: number): number {
  let count = 0;
  for (let bits = mask; bits > 0; bits &= bits - 1) count++;
  return count;
}
