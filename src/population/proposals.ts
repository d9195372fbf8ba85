import { needsOf } from "../agents/variant.ts";
import { variantNamed } from "../agents/catalogue.ts";
import { parseProposal, type Proposal, type Proposals } from "../inventory/trader/proposal.ts";
import { decisionRow } from "./config.ts";
import type { RunContext } from "./decide.ts";
import type { PopulationState } from "./state.ts";

/**
 * The state after decisions of iteration k have been handed in; they stand beside those before. Each is for a row
 * from t_k on and before the next decision: nobody rewrites what has been traded, or decides for later than the next
 * time he is asked.
 *
 * @throws {RangeError} If a proposal breaks a rule, or its author is no trader that plays and trades proposals.
 */
export function withProposals(
  state: PopulationState,
  proposals: Proposals,
  { clock, desk }: RunContext,
): PopulationState {
  const authors = Object.keys(proposals);
  if (authors.length === 0) return state;
  const { panel } = desk.market;
  const rows = {
    from: decisionRow(state.k, clock),
    to: Math.min(decisionRow(state.k + 1, clock), panel.rows),
  };
  const coins = panel.coins.map(({ coin }) => coin);
  const all = authors.map((author): [string, readonly Proposal[]] => {
    requireAuthor(author, state);
    const said = proposals[author]!.map((one) => parseProposal(one, rows, coins));
    return [author, [...(state.proposals[author] ?? []), ...said]];
  });
  return { ...state, proposals: { ...state.proposals, ...Object.fromEntries(all) } };
}

function requireAuthor(author: string, { genomes }: PopulationState): void {
  const players = genomes.trader.map(({ variant }) => variant)
    .filter((name) => needsOf(variantNamed("trader", name)).includes("proposals"));
  if (!players.includes(author)) {
    throw new RangeError(
      `Cannot take proposals as their author must be a trader that plays and trades what is proposed, one of ` +
        `${players.join(", ") || "none here"}: current value is ${author}`,
    );
  }
}
