/** A method that is declared in a cell or a script, held to the rules of its pool as one from a file is. */
import { bareMethod, guardedMethod } from "../adapters/extensions/guarded_method.ts";
import { declareMethod as declare, type PoolName, POOLS, type Pools } from "../inventory/pools.ts";

/**
 * Puts a method of one's own into a pool, before anything runs; the same one again changes nothing. What it gives is
 * looked at whenever it is called: a wrong length, NaN, Infinity or a value out of range is an error that names the
 * method, row, coin and rule.
 *
 * @throws {RangeError} If the pool has another method of that name.
 */
export function declareMethod<Name extends PoolName>(
  pool: Name,
  key: string,
  method: Pools[Name][string],
): void {
  const known = Object.hasOwn(POOLS[pool], key) ? POOLS[pool][key] : undefined;
  if (known && bareMethod(known) === bareMethod(method)) return;
  declare(pool, key, guardedMethod(pool, key, method, "declareMethod"));
}
