/**
 * What moves the results of all pipelines of a field: each role alone, two roles together, and the rest. A functional analysis of variance over a full
 * grid of four roles with independent uniform draws of agents.
 *
 * @see A. B. Owen, SIAM/ASA J. Uncertainty Quantification 2 (2014) 245 (Shapley effects are shares of each part, split evenly).
 */
import { byRole, type Role, ROLES } from "../../genome/role.ts";
import { shapleyVariance, type VariancePart, varianceParts } from "../../stats/variance_parts.ts";

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
  const roles = ROLES.length;
  if (values.length !== size ** roles) {
    throw new RangeError(
      `Cannot split the variance of a field as it must hold ${
        size ** roles
      } pipelines: current value is ${values.length}`,
    );
  }
  const parts = varianceParts(values, ROLES.map(() => size));
  const total = parts.reduce((sum, { variance }) => sum + variance, 0);
  if (!(total > 0)) throw new RangeError("Cannot split the variance of a field as its pipelines must differ");
  const of = (count: number) => parts.filter(({ factors }) => factors.length === count);
  const nameOf = ({ factors }: VariancePart) => factors.map((role) => ROLES[role]!).join(" ");
  const shares = (some: readonly VariancePart[]) =>
    Object.fromEntries(some.map((part) => [nameOf(part), part.variance / total]));
  return {
    main: shares(of(1)) as Record<Role, number>,
    pairs: shares(of(2)),
    rest: [...of(3), ...of(4)].reduce((sum, { variance }) => sum + variance, 0) / total,
    shapley: byRole((role) => shapleyVariance(parts, ROLES.indexOf(role)) / total),
  };
}
