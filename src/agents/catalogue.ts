import { type Role, ROLES } from "../genome/role.ts";
import { requireBeside } from "../inventory/researcher/forecasting/beside.ts";
import { geneSet, type Variant } from "./variant.ts";
import { languageVariants } from "./variants/language.ts";
import { analystVariants } from "./variants/analyst.ts";
import { researcherVariants } from "./variants/researcher.ts";
import { riskVariants } from "./variants/risk.ts";
import { traderVariants } from "./variants/trader.ts";

/** All variants by role. */
export type Variants = { readonly [Kind in Role]: readonly Variant<Kind>[] };

const variants: { [Kind in Role]: Variant<Kind>[] } = {
  analyst: [...analystVariants],
  researcher: [...researcherVariants],
  trader: [...traderVariants, ...languageVariants],
  risk: [...riskVariants],
};

/**
 * All variants by role, five of each declared, and traders that play where they are named. Adding one is adding a line in
 * its role's list.
 */
export const VARIANTS: Variants = variants;

const declaredByTheHouse: ReadonlySet<Variant> = new Set(
  ROLES.flatMap((role): readonly Variant[] => variants[role]),
);

/** The variants that were added to those of the house, role by role. */
export function ownVariants(): Variant[] {
  return ROLES.flatMap((role): readonly Variant[] => variants[role]).filter((one) =>
    !declaredByTheHouse.has(one)
  );
}

/** Variants of a role that are there to play, whatever else is declared: as many as a population has by default. */
export const DECLARED_AGENTS = 5;

/** What follows the name of a trader that has no take-profit. */
const UNTARGETED = "-untargeted";

/** Names of the same traders without a take-profit: what plays where targets are off. */
export function untargetedNames(names: readonly string[]): string[] {
  return names.map((name) => name.endsWith(UNTARGETED) ? name : `${name}${UNTARGETED}`);
}

const untargeted = new WeakMap<Variant, Variant>();

/** The trader without a take-profit: the gene is not there, and its plans set no target. One object for each. */
function untargetedOf(trader: Variant): Variant {
  const known = untargeted.get(trader);
  if (known) return known;
  const [name] = untargetedNames([trader.name]);
  const made = {
    ...trader,
    name: name!,
    summary: `${trader.summary}; no take-profit`,
    lacks: ["takeProfit"],
  };
  untargeted.set(trader, made);
  return made;
}

/**
 * The variant of a role by name; a trader's with `-untargeted` behind it is that trader without a take-profit.
 *
 * @throws {RangeError} If the role has none of that name.
 */
export function variantNamed<Kind extends Role>(role: Kind, name: string): Variant<Kind> {
  const all: readonly Variant<Kind>[] = VARIANTS[role];
  const found = all.find((variant) => variant.name === name);
  if (!found && role === "trader" && name.endsWith(UNTARGETED)) {
    const trader = variantNamed(role, name.slice(0, -UNTARGETED.length));
    return untargetedOf(trader) as Variant<Kind>;
  }
  if (!found) {
    const names = all.map((variant) => variant.name).join(", ");
    throw new RangeError(
      `Cannot find the ${role} as its name must be one of ${names}: current value is ${name}`,
    );
  }
  return found;
}

/** The variants of a role that may play without being named. */
export function unnamedPlayers<Kind extends Role>(role: Kind): readonly Variant<Kind>[] {
  const all: readonly Variant<Kind>[] = VARIANTS[role];
  return all.filter(({ byName }) => byName !== true);
}

/**
 * Those who play in a population of `size` agents per role: those that are named, else, with more variants declared
 * than play, the first ones. Draws, the field and every reference are over them.
 *
 * @throws {RangeError} If a name is no variant's.
 */
export function playersOf<Kind extends Role>(
  role: Kind,
  size: number,
  named: readonly string[] | null = null,
): readonly Variant<Kind>[] {
  if (named !== null) return named.map((name) => variantNamed(role, name));
  return unnamedPlayers(role).slice(0, Math.max(size, DECLARED_AGENTS));
}

/**
 * Adds a variant of one's own, before anything runs; the same one again changes nothing.
 *
 * @throws {RangeError} If its role is unknown or has another variant of that name, or a forecaster lacks what it needs
 *   beside it or is given what it ignores.
 */
export function declareVariant<Kind extends Role>(variant: Variant<Kind>): void {
  if (!ROLES.includes(variant.role)) {
    throw new RangeError(
      `Cannot declare a variant as its role must be one of ${
        ROLES.join(", ")
      }: current value is ${variant.role}`,
    );
  }
  const all = variants[variant.role] as Variant<Kind>[];
  const known = all.find(({ name }) => name === variant.name);
  if (known === variant) return;
  geneSet(variant); // refuses genes of one name
  if ("forecasting" in variant.identity) requireBeside(variant.name, variant.identity);
  if (known) {
    throw new RangeError(
      `Cannot declare a ${variant.role} as its name must be new: current value is ${variant.name}`,
    );
  }
  all.push(variant);
}

/** Takes a variant back, so that another one may have its name. */
export function withdrawVariant(role: Role, name: string): void {
  const all: Variant[] = variants[role];
  const at = all.findIndex((variant) => variant.name === name);
  if (at >= 0) all.splice(at, 1);
}
