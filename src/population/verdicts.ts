/** What the champion's risk agent said to what its trader made of the answers. */
import { mandateOf } from "../agents/desk.ts";
import { authorsOf } from "../agents/told.ts";
import type { ThoughtEvent, ThoughtVerdict } from "../events/thought.ts";
import { promptAuthor } from "../inventory/trader/prompts/listening.ts";
import { readAccount } from "../simulation/account.ts";
import { decisionAt } from "../simulation/decision_at.ts";
import { type Charges, takeCharge, tradeRows } from "../simulation/trade_rows.ts";
import type { Decision, RunContext } from "./decide.ts";
import type { PopulationState } from "./state.ts";

/**
 * The thoughts of an iteration, each with the verdict on the champion's wish for its coin at its row; those that the
 * champion's trader does not listen to are left without one. The champion's account is walked as it trades the window.
 *
 * @param state With the answers.
 */
export function withVerdicts(
  thoughts: readonly ThoughtEvent[],
  decision: Decision,
  state: PopulationState,
  context: RunContext,
  charges: Charges,
): readonly ThoughtEvent[] {
  const { championPipeline } = decision;
  const heard = new Set(championPipeline.trader ? authorsOf(championPipeline.trader) : []);
  if (!thoughts.some(({ prompt }) => heard.has(promptAuthor(prompt)))) return thoughts;
  const desk = { ...context.desk, proposals: state.proposals }, { arena } = desk;
  const mandate = mandateOf(desk, championPipeline);
  const coins = desk.market.panel.coins.map(({ coin }) => coin);
  const first = decision.row + 1;
  let account = state.accounts.champion, next = first; // the next row to be traded

  return thoughts.map((thought) => {
    const { row, coin, prompt } = thought;
    if (!heard.has(promptAuthor(prompt))) return thought;
    if (row >= next) {
      const adopts = decision.adopts.champion && next === first;
      [account] = tradeRows(arena, account, mandate, { from: next, to: row + 1 }, adopts, charges);
      next = row + 1;
    }
    const before = readAccount(account);
    takeCharge(before, charges, row);
    const adopting = decision.adopts.champion && row === decision.row;
    return {
      ...thought,
      verdict: verdictOf(decisionAt(before, arena, mandate, row, coins.indexOf(coin), adopting)),
    };
  });
}

function verdictOf({ verdict, wanted, allowed, cuts }: ReturnType<typeof decisionAt>): ThoughtVerdict {
  return { verdict, wanted, allowed: Number.isNaN(allowed) ? null : allowed, cuts };
}
