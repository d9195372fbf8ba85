/** Names of mirrored accounts. */
import type { MirrorRule, PopulationConfig } from "../config.ts";

/** The mirrored committee, and accounts that mirror by further rules. */
export type MirroredAccount = "mirrored" | `mirrored${Capitalize<MirrorRule>}`;

/** The account of each rule of a configuration, in their order: the first is the mirrored committee. */
export function mirroredAccounts({ mirror: { rules } }: Pick<PopulationConfig, "mirror">): MirroredAccount[] {
  return rules.map((rule, i) => i === 0 ? "mirrored" : mirroredBy(rule));
}

/** The account that mirrors by a further rule. */
export function mirroredBy<Rule extends MirrorRule>(rule: Rule): `mirrored${Capitalize<Rule>}` {
  return `mirrored${rule[0]!.toUpperCase()}${rule.slice(1)}` as `mirrored${Capitalize<Rule>}`;
}
