import type { Role } from "../agents/contracts.ts";

/** Roles as they are written in titles. */
export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  analyst: "Analyst",
  researcher: "Researcher",
  trader: "Trader",
  risk: "Risk",
};

/** Labels of a role's agents: their variants, numbered where several agents share one. */
export function agentLabels(variants: readonly string[]): string[] {
  const shared = new Set(variants.filter((variant, i) => variants.indexOf(variant) !== i));
  return variants.map((variant, i) => (shared.has(variant) ? `${variant} ${i + 1}` : variant));
}
