import type { Role } from "./contracts.ts";
import { analystVariants } from "./analyst/variants.ts";
import { researcherVariants } from "./researcher/variants.ts";
import { riskVariants } from "./risk/variants.ts";
import { traderVariants } from "./trader/variants.ts";
import type { Variant } from "./variant.ts";

/** All variants by role, five each. Adding one is adding a line in its role's list. */
export const VARIANTS = {
  analyst: analystVariants,
  researcher: researcherVariants,
  trader: traderVariants,
  risk: riskVariants,
} as const satisfies Record<Role, readonly Variant[]>;

/** The variant of a role by name. @throws {RangeError} If the role has none of that name. */
export function variantNamed(role: Role, name: string): Variant {
  const found = VARIANTS[role].find((variant) => variant.name === name);
  if (!found) {
    const names = VARIANTS[role].map((variant) => variant.name).join(", ");
    throw new RangeError(
      `Cannot find a ${role} as its name must be one of ${names}: current value is ${name}`,
    );
  }
  return found;
}
