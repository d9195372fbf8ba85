/** What is declared in a cell or a script, held to the rules that one's own from a file is held to. */
import { declareVariant as declareOwnVariant } from "../agents/catalogue.ts";
import type { Role } from "../genome/role.ts";
import type { Variant } from "../agents/variant.ts";
import { bareMethod, guardedMethod } from "../adapters/extensions/guarded_method.ts";
import {
  barePart,
  guardedColumn,
  guardedFigure,
  guardedStrategy,
} from "../adapters/extensions/guarded_parts.ts";
import { faultsOf, geneFaults } from "../adapters/extensions/read_exports.ts";
import { OWN_PASSIVE, type PassiveReference } from "../experiments/references/passive.ts";
import { declareStrategy as declareOwnStrategy } from "../experiments/strategies.ts";
import {
  CATALOGUE,
  type CatalogueEntry,
  type CatalogueName,
  declareColumn as declareOwnColumn,
} from "../features/catalogue.ts";
import { declareFigure as declareOwnFigure, OWN_FIGURES, type RunFigure } from "../figures/run_figures.ts";
import { declareMethod as declare, type PoolName, POOLS, type Pools } from "../inventory/pools.ts";
import { requireKnown } from "../core/known_names.ts";

/**
 * Puts a method of one's own into a pool, before anything runs; the same one again changes nothing. What it gives is
 * looked at whenever it is called: a wrong length, NaN, Infinity or a value out of range is an error that names the
 * method, row, coin and rule.
 *
 * @throws {RangeError} If there is no such pool, it has another method of that name, or a field breaks a rule.
 */
export function declareMethod<Name extends PoolName>(
  pool: Name,
  key: string,
  method: Pools[Name][string],
): void {
  requireKnown("Cannot declare a method as its pool", pool, Object.keys(POOLS));
  requireRules(`declareMethod ${pool} ${key}`, { methods: { [pool]: { [key]: method } } });
  const known = Object.hasOwn(POOLS[pool], key) ? POOLS[pool][key] : undefined;
  if (known && bareMethod(known) === bareMethod(method)) return;
  declare(pool, key, guardedMethod(pool, key, method, "declareMethod"));
}

/**
 * Adds a variant of one's own, before anything runs; the same one again changes nothing. Methods it names must have
 * been declared.
 *
 * @throws {RangeError} If its role has another variant of that name, or a field, gene or start value breaks a rule.
 */
export function declareVariant<Kind extends Role>(variant: Variant<Kind>): void {
  requireRules("declareVariant", { variants: [variant] });
  refuse(geneFaults(variant as unknown as Variant));
  declareOwnVariant(variant);
}

/**
 * Adds an indicator of one's own to those that `column` and feature tables have; the same one again changes nothing. Its
 * values are looked at whenever it is computed.
 *
 * @throws {RangeError} If there is another column of that name, or a field breaks a rule.
 */
export function declareColumn(name: string, entry: CatalogueEntry): CatalogueName {
  requireRules("declareColumn", { indicators: { [name]: entry } });
  const known = (CATALOGUE as Readonly<Record<string, CatalogueEntry>>)[name];
  if (known && barePart(known) === barePart(entry)) return name as CatalogueName;
  return declareOwnColumn(name, guardedColumn(name, entry, "declareColumn"));
}

/**
 * Adds a strategy of one's own that needs no agent: it is traded beside the other references and stands last in the
 * result table. The same one again changes nothing. What it gives is looked at whenever it is called.
 *
 * @throws {RangeError} If there is another strategy of that name, or a field breaks a rule.
 */
export function declareStrategy(name: string, strategy: PassiveReference): void {
  requireRules("declareStrategy", { strategies: { [name]: strategy } });
  const known = OWN_PASSIVE[name];
  if (known && barePart(known) === barePart(strategy)) return;
  declareOwnStrategy(name, guardedStrategy(name, strategy, "declareStrategy"));
}

/**
 * Adds a figure of one's own to those of every run. The same one again changes nothing. It is looked at before it is
 * drawn.
 *
 * @throws {RangeError} If there is another one of that name, or it is no function.
 */
export function declareFigure(name: string, figure: RunFigure): void {
  requireRules("declareFigure", { figures: { [name]: figure } });
  const known = OWN_FIGURES.get(name);
  if (known && barePart(known) === barePart(figure)) return;
  declareOwnFigure(name, guardedFigure(name, figure, "declareFigure"));
}

/** Refuses what breaks the rules for exports of a module. */
function requireRules(call: string, extension: unknown): void {
  refuse(faultsOf(call, extension));
}

function refuse(faults: readonly string[]): void {
  if (faults.length === 0) return;
  throw new RangeError(
    `Cannot declare this as what is declared must follow the rules:\n${
      faults.map((line) => `  ${line}`).join("\n")
    }`,
  );
}
