import { decimal } from "../../figures/format.ts";
import { ROLES } from "../../genome/role.ts";
import type { Measure } from "../measure.ts";

/** The least effective number of agents of a role (Vendi score), at an iteration: near 1 where all are clones. */
export const effectiveAgents: Measure = () => (event) => {
  if (event.type !== "iteration") return null;
  const roles = ROLES.map((role) => ({ role, effective: event.diversity[role].effective }));
  const least = roles.reduce((one, other) => other.effective < one.effective ? other : one);
  return {
    value: least.effective,
    text: `the ${least.role}s are worth ${decimal(least.effective)} different agents`,
  };
};
