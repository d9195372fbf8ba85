import { asksPrompts } from "../agents/told.ts";
import { needsOf } from "../agents/variant.ts";
import type { ThoughtEvent } from "../events/thought.ts";
import { variantNamed } from "../agents/catalogue.ts";
import { parseProposal, type Proposal, type Proposals } from "../inventory/trader/proposal.ts";
import type { Rows } from "../simulation/trade_rows.ts";
import { type ClockConfig, decisionRow } from "./config.ts";
import type { RunContext } from "./decide.ts";
import type { PopulationState } from "./state.ts";
import { withAnswers, withTold } from "./thoughts.ts";

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
  const { panel } = desk.market, rows = toldRows(state.k, clock, panel.rows);
  const coins = panel.coins.map(({ coin }) => coin);
  const all = authors.map((author): [string, readonly Proposal[]] => {
    requireAuthor(author, state);
    const said = proposals[author]!.map((one) => parseProposal(one, rows, coins));
    return [author, [...(state.proposals[author] ?? []), ...said]];
  });
  return { ...state, proposals: { ...state.proposals, ...Object.fromEntries(all) } };
}

/**
 * The state after language models were asked for iteration k, about rows from t_k on and before the next decision.
 *
 * @throws {RangeError} If a thought is about another row or coin, or nobody who plays asks prompts.
 */
export function withThoughts(
  state: PopulationState,
  thoughts: readonly ThoughtEvent[],
  { clock, desk, config }: RunContext,
  aside: readonly Pick<ThoughtEvent, "calls">[] = [],
): PopulationState {
  const told = withTold(state.told, thoughts, aside);
  if (told === undefined) return state;
  if (thoughts.length === 0) return { ...state, told };
  if (!state.genomes.trader.some(({ variant }) => asksPrompts(variantNamed("trader", variant)))) {
    throw new RangeError("Cannot take answers to prompts as a trader that asks them must play: none does");
  }
  const { panel } = desk.market, coins = panel.coins.map(({ coin }) => coin);
  const { from, to } = toldRows(state.k, clock, panel.rows);
  const stray = thoughts.find(({ row, coin }) => row < from || row >= to || !coins.includes(coin));
  if (stray) {
    throw new RangeError(
      `Cannot take an answer as it must be about one of rows ${from}..${to - 1} and a coin of the market: ` +
        `current value is ${stray.row}, ${stray.coin}`,
    );
  }
  return {
    ...state,
    proposals: withAnswers(state.proposals, thoughts, config.language.validRows),
    told,
  };
}

/** Rows from..to-1 that iteration k may be told about: its decision's and those before the next. */
function toldRows(k: number, clock: ClockConfig, rows: number): Rows {
  return { from: decisionRow(k, clock), to: Math.min(decisionRow(k + 1, clock), rows) };
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
