import type { Pipeline } from "../../agents/agent.ts";
import { type Desk, passingMandateOf } from "../../agents/desk.ts";
import { createAccount } from "../../simulation/account.ts";
import { lastRow } from "../../simulation/event_loop.ts";
import { ledgerOf } from "../../simulation/ledger.ts";
import type { Limits } from "../../simulation/limits.ts";
import type { Mandate } from "../../simulation/mandate.ts";
import type { Plan } from "../../simulation/plan.ts";
import { createRecord } from "../../simulation/record.ts";
import { runTogether } from "../../simulation/run_together.ts";
import { type Charges, NO_CHARGES, runCharged } from "../../simulation/trade_rows.ts";
import { createTrace } from "../../simulation/trace.ts";
import type { AccountSeries } from "../account_series.ts";

/**
 * A plan under limits in a fresh account from row `from` to the end, recorded in full.
 *
 * @param fills False where hundreds are traded and nobody asks for their fills.
 * @param charges What asking models costs it.
 */
export function tradeMandate(
  desk: Desk,
  mandate: Mandate,
  from: number,
  fills = true,
  charges: Charges = NO_CHARGES,
): AccountSeries {
  const { arena, startingEquity } = desk, end = lastRow(arena, mandate.plan, mandate.limits);
  const account = createAccount(arena.coins, startingEquity), begun = account.slice();
  const record = createRecord(end, startingEquity, "full", from), trace = fills ? createTrace() : null;
  runCharged(account, arena, mandate, { from, to: end }, charges, { adoptTeam: false, record, trace });
  const ledger = trace && ledgerOf(arena, begun, trace, from, end);
  return { startingEquity, accounts: 1, ...record.book!, ledger };
}

/**
 * Plans that are one, under the limits of several risk agents: an account of each from row `from` to the end, recorded in
 * full without its fills.
 */
export function tradeTogether(
  desk: Desk,
  plan: Plan,
  limits: readonly Limits[],
  from: number,
  charges: Charges = NO_CHARGES,
): AccountSeries[] {
  if (charges.size > 0) {
    return limits.map((granted) => tradeMandate(desk, { plan, limits: granted }, from, false, charges));
  }
  const { arena, startingEquity } = desk, end = lastRow(arena, plan, limits[0]!);
  const walks = limits.map((granted) => ({
    account: createAccount(arena.coins, startingEquity),
    limits: granted,
    record: createRecord(end, startingEquity, "full", from),
  }));
  runTogether(walks, arena, plan, from, end, null, desk.shortcuts?.runTogether !== false);
  return walks.map(({ record }) => ({ startingEquity, accounts: 1, ...record.book!, ledger: null }));
}

/** One pipeline in a fresh account from row `from` to the end, recorded in full. */
export function tradePipeline(
  desk: Desk,
  pipeline: Pipeline,
  from: number,
  fills = true,
  charges: Charges = NO_CHARGES,
): AccountSeries {
  return tradeMandate(desk, passingMandateOf(desk, pipeline), from, fills, charges);
}
