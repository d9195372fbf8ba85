import { joinBars } from "../simulation/traded_bars.ts";
import { decide, type Decision, type RunContext } from "./decide.ts";
import { decisionRow } from "./config.ts";
import type { Proposals } from "../inventory/trader/proposal.ts";
import { withProposals } from "./proposals.ts";
import { closeIteration, type StepResult } from "./step.ts";
import { byAccount, type DeployedAccount, type PopulationState } from "./state.ts";
import { trade, type Traded } from "./trade.ts";

/** A population that is told one bar at a time, as it is on an exchange. */
export interface Session {
  readonly state: PopulationState;
  /** Who trades now; null before the first decision. */
  readonly decision: Decision | null;
  /** The accounts since that decision and what they did; null before the next bar has closed. */
  readonly traded: Traded | null;
}

/** A session that has not seen a decision row yet. */
export function startSession(state: PopulationState): Session {
  return { state, decision: null, traded: null };
}

/**
 * What the close of the newest row of the desk's market brings: the accounts trade it, a window that ends with it
 * is learned from, and a decision that is due is taken. Equal to `step` over the same rows, to the byte.
 *
 * @param proposals What was proposed for a decision that is due at this row.
 * @returns The session after it, and the iteration that ended with this row, if one did.
 * @throws {RangeError} If the row of the next decision has passed: a state goes on from where it stood.
 */
export function onClose(
  session: Session,
  context: RunContext,
  proposals: Proposals = {},
): { readonly session: Session; readonly ended: StepResult | null } {
  const { clock, desk } = context;
  const row = desk.market.panel.rows - 1;
  let { state, decision, traded } = session;
  let ended: StepResult | null = null;
  if (decision) {
    const { accounts } = traded ?? state;
    traded = after(traded, trade(decision, { ...state, accounts }, context, { from: row, to: row + 1 }));
    if (row === decision.row + clock.stepRows) {
      ended = closeIteration(state, decision, traded, row, context);
      [state, decision, traded] = [ended.state, null, null];
    }
  }
  const due = decisionRow(state.k, clock);
  if (decision === null && row > due) {
    throw new RangeError(
      `Cannot go on with a session as the market must not be past row ${due}, where iteration ${state.k} decides: ` +
        `current value is ${row}`,
    );
  }
  if (row === due) {
    state = withProposals(state, proposals, context);
    decision = decide(state, context);
  }
  return { session: { state, decision, traded }, ended };
}

function after(before: Traded | null, now: Traded): Traded {
  if (!before) return now;
  const names = Object.keys(now.bars) as DeployedAccount[];
  const bars = byAccount(names, (name) => joinBars([before.bars[name]!, now.bars[name]!]));
  return { accounts: now.accounts, bars };
}
