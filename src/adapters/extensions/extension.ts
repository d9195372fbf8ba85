/** What a module of one's own may add, and where each thing goes. */
import { declareVariant, VARIANTS, type Variants, withdrawVariant } from "../../agents/catalogue.ts";
import type { Variant } from "../../agents/variant.ts";
import { OWN_PASSIVE, type PassiveReference } from "../../experiments/references/passive.ts";
import { declareStrategy, withdrawStrategy } from "../../experiments/strategies.ts";
import { CATALOGUE, type CatalogueEntry, declareColumn, withdrawColumn } from "../../features/catalogue.ts";
import { declareFigure, OWN_FIGURES, type RunFigure, withdrawFigure } from "../../figures/run_figures.ts";
import { type Role, ROLES } from "../../genome/role.ts";
import { declareMethod, type PoolName, POOLS, type Pools, withdrawMethod } from "../../inventory/pools.ts";

/**
 * What a module of one's own exports as `default` or as `extension`. A module may call `declareVariant` and the like
 * itself instead; what it declared while it was imported is known as its own either way.
 */
export interface Extension {
  /** Agents: data that name methods. */
  readonly variants?: readonly Variants[Role][number][];
  /** Methods that variants name, by pool and key. */
  readonly methods?: { readonly [Pool in PoolName]?: Pools[Pool] };
  /** Strategies that need no agent, by name. */
  readonly strategies?: Readonly<Record<string, PassiveReference>>;
  /** Columns of features, by name. */
  readonly indicators?: Readonly<Record<string, CatalogueEntry>>;
  /** Figures of a run, by name; they follow its others. */
  readonly figures?: Readonly<Record<string, RunFigure>>;
}

/** Parts of an extension. */
export const EXTENSION_PARTS = ["variants", "methods", "strategies", "indicators", "figures"] as const;

/** Declares all that an extension adds. @throws {RangeError} If a name is taken. */
export function declareExtension(extension: Extension): void {
  for (const [name, entry] of Object.entries(extension.indicators ?? {})) declareColumn(name, entry);
  for (const [pool, methods] of Object.entries(extension.methods ?? {})) {
    for (const [key, method] of Object.entries(methods)) {
      declareMethod(pool as PoolName, key, method as never);
    }
  }
  for (const variant of extension.variants ?? []) declareVariant(variant as Variant);
  for (const [name, strategy] of Object.entries(extension.strategies ?? {})) declareStrategy(name, strategy);
  for (const [name, figure] of Object.entries(extension.figures ?? {})) declareFigure(name, figure);
}

/** What declared things are called, each by a name that is its own. */
export const thingName = {
  indicator: (name: string) => `indicator ${name}`,
  method: (pool: string, key: string) => `method ${pool} ${key}`,
  variant: (role: Role, name: string) => `${role} ${name}`,
  strategy: (name: string) => `strategy ${name}`,
  figure: (name: string) => `figure ${name}`,
} as const;

/** How a thing that is declared is taken back, and declared again as it was. */
export interface DeclaredThing {
  readonly takeBack: () => void;
  readonly again: () => void;
}

/** Everything that is declared now, by a name that is its own; what names another follows it. */
export function declaredThings(): ReadonlyMap<string, DeclaredThing> {
  const things = new Map<string, DeclaredThing>();
  const add = (name: string, takeBack: () => void, again: () => void) =>
    things.set(name, { takeBack, again });
  for (const [name, entry] of Object.entries(CATALOGUE)) {
    add(thingName.indicator(name), () => withdrawColumn(name), () => declareColumn(name, entry));
  }
  for (const pool of Object.keys(POOLS) as PoolName[]) {
    for (const [key, method] of Object.entries(POOLS[pool])) {
      add(
        thingName.method(pool, key),
        () => withdrawMethod(pool, key),
        () => declareMethod(pool, key, method as never),
      );
    }
  }
  for (const role of ROLES) {
    for (const variant of VARIANTS[role] as readonly Variant[]) {
      const { name } = variant;
      add(thingName.variant(role, name), () => withdrawVariant(role, name), () => declareVariant(variant));
    }
  }
  for (const [name, strategy] of Object.entries(OWN_PASSIVE)) {
    add(thingName.strategy(name), () => withdrawStrategy(name), () => declareStrategy(name, strategy));
  }
  for (const [name, figure] of OWN_FIGURES) {
    add(thingName.figure(name), () => withdrawFigure(name), () => declareFigure(name, figure));
  }
  return things;
}
