/**
 * Test-then-train runs: a learner decides at t_k from rows <= t_k who trades the window that follows, then
 * sees it. Population, homogeneous PBT and the single agent are learners; all are driven, checkpointed and
 * resumed alike.
 */
import type { Proposals } from "../inventory/trader/proposal.ts";
import {
  type BarBook,
  bookFromColumns,
  columnsOfBook,
  createBook,
  joinBooks,
} from "../simulation/bar_book.ts";
import { joinPlaces } from "../population/places.ts";
import type { Checkpoints, StoredIteration } from "./ports/checkpoints.ts";

/** What one iteration of a learner gives. */
export interface Iteration<Event, Account extends string> {
  /** What happened, in order. */
  readonly events: readonly Event[];
  readonly bars: Readonly<Record<Account, BarBook>>;
  /** Returns of the window's rows by place, of a learner that has places (population/places.ts). */
  readonly places?: readonly Float64Array[];
}

/** A learner: a pure function from state to state. State is plain JSON. */
export interface Learner<State, Event, Account extends string> {
  readonly name: string;
  /** The deployed accounts it trades. */
  readonly accounts: readonly Account[];
  readonly start: () => State;
  /**
   * What has to be asked for before the next iteration, such as a language model's decisions. It may take its
   * time and may fail; whatever it gives becomes part of the state, so `next` stays a pure function.
   */
  readonly prepare?: (state: State) => Promise<Proposals>;
  readonly next: (
    state: State,
    proposals: Proposals,
  ) => Iteration<Event, Account> & { readonly state: State };
}

/** A learner that was followed to the end of its iterations. */
export interface Followed<State, Event, Account extends string> {
  readonly state: State;
  readonly events: readonly Event[];
  /** The accounting of all bars that each account traded. */
  readonly bars: Readonly<Record<Account, BarBook>>;
  /** Returns of all those bars by place; empty of a learner without places. */
  readonly places: readonly Float64Array[];
}

const NO_PROPOSALS: Proposals = {};

/** One iteration of a learner. */
export async function advance<State, Event, Account extends string>(
  learner: Learner<State, Event, Account>,
  state: State,
): Promise<Iteration<Event, Account> & { readonly state: State }> {
  const proposals = learner.prepare ? await learner.prepare(state) : NO_PROPOSALS;
  return learner.next(state, proposals);
}

/** Runs a learner through its first `count` iterations, from its checkpoint if there is one. */
export async function follow<State, Event, Account extends string>(
  learner: Learner<State, Event, Account>,
  count: number,
  checkpoints: Checkpoints,
  onProgress: (done: number, total: number) => void,
): Promise<Followed<State, Event, Account>> {
  const stored = checkpoints.load(learner.name);
  let state = stored ? stored.state as State : learner.start();
  const iterations = stored ? stored.iterations.map((one) => readIteration<Event, Account>(one)) : [];
  onProgress(iterations.length, count);
  while (iterations.length < count) {
    const { state: next, ...iteration } = await advance(learner, state);
    state = next;
    iterations.push(iteration);
    checkpoints.append(learner.name, state, writeIteration(iteration));
    onProgress(iterations.length, count);
  }
  const books = (account: Account) =>
    joinBooks([createBook(0), ...iterations.map(({ bars }) => bars[account])]);
  return {
    state,
    events: iterations.flatMap(({ events }) => events),
    bars: Object.fromEntries(learner.accounts.map((account) => [account, books(account)])) as Record<
      Account,
      BarBook
    >,
    places: joinPlaces(iterations.flatMap(({ places }) => places ? [places] : [])),
  };
}

/** An iteration as plain JSON. */
export function writeIteration<Event, Account extends string>(
  { events, bars, places }: Iteration<Event, Account>,
): StoredIteration {
  const books = Object.entries<BarBook>(bars).map(([account, book]) => [account, columnsOfBook(book)]);
  const stored = { events, bars: Object.fromEntries(books) };
  return places ? { ...stored, places: places.map((returns) => Array.from(returns)) } : stored;
}

/** The iteration that `writeIteration` wrote. */
export function readIteration<Event, Account extends string>(
  { events, bars, places }: StoredIteration,
): Iteration<Event, Account> {
  const books = Object.entries(bars).map(([account, columns]) => [account, bookFromColumns(columns)]);
  return {
    events: events as readonly Event[],
    bars: Object.fromEntries(books) as Record<Account, BarBook>,
    ...(places ? { places: places.map((returns) => Float64Array.from(returns)) } : {}),
  };
}
