import type { Credits } from "./credit.ts";
import type { Members } from "./members.ts";
import { ownSince, type Told } from "./thoughts.ts";

/**
 * Credit of traders that ask prompts, drawn in to the mean of their role by how few rows are their own: n / (n + shrinkRows)
 * of the difference stays. Everybody else's credit is as it was.
 *
 * @param row Row t_k, the last that was scored.
 */
export function ownCredit(
  credits: Credits,
  { trader: traders }: Members,
  told: Told | undefined,
  row: number,
  shrinkRows: number,
): Credits {
  const { trader } = credits;
  const mean = trader.reduce((sum, x) => sum + x, 0) / trader.length;
  const own = trader.map((credit, i) => {
    const since = ownSince(traders[i]!, told);
    if (since === -1) return credit;
    const rows = since === null ? 0 : Math.max(0, row - since);
    return mean + (credit - mean) * (rows === 0 ? 0 : rows / (rows + shrinkRows));
  });
  return { ...credits, trader: own };
}
