/**
 * Weighted sums of many accounts' returns and of their squares, one pair an account and memory, brought forward row
 * by row: with a half-life of h rows a return counts half after h of them, with none (Infinity) all count alike.
 */
import { sharpeScore } from "../score.ts";

/** Sums over the rows so far. */
export interface ReturnSums {
  /** Half-lives in rows; Infinity is an expanding mean. */
  readonly memories: readonly number[];
  /** Sum of weights by memory, the same for all accounts. */
  readonly weight: Float64Array;
  /** Weighted sums of returns; [account][memory]. */
  readonly first: Float64Array;
  /** Weighted sums of their squares; [account][memory]. */
  readonly second: Float64Array;
}

/** Sums over no row yet. */
export function noSums(accounts: number, memories: readonly number[]): ReturnSums {
  const values = accounts * memories.length;
  return {
    memories,
    weight: new Float64Array(memories.length),
    first: new Float64Array(values),
    second: new Float64Array(values),
  };
}

/**
 * The sums after further rows, account by account in the order of their indices. The given ones stay as they are.
 *
 * @param returnsOf Simple returns of an account in those rows, oldest first; every account has as many.
 */
export function addReturns(
  before: ReturnSums,
  rows: number,
  returnsOf: (account: number) => Float64Array,
): ReturnSums {
  const { memories } = before;
  const sums = {
    memories,
    weight: before.weight.slice(),
    first: before.first.slice(),
    second: before.second.slice(),
  };
  const decays = memories.map((halfLife) => 2 ** (-1 / halfLife));
  decays.forEach((decay, m) => {
    for (let t = 0; t < rows; t++) sums.weight[m] = sums.weight[m]! * decay + 1;
  });
  const accounts = sums.first.length / memories.length;
  for (let account = 0; account < accounts; account++) {
    const returns = returnsOf(account);
    decays.forEach((decay, m) => {
      const at = account * memories.length + m;
      let first = sums.first[at]!, second = sums.second[at]!;
      for (let t = 0; t < rows; t++) {
        const r = returns[t]!;
        first = first * decay + r;
        second = second * decay + r * r;
      }
      sums.first[at] = first;
      sums.second[at] = second;
    });
  }
  return sums;
}

/** Score of every account under a memory: weighted mean over weighted sd of its returns, per bar. Shape [account]. */
export function scoresUnder({ memories, weight, first, second }: ReturnSums, halfLife: number): Float64Array {
  const m = memoryIndex(memories, halfLife), width = memories.length, all = weight[m]!;
  return Float64Array.from(
    { length: first.length / width },
    (_, account) => sharpeScore(first[account * width + m]! / all, second[account * width + m]! / all),
  );
}

/** Root of the weighted mean square of every account's returns under a memory, per bar. Shape [account]. */
export function rootMeanSquares({ memories, weight, second }: ReturnSums, halfLife: number): Float64Array {
  const m = memoryIndex(memories, halfLife), width = memories.length;
  return Float64Array.from(
    { length: second.length / width },
    (_, account) => Math.sqrt(second[account * width + m]! / weight[m]!),
  );
}

function memoryIndex(memories: readonly number[], halfLife: number): number {
  const index = memories.indexOf(halfLife);
  if (index < 0) {
    throw new RangeError(
      `Cannot read sums as their half-life must be one of ${
        memories.join(", ")
      }: current value is ${halfLife}`,
    );
  }
  return index;
}
