import { MEASURED_COSTS } from "./measured_costs.ts";
import type { Method } from "./method.ts";
import { type PoolName, POOLS } from "./pools.ts";
import { BESIDE } from "./researcher/forecasting/beside.ts";

/** One method as the inventory lists it. */
export interface InventoryEntry {
  /** The pool that it belongs to. */
  readonly pool: PoolName;
  /** Its key, by which variants name it. */
  readonly key: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** What it reads beside prices; of a forecaster also the method beside it, `calibration` or `uncertainty`. */
  readonly needs: readonly string[];
  /** Rows before its output means anything, on five coins. */
  readonly warmUp: number;
  /** The same on one coin; of what hangs on a horizon, over the middle one of the declared researchers, 6 bars. */
  readonly warmUpOneCoin: number;
  /** Rows between two fits; 1 where nothing is fitted or everything is at every row. */
  readonly refitEvery: number;
  /** Names of its own genes. */
  readonly genes: readonly string[];
  /**
   * Time of one bar of one market over that of one step of an exponential mean on the same machine, as
   * `deno task inventory-costs` measured it; null for a method that was not measured, such as one's own.
   */
  readonly cost: number | null;
  /** Where it comes from; empty where nothing is stated. */
  readonly source: string;
}

/** Bars of the declared researchers' middle horizon. */
const MIDDLE_HORIZON = 6;

/** Names of all pools, in the order of the pipeline. */
export const POOL_NAMES = Object.keys(POOLS) as readonly PoolName[];

/** Every method of every pool, or of one: those that are declared now, one's own among them. */
export function inventoryEntries(only: PoolName | null = null): InventoryEntry[] {
  return POOL_NAMES.filter((pool) => only === null || pool === only).flatMap((pool) =>
    Object.entries(POOLS[pool] as Readonly<Record<string, Method<never, unknown>>>).map(([key, method]) => ({
      pool,
      key,
      summary: method.summary,
      needs: [...new Set([...method.needs, ...besideOf(pool, key)])],
      warmUp: method.warmUp,
      warmUpOneCoin: method.warmUpOn?.(1, MIDDLE_HORIZON) ?? method.warmUp,
      refitEvery: method.refitEvery,
      genes: method.genes.map(({ name }) => name),
      cost: MEASURED_COSTS[`${pool} ${key}`] ?? null,
      source: method.source ?? "",
    }))
  );
}

function besideOf(pool: PoolName, key: string): string[] {
  if (pool !== "researcher.forecasting" || !Object.hasOwn(BESIDE, key)) return [];
  const { reads } = BESIDE[key]!;
  return reads === null ? [] : [reads];
}

/** Warm-up as tables write it: in brackets that on one coin, where it is another. */
export function warmUpText({ warmUp, warmUpOneCoin }: InventoryEntry): string {
  return warmUp === warmUpOneCoin ? String(warmUp) : `${warmUp} (${warmUpOneCoin})`;
}
