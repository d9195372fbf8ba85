import { inTimeArena } from "../simulation/arena.ts";
import type { TradedBars } from "../simulation/traded_bars.ts";
import { type Charges, NO_CHARGES, type Rows, tradeRows } from "../simulation/trade_rows.ts";
import { type Decision, mandatesOf, type RunContext } from "./decide.ts";
import { type ByAccount, byAccount, type DeployedAccount, type PopulationState } from "./state.ts";

/** The deployed accounts after some rows, and the accounting of each row with its fills. */
export interface Traded {
  /** After the rows, as flat blocks. */
  readonly accounts: ByAccount<readonly number[]>;
  /** Accounting of the rows with its fills, by account. */
  readonly bars: ByAccount<TradedBars>;
}

/**
 * Trades rows from..to-1, which follow a decision: a function of the decision, the accounts and the bars. A
 * window traded in one go and bar by bar gives the same bytes.
 *
 * @param charges What asking models at a row cost, USD, by row: taken from every deployed account before the next bar.
 */
export function trade(
  decision: Decision,
  { accounts, proposals }: Pick<PopulationState, "accounts" | "proposals">,
  context: Pick<RunContext, "desk" | "config" | "clock">,
  { from, to }: Rows,
  charges: Charges = NO_CHARGES,
): Traded {
  const { arena } = context.desk, inTime = inTimeArena(arena);
  // decided at the closes of from-1 .. to-2; what row to-1 decides is for the next call
  const mandates = mandatesOf(
    decision,
    { ...context, desk: { ...context.desk, proposals } },
    from - 1,
    to - 2,
  );
  const names = Object.keys(mandates) as DeployedAccount[];
  const traded = byAccount(names, (name) => {
    const adopts = decision.adopts[name] === true && from === decision.row + 1;
    const where = name === "champion" || name === "committee" ? arena : inTime;
    return tradeRows(where, accounts[name]!, mandates[name]!, { from, to }, adopts, charges);
  });
  return {
    accounts: byAccount(names, (name) => traded[name]![0]),
    bars: byAccount(names, (name) => traded[name]![1]),
  };
}
