/** Puts what a module of one's own has declared under guard: from here on its mistakes are told by their place. */
import { VARIANTS } from "../../agents/catalogue.ts";
import type { Variant } from "../../agents/variant.ts";
import { printable } from "../../core/printable.ts";
import { OWN_PASSIVE } from "../../experiments/references/passive.ts";
import { declareStrategy, withdrawStrategy } from "../../experiments/strategies.ts";
import { CATALOGUE, type CatalogueEntry, declareColumn, withdrawColumn } from "../../features/catalogue.ts";
import { declareFigure, OWN_FIGURES, withdrawFigure } from "../../figures/run_figures.ts";
import { ROLES } from "../../genome/role.ts";
import { declareMethod, type PoolName, POOLS, withdrawMethod } from "../../inventory/pools.ts";
import { thingName } from "./extension.ts";
import { guardedMethod } from "./guarded_method.ts";
import { guardedColumn, guardedFigure, guardedStrategy } from "./guarded_parts.ts";
import { type ExportedExtension, readExtension, requireGenes } from "./read_exports.ts";

/**
 * Guards what was declared last, export or call alike; each keeps its name and its place among the others.
 *
 * @param fresh Names of the things that the module declared, as `declaredThings` has them.
 * @throws {UserError} If something that was declared by a call breaks the rules for exports.
 */
export function guardDeclared(
  path: string,
  exported: ExportedExtension | null,
  fresh: ReadonlySet<string>,
): void {
  const file = printable(path), own = exported?.extension ?? {};
  const place = (isExported: boolean, what: string, call: string) =>
    `${file}, ${isExported ? `${exported!.name}.${what}` : call}`;
  for (const pool of Object.keys(POOLS) as PoolName[]) {
    for (const [key, method] of Object.entries(POOLS[pool])) {
      if (!fresh.has(thingName.method(pool, key))) continue;
      const isExported = Object.hasOwn(own.methods?.[pool] ?? {}, key);
      if (!isExported) {
        readExtension(path, `declareMethod ${pool} ${key}`, { methods: { [pool]: { [key]: method } } });
      }
      const where = place(isExported, `methods["${pool}"].${key}`, `declareMethod("${pool}", "${key}")`);
      withdrawMethod(pool, key);
      declareMethod(pool, key, guardedMethod(pool, key, method, where) as never);
    }
  }
  for (const role of ROLES) {
    const variants = (VARIANTS[role] as readonly Variant[]).filter(({ name }) =>
      fresh.has(thingName.variant(role, name))
    );
    requireGenes(path, variants);
  }
  for (const [name, strategy] of Object.entries(OWN_PASSIVE)) {
    if (!fresh.has(thingName.strategy(name))) continue;
    withdrawStrategy(name);
    declareStrategy(
      name,
      guardedStrategy(
        name,
        strategy,
        place(Object.hasOwn(own.strategies ?? {}, name), `strategies.${name}`, "declareStrategy"),
      ),
    );
  }
  for (const [name, entry] of Object.entries(CATALOGUE) as [string, CatalogueEntry][]) {
    if (!fresh.has(thingName.indicator(name))) continue;
    withdrawColumn(name);
    declareColumn(
      name,
      guardedColumn(
        name,
        entry,
        place(Object.hasOwn(own.indicators ?? {}, name), `indicators.${name}`, "declareColumn"),
      ),
    );
  }
  for (const [name, figure] of [...OWN_FIGURES]) {
    if (!fresh.has(thingName.figure(name))) continue;
    withdrawFigure(name);
    declareFigure(
      name,
      guardedFigure(
        name,
        figure,
        place(Object.hasOwn(own.figures ?? {}, name), `figures.${name}`, "declareFigure"),
      ),
    );
  }
}
