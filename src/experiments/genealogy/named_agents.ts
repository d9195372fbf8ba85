/** Agents as people name them: by variant, or by place where several share one. */
import { UserError } from "../../core/user_error.ts";
import type { IterationEvent, Team } from "../../events/iteration.ts";
import { type Role, ROLES } from "../../genome/role.ts";

/**
 * The agents that are named, by index.
 *
 * @param names Variant or place of an agent, by role; places count from 0.
 * @throws {UserError} If there is no such role or agent, or a variant that several agents are of.
 */
export function agentsNamed(
  { agents }: Pick<IterationEvent, "agents">,
  names: Readonly<Record<string, string | number>>,
): Partial<Team> {
  return Object.fromEntries(
    Object.entries(names).map(([role, name]) => {
      if (!(ROLES as readonly string[]).includes(role)) {
        throw new UserError(
          `Cannot find an agent as its role must be one of ${ROLES.join(", ")}: current value is ${role}`,
        );
      }
      const variants = agents[role as Role].map(({ variant }) => variant);
      const found = variants.flatMap((variant, i) => variant === name || `${i}` === `${name}` ? [i] : []);
      if (found.length === 1) return [role, found[0]!];
      const known = variants.map((variant, i) => `${variant} (place ${i})`).join(", ");
      throw new UserError(
        `Cannot find an agent as a ${role} must be one of ${known}: current value is ${name}` +
          (found.length > 1 ? ", which several are; give a place" : ""),
      );
    }),
  );
}

/** Roles by name, in their order. @throws {UserError} If there is no such role. */
export function rolesNamed(names: readonly string[]): Role[] {
  const odd = names.find((name) => !(ROLES as readonly string[]).includes(name));
  if (odd === undefined) return ROLES.filter((role) => names.includes(role));
  throw new UserError(`Cannot find a role as it must be one of ${ROLES.join(", ")}: current value is ${odd}`);
}
