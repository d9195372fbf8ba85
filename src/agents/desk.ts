import { hashJson } from "../core/hash.ts";
import { type Memo, WORTH } from "../core/memo.ts";
import { firstRows, type MarketView } from "../features/market_view.ts";
import { type Role, ROLES } from "../genome/role.ts";
import type { Proposal, Proposals } from "../inventory/trader/proposal.ts";
import type { Forecast } from "../inventory/researcher/forecast.ts";
import type { Arena } from "../simulation/arena.ts";
import { type Account, createAccount } from "../simulation/account.ts";
import { runAccount } from "../simulation/event_loop.ts";
import { createRecord } from "../simulation/record.ts";
import type { Limits } from "../simulation/limits.ts";
import type { DecisionRows, Mandate } from "../simulation/mandate.ts";
import type { Plan } from "../simulation/plan.ts";
import { type Agent, agentKey, type Pipeline } from "./agent.ts";
import type { Analysis, RoleOutput, RoleUpstream } from "./contracts.ts";
import type { RoleInputs } from "./role_record.ts";
import { ROLE_RECORDS } from "./roles.ts";
import { authorsOf } from "./told.ts";

/**
 * Where pipelines are put together: a market, the arena made of it, and which coins may be traded. Every
 * stage is shared by content address (rows, costs and the keys of all agents upstream), so a series is
 * computed once however many pipelines hold it.
 */
export interface Desk {
  /** The market; its memo keeps columns, what agents make of them, and shadow returns. */
  readonly market: MarketView;
  /** The market block that accounts walk through. */
  readonly arena: Arena;
  /** Coins that may be traded; the others are looked at only. Shape [coin]. */
  readonly tradable: readonly boolean[];
  /** Row of the first bar that shadow accounts trade. */
  readonly from: number;
  /** What an account begins with, USDT. */
  readonly startingEquity: number;
  /** Stretch of take-profit distances; see `RoleInputs`. */
  readonly targetStretch: number;
  /** Decisions handed in from outside, for traders that need them. */
  readonly proposals: Proposals;
  /** What is taken shorter; left out, all of it. Off and on leave the same bits. */
  readonly shortcuts?: Shortcuts;
}

/** Ways to the same bits that cost less; each may be switched off. */
export interface Shortcuts {
  /** Sums of regressions by code made for their size, else by loops. */
  readonly straightLine: boolean;
  /** Series end where nobody reads on: at the end of the stretch in which their agents live as they are. */
  readonly rowsInUse: boolean;
  /** Parts of an output that no other role reads, as a forecast's quantiles, are left out. */
  readonly readPartsOnly: boolean;
  /** Plans and limits that are read at once take the memory of those before. */
  readonly memoryAgain: boolean;
  /** What a desk was asked for before, as the field of its market and sums at a decision, is answered or gone on from. */
  readonly askedAgain: boolean;
  /** Accounts of one plan, which differ in their risk agent alone, are run together, block of rows by block of rows. */
  readonly runTogether: boolean;
  /** Of plans and limits that are kept packed the rows that are read are unpacked, not all. */
  readonly rowsRead: boolean;
}

/** Every shortcut taken, and none. */
export const ALL_SHORTCUTS: Shortcuts = {
  straightLine: true,
  rowsInUse: true,
  readPartsOnly: true,
  memoryAgain: true,
  askedAgain: true,
  runTogether: true,
  rowsRead: true,
};
export const NO_SHORTCUTS: Shortcuts = {
  straightLine: false,
  rowsInUse: false,
  readPartsOnly: false,
  memoryAgain: false,
  askedAgain: false,
  runTogether: false,
  rowsRead: false,
};

/** The desk as it stands when nothing from row `rows` on is read: its series end there. */
export function deskUntil(desk: Desk, rows: number): Desk {
  if (desk.shortcuts?.rowsInUse === false || rows >= desk.market.panel.rows) return desk;
  return { ...desk, market: firstRows(desk.market, rows) };
}

/** What else than rows and agents an account depends on. */
export function termsOf(desk: Desk): string {
  return `${desk.tradable.map(Number).join("")}|${desk.targetStretch}|${desk.arena.terms}`;
}

/** What else than rows and agents a plan and its limits depend on: of an arena the fee that a trader reckons with. */
function plannedTermsOf({ tradable, targetStretch, arena }: Desk): string {
  return `${tradable.map(Number).join("")}|${targetStretch}|${arena.takerFee}`;
}

/** Keys of every agent that the output of `role` depends on, in the order of the pipeline. */
export function chainOf(desk: Desk, pipeline: Pipeline, role: Role): string[] {
  let keys: string[] = [];
  for (const one of ROLES.slice(0, ROLES.indexOf(role) + 1)) {
    // A default agent that reads nothing upstream acts alike whoever stands before it.
    if (pipeline[one] === null && !ROLE_RECORDS[one].defaultReadsUpstream) keys = keys.map(() => "any");
    keys.push(agentKey(pipeline[one]) + outsideKey(desk, pipeline[one]));
  }
  return keys;
}

