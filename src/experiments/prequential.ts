/**
 * Test-then-train runs: a learner decides at t_k from rows <= t_k who trades the window that follows, then
 * sees it. Population, homogeneous PBT and the single agent are learners; all are driven, checkpointed and
 * resumed alike.
 */
import { DEPLOYED_COLUMNS, type DeployedBars } from "../population/deployed_window.ts";

/** A learner: a pure function from state to state. State is plain JSON. */
export interface Learner<State, Event, Account extends string> {
  readonly name: string;
  /** The deployed accounts it trades. */
  readonly accounts: readonly Account[];
  readonly start: () => State;
  readonly next: (state: State) => {
    readonly state: State;
    readonly event: Event;
    readonly bars: Readonly<Record<Account, DeployedBars>>;
  };
}

/** Where a run stands: how many iterations are done, the learner's state, and all bars its accounts traded. */
export interface Progress<State, Account extends string> {
  readonly iterations: number;
  readonly state: State;
  readonly bars: Readonly<Record<Account, DeployedBars>>;
}

/** Progress before the first iteration. */
export function startProgress<State, Account extends string>(
  learner: Learner<State, unknown, Account>,
): Progress<State, Account> {
  const empty = Object.fromEntries(
    DEPLOYED_COLUMNS.map((name) => [name, new Float64Array(0)]),
  ) as unknown as DeployedBars;
  const bars = Object.fromEntries(learner.accounts.map((name) => [name, empty])) as Record<
    Account,
    DeployedBars
  >;
  return { iterations: 0, state: learner.start(), bars };
}

/** One more iteration. */
export function advance<State, Event, Account extends string>(
  learner: Learner<State, Event, Account>,
  progress: Progress<State, Account>,
): { readonly progress: Progress<State, Account>; readonly event: Event } {
  const { state, event, bars } = learner.next(progress.state);
  const joined = Object.fromEntries(
    learner.accounts.map((account) => [account, joinBars(progress.bars[account], bars[account])]),
  ) as Record<Account, DeployedBars>;
  return { progress: { iterations: progress.iterations + 1, state, bars: joined }, event };
}

function joinBars(before: DeployedBars, after: DeployedBars): DeployedBars {
  return Object.fromEntries(DEPLOYED_COLUMNS.map((name) => {
    const joined = new Float64Array(before[name].length + after[name].length);
    joined.set(before[name]);
    joined.set(after[name], before[name].length);
    return [name, joined];
  })) as unknown as DeployedBars;
}

/** Progress as plain JSON, and back; numbers survive the round trip bit for bit. */
export function progressToJson<State, Account extends string>(progress: Progress<State, Account>): unknown {
  const bars = Object.fromEntries(
    Object.entries<DeployedBars>(progress.bars).map(([account, columns]) => [
      account,
      Object.fromEntries(DEPLOYED_COLUMNS.map((name) => [name, Array.from(columns[name])])),
    ]),
  );
  return { iterations: progress.iterations, state: progress.state, bars };
}

/** Reads what `progressToJson` wrote. */
export function progressFromJson<State, Account extends string>(
  json: {
    readonly iterations: number;
    readonly state: State;
    readonly bars: Record<Account, Record<string, number[]>>;
  },
): Progress<State, Account> {
  const bars = Object.fromEntries(
    Object.entries<Record<string, number[]>>(json.bars).map(([account, columns]) => [
      account,
      Object.fromEntries(DEPLOYED_COLUMNS.map((name) => [name, Float64Array.from(columns[name]!)])),
    ]),
  ) as unknown as Record<Account, DeployedBars>;
  return { iterations: json.iterations, state: json.state, bars };
}
