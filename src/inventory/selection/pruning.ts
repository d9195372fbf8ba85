/** A method that was taken out of an agent's inventory, when and why. */
export interface PrunedMethod {
  /** Row at whose close it was decided. */
  readonly row: number;
  /** Index of the method. */
  readonly method: number;
  /** failing: far behind the best; unused: hardly chosen any more, and behind. */
  readonly cause: "failing" | "unused";
  /** By how many standard errors of their difference the best is ahead. */
  readonly behind: number;
  /** Share of the choices since the last look that were this method. */
  readonly used: number;
}

/** Standard errors behind the best from which a method fails, and from which one that is hardly used goes too. */
export const FAILING = 4, UNUSED_BEHIND = 3;
/** Share of an equal share below which a method is hardly used. */
export const HARDLY = 0.25;
/** Choices with known credit before anything is pruned. */
export const LEAST_CHOICES = 100;

/** Credits of all methods so far: sums and sums of products, for the differences of any two. Nothing is forgotten. */
export interface Standings {
  readonly methods: number;
  count: number;
  readonly sums: Float64Array;
  /** Row-major [methods][methods]. */
  readonly products: Float64Array;
}

export function createStandings(methods: number): Standings {
  return {
    methods,
    count: 0,
    sums: new Float64Array(methods),
    products: new Float64Array(methods * methods),
  };
}

/** Adds the credits of one choice, which count as `weight` independent ones. */
export function addStanding(standings: Standings, credits: Float64Array, weight: number): void {
  const { methods, sums, products } = standings;
  standings.count += weight;
  for (let i = 0; i < methods; i++) {
    sums[i]! += weight * credits[i]!;
    for (let j = 0; j < methods; j++) products[i * methods + j]! += weight * credits[i]! * credits[j]!;
  }
}

/** By how many standard errors of the paired difference `a` is ahead of `b`. */
export function aheadBy({ methods, count, sums, products }: Standings, a: number, b: number): number {
  const difference = (sums[a]! - sums[b]!) / count;
  const square = (products[a * methods + a]! - 2 * products[a * methods + b]! + products[b * methods + b]!) /
    count;
  const variance = square - difference * difference;
  return variance > 0 ? difference / Math.sqrt(variance / count) : 0;
}

/**
 * Which methods go at this row: the worst first, and never so many that fewer than `keep` are left.
 *
 * @param alive Which are left; not changed.
 * @param used Share of the choices since the last look, by method.
 */
export function methodsToPrune(
  standings: Standings,
  alive: readonly boolean[],
  used: readonly number[],
  keep: number,
  row: number,
): PrunedMethod[] {
  const left = alive.flatMap((lives, method) => lives ? [method] : []);
  if (standings.count < LEAST_CHOICES || left.length <= keep) return [];
  const best = left.reduce((a, b) => standings.sums[b]! > standings.sums[a]! ? b : a);
  const going = left.filter((method) => method !== best).flatMap((method): PrunedMethod[] => {
    const behind = aheadBy(standings, best, method);
    const unused = used[method]! < HARDLY / left.length && behind >= UNUSED_BEHIND;
    if (behind < FAILING && !unused) return [];
    return [{ row, method, cause: behind >= FAILING ? "failing" : "unused", behind, used: used[method]! }];
  });
  return going.sort((a, b) => b.behind - a.behind).slice(0, left.length - keep);
}