/** Address of what an agent is told from outside; empty for agents that read rows alone. */
function outsideKey<Kind extends Role>({ proposals }: Desk, agent: Agent<Kind> | null): string {
  if (!agent) return "";
  return authorsOf(agent).map((author) => `:${hashOf(proposals[author] ?? NOTHING_SAID)}`).join("");
}

const NOTHING_SAID: readonly Proposal[] = [];
const hashes = new WeakMap<readonly Proposal[], string>();

/** The address of a list of proposals; asked at every address of a series, worked out once a list. */
function hashOf(said: readonly Proposal[]): string {
  const known = hashes.get(said) ?? hashJson(said);
  hashes.set(said, known);
  return known;
}

/** The seed label of a role's agent: those of all agents up to it. */
function seedLabelOf(pipeline: Pipeline, role: Role): string {
  return ROLES.slice(0, ROLES.indexOf(role) + 1).map((one) => pipeline[one]?.label ?? "default").join("/");
}

/** What the agent of a role is given in a pipeline. */
export function inputsOf<Kind extends Role>(
  desk: Desk,
  pipeline: Pipeline,
  role: Kind,
): RoleInputs<Kind> {
  const before = ROLES[ROLES.indexOf(role) - 1];
  return {
    market: desk.market,
    upstream: () => (before ? outputOf(desk, pipeline, before, true) : null) as RoleUpstream[Kind],
    takerFee: desk.arena.takerFee,
    targetStretch: desk.targetStretch,
    tradable: desk.tradable,
    seedLabel: seedLabelOf(pipeline, role),
    proposals: desk.proposals,
    straightLine: desk.shortcuts?.straightLine ?? true,
    stated: desk.shortcuts?.readPartsOnly === false,
  };
}

/** The whole output of a role in a pipeline, computed afresh at every call. */
export function wholeOutputOf<Kind extends Role>(
  desk: Desk,
  pipeline: Pipeline,
  role: Kind,
): RoleOutput[Kind] {
  return ROLE_RECORDS[role].run(pipeline[role], { ...inputsOf(desk, pipeline, role), stated: true }, null);
}

/** The output of a role that was read last, and its address. */
interface Passing {
  address: string;
  output: unknown;
}

/** By memo and role. A plan is megabytes, asked for thousands of times and read at once: its memory is used again. */
const passings = new WeakMap<Memo, Partial<Record<Role, Passing>>>();

function passingOf(memo: Memo, role: Role): Passing {
  const known = passings.get(memo) ?? {};
  passings.set(memo, known);
  return known[role] ??= { address: "", output: null };
}

/**
 * The output of a role in a pipeline as other roles read it, shared by content address.
 *
 * @param passing True for one that is read at once: it stands until the next one of the role is asked for.
 * @param only The rows that are read, where it is kept packed; others hold anything. Null for all.
 */
export function outputOf<Kind extends Role>(
  desk: Desk,
  pipeline: Pipeline,
  role: Kind,
  passing = false,
  only: DecisionRows | null = null,
): RoleOutput[Kind] {
  const record = ROLE_RECORDS[role], { panel, memo, whole } = desk.market;
  const agent: Agent<Kind> | null = pipeline[role], { packed } = record;
  const make = (before: RoleOutput[Kind] | null) =>
    record.shared(record.run(agent, inputsOf(desk, pipeline, role), before));
  const planned = record.worth === WORTH.plan; // what depends on coins and costs, not on rows alone
  const what = `${role}|${planned ? `${plannedTermsOf(desk)}|` : ""}${
    chainOf(desk, pipeline, role).join("/")
  }`;
  const longer = whole && memo.peek(whole.panel, what); // its first rows are what the first rows give
  if (packed === null) {
    if (longer) return record.slice(longer as RoleOutput[Kind], 0, panel.rows);
    return memo.get(panel, what, make, record.bytes, record.worth);
  }
  if (agent === null) return make(null);
  if (longer) {
    const all = outputOf({ ...desk, market: whole! }, pipeline, role, passing, only);
    return record.slice(all, 0, panel.rows);
  }
  const rows = desk.shortcuts?.rowsRead === false ? null : only;
  const allRows = `${panel.hash}|${what}`,
    address = rows === null ? allRows : `${allRows}|${rows.from}|${rows.to}`;
  const last = passing && desk.shortcuts?.memoryAgain !== false ? passingOf(memo, role) : null;
  if (last?.address === address || last?.address === allRows) return last.output as RoleOutput[Kind];
  const fresh: RoleOutput[Kind][] = []; // what had to be made is not unpacked again
  const pack = (before: unknown) => {
    const made = make(before === null ? null : packed.unpack(agent, before, null, null));
    fresh.push(made);
    return packed.pack(made);
  };
  const kept = memo.get(panel, what, pack, packed.bytes, record.worth);
  const output = fresh[0] ??
    packed.unpack(agent, kept, (last?.output ?? null) as RoleOutput[Kind] | null, rows);
  if (last) Object.assign(last, { address: fresh.length > 0 ? allRows : address, output });
  return output;
}

