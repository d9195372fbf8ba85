/** What readers are told of accounts that mirror a population's teams. */
import { MIRROR_RULES, type MirrorRule } from "../../population/config.ts";
import { type MirroredAccount, mirroredBy } from "../../population/mirror/accounts.ts";
import { WEIGHT_RULES } from "../../population/mirror/weight_rules.ts";
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
    kind: "population",
    note: `As the mirrored committee, by another rule: ${WEIGHT_RULES[rule].note}.`,
  }])),
} as Readonly<Record<MirroredAccount, StrategyDescription>>;
