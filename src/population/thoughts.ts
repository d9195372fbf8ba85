/** What language models were asked and answered, as a population takes it up. */
import type { Agent } from "../agents/agent.ts";
import { asksPrompts } from "../agents/told.ts";
import type { SuggestionEvent } from "../events/suggestion.ts";
import type { ThoughtEvent } from "../events/thought.ts";
import { listensTo, promptAuthor } from "../inventory/trader/prompts/listening.ts";
import type { Proposal, Proposals } from "../inventory/trader/proposal.ts";

/**
 * What a population remembers of being told: since which row each prompt has been in play, and how many calls were made.
 */
export interface Told {
  /**
   * The first row at which a prompt was in play, by author (`promptAuthor`), whether or not anything was sent: who is
   * not answered stays flat, and is judged by that.
   */
  readonly since: Readonly<Record<string, number>>;
  /** Calls of the run so far, those for references among them. */
  readonly calls: number;
}

/** What a learner brought along for an iteration. */
export interface Prepared {
  readonly proposals: Proposals;
  /** In the order of rows. */
  readonly thoughts: readonly ThoughtEvent[];
  /** Asked for the run's references alone: nobody here listens, and nothing here is decided by it. */
  readonly aside?: readonly ThoughtEvent[];
  /** Mutants that a model proposed for this iteration's transfer step; left out where none was asked. */
  readonly suggestions?: readonly SuggestionEvent[];
}

/** Nothing was asked. */
export const NOTHING_PREPARED: Prepared = { proposals: {}, thoughts: [] };

/**
 * The answers to prompts after further thoughts. `held` renews what stands for the coin, if anything does; an abstention
 * or a failed call adds nothing, so that what was said last stands until it expires.
 *
 * @param validRows Rows that an answer stands.
 */
export function withAnswers(
  before: Proposals,
  thoughts: readonly ThoughtEvent[],
  validRows: number,
): Proposals {
  if (thoughts.length === 0) return before;
  const lists = new Map<string, Proposal[]>();
  for (const thought of thoughts) {
    const author = promptAuthor(thought.prompt);
    const said = lists.get(author) ?? [...before[author] ?? []];
    lists.set(author, said);
    const proposal = proposalOf(thought, said, validRows);
    if (proposal) said.push(proposal);
  }
  return { ...before, ...Object.fromEntries(lists) };
}

function proposalOf(
  { row, coin, decision }: ThoughtEvent,
  said: readonly Proposal[],
  validRows: number,
): Proposal | null {
  if (decision === null) return null;
  const { action, size, leverage, stop, target, confidence } = decision;
  if (action !== "hold") {
    return {
      row,
      coin,
      direction: action,
      size,
      leverage,
      target,
      stop,
      confidence,
      rationale: "",
      validRows,
    };
  }
  const last = said.findLast((one) => one.coin === coin);
  return last !== undefined && last.row + last.validRows > row ? { ...last, row, validRows } : null;
}

/**
 * What a population was told, after further thoughts.
 *
 * @param aside Asked for others, or of other things: of them the calls alone count.
 */
export function withTold(
  before: Told | undefined,
  thoughts: readonly ThoughtEvent[],
  aside: readonly Pick<ThoughtEvent, "calls">[] = [],
): Told | undefined {
  if (thoughts.length === 0 && aside.length === 0) return before;
  const since: Record<string, number> = { ...before?.since };
  for (const { prompt, row } of thoughts) since[promptAuthor(prompt)] ??= row;
  return {
    since,
    calls: [...thoughts, ...aside].reduce((sum, { calls }) => sum + calls, before?.calls ?? 0),
  };
}

/** What the calls at each row cost, USD. */
export function chargesOf(
  thoughts: readonly Pick<ThoughtEvent, "row" | "dollars">[],
): ReadonlyMap<number, number> {
  const charges = new Map<number, number>();
  for (const { row, dollars } of thoughts) {
    if (dollars > 0) charges.set(row, (charges.get(row) ?? 0) + dollars);
  }
  return charges;
}

/** Share of what a trader listens to that must have come into play for a row to be its own. */
const OWN_SHARE = 0.5;

/**
 * The first row that a trader decided on what it listens to, from which on it is scored: since then prompts that make up
 * at least half of its shares have been in play. Null for one whose prompts were not yet, -1 for one that asks nobody.
 */
export function ownSince(trader: Agent<"trader"> | null, told: Told | undefined): number | null {
  if (trader === null || !asksPrompts(trader.variant)) return -1;
  const begun = listensTo(trader.genes).map(({ key, share }) => ({
    share,
    row: told?.since[promptAuthor(key)] ?? Infinity,
  })).sort((a, b) => a.row - b.row);
  let share = 0;
  for (const one of begun) {
    share += one.share;
    if (share >= OWN_SHARE) return Number.isFinite(one.row) ? one.row : null;
  }
  return null;
}