/** What the analyst of a pipeline sees. */
export function analysisOf(desk: Desk, pipeline: Pipeline): Analysis {
  return outputOf(desk, pipeline, "analyst");
}

/** What traders read of the forecast of a pipeline: means, sds and probabilities; `statedForecast` has all of it. */
export function forecastOf(desk: Desk, pipeline: Pipeline): Forecast {
  return outputOf(desk, pipeline, "researcher");
}

/** The whole forecast of a pipeline, quantiles included; computed afresh at every call. */
export function statedForecast(desk: Desk, pipeline: Pipeline): Forecast {
  return wholeOutputOf(desk, pipeline, "researcher");
}

/** What the trader of a pipeline wants; coins that may not be traded are flat. */
export function planOf(desk: Desk, pipeline: Pipeline): Plan {
  return outputOf(desk, pipeline, "trader");
}

/** What the risk agent of a pipeline allows. */
export function limitsOf(desk: Desk, pipeline: Pipeline): Limits {
  return outputOf(desk, pipeline, "risk");
}

/** What the account of a pipeline trades; decisions outside of the rows that are read, if any are named, may be anything. */
export function mandateOf(desk: Desk, pipeline: Pipeline, only: DecisionRows | null = null): Mandate {
  return mandate(desk, pipeline, false, only);
}

/** The same for whoever reads it at once: it stands until the next one is asked for. */
export function passingMandateOf(desk: Desk, pipeline: Pipeline, only: DecisionRows | null = null): Mandate {
  return mandate(desk, pipeline, true, only);
}

function mandate(desk: Desk, pipeline: Pipeline, passing: boolean, only: DecisionRows | null): Mandate {
  const rows = rowsRead(desk, only);
  return {
    plan: outputOf(desk, pipeline, "trader", passing, rows),
    limits: outputOf(desk, pipeline, "risk", passing, rows),
  };
}

/** The decisions that an account reads for those of these rows: earlier ones where they come late. */
export function rowsRead<Rows extends DecisionRows | null>({ arena: { delay = 0 } }: Desk, only: Rows): Rows {
  return only === null || delay === 0 ? only : { ...only, from: Math.max(0, only.from - delay) };
}

/**
 * What the accounts of several pipelines trade which differ in their risk agent alone: one plan, which stands until the
 * next one is asked for, and the limits of each. Decisions outside of the rows that are read, if any are named, may be
 * anything.
 */
export function passingMandatesOf(
  desk: Desk,
  pipelines: readonly Pipeline[],
  only: DecisionRows | null = null,
): { readonly plan: Plan; readonly limits: readonly Limits[] } {
  const rows = rowsRead(desk, only), plan = outputOf(desk, pipelines[0]!, "trader", true, rows);
  return { plan, limits: pipelines.map((pipeline) => outputOf(desk, pipeline, "risk", false, rows)) };
}

/** A shadow account and what it earned: simple net returns by absolute row, 0 before its first bar. */
interface Shadow {
  readonly account: Account;
  readonly returns: Float64Array;
}

/**
 * Simple net returns of a pipeline's shadow account by absolute row; 0 before its first bar. Shape [rows]. Where
 * rows have been added, the account goes on from where it stood.
 */
export function shadowReturns(desk: Desk, pipeline: Pipeline): Float64Array {
  return shadowOf(desk, pipeline, (before) => tradeShadow(desk, pipeline, before)).returns;
}

/**
 * Keeps what a pipeline's shadow account did over all rows of the desk, where somebody has just run it for other ends:
 * `shadowReturns` then need not run it again.
 */
export function keepShadow(desk: Desk, pipeline: Pipeline, account: Account, returns: Float64Array): void {
  shadowOf(desk, pipeline, () => ({ account, returns }));
}

function shadowOf(desk: Desk, pipeline: Pipeline, run: (before: Shadow | null) => Shadow): Shadow {
  const what = `shadow|${desk.from}|${desk.startingEquity}|${termsOf(desk)}|${
    chainOf(desk, pipeline, "risk").join("/")
  }`;
  const bytes = ({ returns }: Shadow) => returns.byteLength;
  return desk.market.memo.get(desk.market.panel, what, run, bytes, WORTH.account);
}

function tradeShadow(desk: Desk, pipeline: Pipeline, before: Shadow | null): Shadow {
  const { arena, startingEquity } = desk, { rows } = desk.market.panel;
  const account = before ? before.account.slice() : createAccount(arena.coins, startingEquity);
  const record = createRecord(rows, startingEquity, "equity");
  if (before) record.returns.set(before.returns);
  const from = before ? before.returns.length : desk.from;
  const { plan, limits } = passingMandateOf(desk, pipeline);
  runAccount(account, arena, plan, limits, from, rows, { adoptTeam: false, record, trace: null });
  return { account, returns: record.returns };
}
