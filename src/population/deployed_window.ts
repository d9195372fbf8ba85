import { readAccount, writeAccount } from "../simulation/account.ts";
import type { Arena } from "../simulation/arena.ts";
import { runAccount } from "../simulation/event_loop.ts";
import { createRecord } from "../simulation/record.ts";
import type { Mandate } from "./committee.ts";

/** The accounting of the bars a deployed account traded: USDT per bar, exposure in multiples of equity; each of shape [bars]. */
export const DEPLOYED_COLUMNS = [
  "equity",
  "fees",
  "slippage",
  "funding",
  "tradedNotional",
  "grossExposure",
] as const;
export type DeployedBars = Readonly<Record<(typeof DEPLOYED_COLUMNS)[number], Float64Array>>;

/**
 * Runs a deployed account on through rows from..to-1 under a team's plan and limits. The account given is not
 * changed; the one after is returned with the bars.
 *
 * @param adoptTeam True if another team trades from this window on.
 */
export function tradeWindow(
  arena: Arena,
  account: readonly number[],
  mandate: Mandate,
  { from, to }: { readonly from: number; readonly to: number },
  adoptTeam: boolean,
): [account: number[], bars: DeployedBars] {
  const deployed = readAccount(account);
  const record = createRecord(to, 0, "full");
  runAccount(deployed, arena, mandate.plan, mandate.limits, from, to, { adoptTeam, record, trace: null });
  const detail = record.detail!;
  return [writeAccount(deployed), {
    equity: record.equity.slice(from),
    fees: detail.fees.slice(from),
    slippage: detail.slippage.slice(from),
    funding: detail.funding.slice(from),
    tradedNotional: detail.tradedNotional.slice(from),
    grossExposure: detail.grossExposure.slice(from),
  }];
}
