import type { Role } from "../genome/role.ts";

/** Roles as they are written in titles. */
export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  analyst: "Analyst",
  researcher: "Researcher",
  trader: "Trader",
  risk: "Risk",
};

/** Labels of a role's agents: their variants, counted where several agents share one. */
export function agentLabels(variants: readonly string[]): string[] {
  const alike = (variant: string, among: readonly string[]) =>
    among.filter((other) => other === variant).length;
  return variants.map((variant, i) =>
    alike(variant, variants) > 1 ? `${variant} ${alike(variant, variants.slice(0, i)) + 1}` : variant
  );
}
