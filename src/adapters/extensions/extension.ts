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

/** Everything that is declared now: how each is taken back, by a name that is its own. */
export function declaredThings(): ReadonlyMap<string, () => void> {
  const things = new Map<string, () => void>();
  for (const role of ROLES) {
    for (const { name } of VARIANTS[role] as readonly Variant[]) {
      things.set(`${role} ${name}`, () => withdrawVariant(role, name));
    }
  }
  for (const pool of Object.keys(POOLS) as PoolName[]) {
    for (const key of Object.keys(POOLS[pool])) {
      things.set(`method ${pool} ${key}`, () => withdrawMethod(pool, key));
    }
  }
  for (const name of Object.keys(CATALOGUE)) things.set(`indicator ${name}`, () => withdrawColumn(name));
  for (const name of Object.keys(OWN_PASSIVE)) things.set(`strategy ${name}`, () => withdrawStrategy(name));
  for (const name of OWN_FIGURES.keys()) things.set(`figure ${name}`, () => withdrawFigure(name));
  return things;
}
