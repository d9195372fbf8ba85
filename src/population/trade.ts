import type { Desk } from "../agents/desk.ts";
import type { TradedBars } from "../simulation/traded_bars.ts";
import { type Rows, tradeRows } from "../simulation/trade_rows.ts";
import { type Decision, mandatesOf } from "./decide.ts";
import type { DeployedAccount, PopulationState } from "./state.ts";

/** The deployed accounts after some rows, and the accounting of each row with its fills. */
export interface Traded {
  /** After the rows, as flat blocks. */
  readonly accounts: Readonly<Record<DeployedAccount, readonly number[]>>;
  /** Accounting of the rows with its fills, by account. */
  readonly bars: Readonly<Record<DeployedAccount, TradedBars>>;
}

/**
 * Trades rows from..to-1, which follow a decision: a function of the decision, the accounts and the bars. A
 * window traded in one go and bar by bar gives the same bytes.
 */
export function trade(
  decision: Decision,
  { accounts, proposals }: Pick<PopulationState, "accounts" | "proposals">,
  desk: Desk,
  { from, to }: Rows,
): Traded {
  const mandates = mandatesOf(decision, { ...desk, proposals }, from - 1, to - 1);
  const run = (name: DeployedAccount) => {
    const adopts = decision.adopts[name] && from === decision.row + 1;
    return tradeRows(desk.arena, accounts[name], mandates[name], { from, to }, adopts);
  };
  const [[champion, championBars], [committee, committeeBars]] = [run("champion"), run("committee")];
  return { accounts: { champion, committee }, bars: { champion: championBars, committee: committeeBars } };
}
