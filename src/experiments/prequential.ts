/**
 * Test-then-train runs: a learner decides at t_k from rows <= t_k who trades the window that follows, then
 * sees it. Population, homogeneous PBT and the single agent are learners; all are driven, checkpointed and
 * resumed alike.
 */
import { columnsOfTables, joinTables, type NumberTables, tablesFromColumns } from "../core/number_table.ts";
import type { ThoughtEvent } from "../events/thought.ts";
import { NOTHING_PREPARED, type Prepared } from "../population/thoughts.ts";
import { joinPlaces } from "../population/places.ts";
import { createBook } from "../simulation/bar_book.ts";
import { barsFromColumns, columnsOfBars, joinBars, type TradedBars } from "../simulation/traded_bars.ts";
import type { Checkpoints, StoredIteration } from "./ports/checkpoints.ts";

/** What one iteration of a learner gives. */
export interface Iteration<Event, Account extends string> {
  /** What happened, in order. */
  readonly events: readonly Event[];
  readonly bars: Readonly<Record<Account, TradedBars>>;
  /** What else was read off in it, by name; the same names and columns in every iteration. */
  readonly readings?: NumberTables;
  /** Returns of the window's rows by place, of a learner that has places (population/places.ts). */
  readonly places?: readonly Float64Array[];
  /** What language models were asked for the run's references alone. */
  readonly aside?: readonly ThoughtEvent[];
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
  readonly prepare?: (state: State) => Promise<Prepared>;
  readonly next: (
    state: State,
    prepared: Prepared,
  ) => Iteration<Event, Account> & { readonly state: State };
}

/** A learner that was followed to the end of its iterations. */
export interface Followed<State, Event, Account extends string> {
  readonly state: State;
  readonly events: readonly Event[];
  /** The accounting of all bars that each account traded. */
  readonly bars: Readonly<Record<Account, TradedBars>>;
  /** The readings of all iterations one below another. */
  readonly readings: NumberTables;
  /** Returns of all those bars by place; empty of a learner without places. */
  readonly places: readonly Float64Array[];
  /** What was asked for references alone, in the order of rows. */
  readonly aside: readonly ThoughtEvent[];
}

const NO_BARS: TradedBars = { ...createBook(0), ledger: null };

/** One iteration of a learner. */
export async function advance<State, Event, Account extends string>(
  learner: Learner<State, Event, Account>,
  state: State,
): Promise<Iteration<Event, Account> & { readonly state: State }> {
  const prepared = learner.prepare ? await learner.prepare(state) : NOTHING_PREPARED;
  return learner.next(state, prepared);
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
    iterations.length === 0 ? NO_BARS : joinBars(iterations.map(({ bars }) => bars[account]));
  return {
    state,
    readings: Object.fromEntries(
      Object.keys(iterations[0]?.readings ?? {}).map((name) => [
        name,
        joinTables(iterations.map(({ readings }) => readings![name]!)),
      ]),
    ),
    events: iterations.flatMap(({ events }) => events),
    bars: Object.fromEntries(learner.accounts.map((account) => [account, books(account)])) as Record<
      Account,
      TradedBars
    >,
    places: joinPlaces(iterations.flatMap(({ places }) => places ? [places] : [])),
    aside: iterations.flatMap(({ aside = [] }) => aside),
  };
}

/** An iteration as plain JSON. */
export function writeIteration<Event, Account extends string>(
  { events, bars, readings, places, aside }: Iteration<Event, Account>,
): StoredIteration {
  const books = Object.entries<TradedBars>(bars).map(([account, traded]) => [account, columnsOfBars(traded)]);
  return {
    events,
    bars: Object.fromEntries(books),
    ...(readings ? { readings: columnsOfTables(readings) } : {}),
    ...(places ? { places: places.map((returns) => Array.from(returns)) } : {}),
    ...(aside ? { aside } : {}),
  };
}

/** The iteration that `writeIteration` wrote. */
export function readIteration<Event, Account extends string>(
  { events, bars, readings, places, aside }: StoredIteration,
): Iteration<Event, Account> {
  const books = Object.entries(bars).map(([account, columns]) => [account, barsFromColumns(columns)]);
  return {
    events: events as readonly Event[],
    bars: Object.fromEntries(books) as Record<Account, TradedBars>,
    ...(readings ? { readings: tablesFromColumns(readings) } : {}),
    ...(places ? { places: places.map((returns) => Float64Array.from(returns)) } : {}),
    ...(aside ? { aside: aside as readonly ThoughtEvent[] } : {}),
  };
}
