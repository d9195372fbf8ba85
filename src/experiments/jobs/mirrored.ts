/** What readers are told of accounts that mirror a population's teams. */
import { MIRROR_RULES, type MirrorRule } from "../../population/config.ts";
import { type MirroredAccount, mirroredBy } from "../../population/mirror/accounts.ts";
import { WEIGHT_RULES } from "../../population/mirror/weight_rules.ts";
import { OPPONENT_RULES } from "../references/mirrored_field.ts";
import type { StrategyDescription } from "../strategy.ts";

/** The mirrored committee, and an account for each further rule of `population.mirror.rules`. */
export const MIRRORED_STRATEGIES = {
  mirrored: {
    label: "Population (mirrored)",
    kind: "population",
    note:
      "All teams' shadow accounts netted in one account with real costs, weighed by the first rule of population.mirror.",
  },
  ...Object.fromEntries(MIRROR_RULES.map((rule: MirrorRule) => [mirroredBy(rule), {
    label: `Population (mirrored, ${WEIGHT_RULES[rule].label})`,
    kind: "learner", // beside the mirrored committee, which is what is judged
    note: `As the mirrored committee, by another rule: ${WEIGHT_RULES[rule].note}.`,
  }])),
} as Readonly<Record<MirroredAccount, StrategyDescription>>;

/** The field mirrored by a rule. */
export type FieldMirrored = `fieldMirrored${Capitalize<MirrorRule>}`;

/** Name of the field mirrored by a rule. */
export function fieldMirrored(rule: MirrorRule): FieldMirrored {
  return `field${capital(mirroredBy(rule))}` as FieldMirrored;
}

/** Whom mirrored accounts must beat before learning can be said to help: netting without learning, at the same rules. */
export const MIRRORED_OPPONENTS: readonly FieldMirrored[] = OPPONENT_RULES.map(fieldMirrored);

/** The field mirrored by every rule, the opponents first. */
export const FIELD_MIRRORED_STRATEGIES = Object.fromEntries(
  [...new Set<MirrorRule>([...OPPONENT_RULES, ...MIRROR_RULES])].map((rule) => [fieldMirrored(rule), {
    label: `Field mirrored, ${WEIGHT_RULES[rule].label}`,
    kind: "reference",
    note: `All declared pipelines netted in one account with real costs, no lessons: ${
      WEIGHT_RULES[rule].note
    }.`,
  }]),
) as Readonly<Record<FieldMirrored, StrategyDescription>>;

function capital(name: string): string {
  return name[0]!.toUpperCase() + name.slice(1);
}
