/**
 * The field mirrored: all teams of declared genomes netted in one account, weighed by rules, without any lesson. With
 * equal weights these are the opponents of every claim that learning helps: what netting alone is worth.
 */
import type { Desk } from "../../agents/desk.ts";
import { ROLES } from "../../genome/role.ts";
import {
  type ClockConfig,
  decisionRow,
  lastTradedRow,
  type MirrorRule,
  MOST_ROWS,
  type PopulationConfig,
} from "../../population/config.ts";
import { type Genomes, membersOf } from "../../population/members.ts";
import { type MirroredAccount, mirroredAccounts } from "../../population/mirror/accounts.ts";
import { dropStretch } from "../../population/mirror/kept_stretches.ts";
import { MOST_WINDOWS } from "../../population/mirror/stretch_rows.ts";
import {
  closeMirrors,
  decideMirrors,
  type MirrorMandates,
  mirrorMandates,
  type MirrorStates,
} from "../../population/mirror/mirror.ts";
import { createAccount, writeAccount } from "../../simulation/account.ts";
import { inTimeArena } from "../../simulation/arena.ts";
import { type Charges, NO_CHARGES, tradeRows } from "../../simulation/trade_rows.ts";
import { joinBars, type TradedBars } from "../../simulation/traded_bars.ts";
import { type AccountSeries, seriesOfDeployed } from "../account_series.ts";

/** Rules of the opponents. */
export const OPPONENT_RULES = ["equal", "equalOverSd"] as const satisfies readonly MirrorRule[];

/** Bytes of exposures that are kept at once: 37 windows of 625 teams on five coins. A population's stretch is the least. */
const STRETCH_BYTES = 32 * 2 ** 20;

/** What the mirrored field is asked for. */
export interface MirroredFieldRequest {
  readonly desk: Desk;
  readonly genomes: Genomes;
  readonly config: PopulationConfig;
  readonly clock: ClockConfig;
  readonly iterations: number;
  /** Traded rows before the first reported one. */
  readonly history: number;
  readonly onProgress: (done: number) => void;
  /** What asking models costs each account; left out, nothing. */
  readonly charges?: Charges;
}

/**
 * Trades one account a rule over all windows: the opponents, then the configuration's. Members, accounts, limits
 * and scale are those of a population's mirrored accounts; nothing here depends on a run's seed.
 */
export function mirroredField(request: MirroredFieldRequest): Readonly<Record<MirrorRule, AccountSeries>> {
  const { desk, genomes, clock, iterations, history, onProgress, charges = NO_CHARGES } = request;
  const { arena, startingEquity, market: { panel } } = desk;
  const rules = [...new Set([...OPPONENT_RULES, ...request.config.mirror.rules])];
  // nobody teaches, so one life is as long as the run: cut where its exposures take too much memory
  const mirror = { ...request.config.mirror, rules };
  const config = { ...request.config, mirror, transferEvery: MOST_ROWS };
  const members = membersOf(genomes);
  const teams = ROLES.reduce((product, role) => product * members[role].length, 1);
  const windows = Math.floor(STRETCH_BYTES / (8 * teams * arena.coins * clock.stepRows));
  const context = { desk, config, clock, windows: Math.max(MOST_WINDOWS, windows) };
  const names = mirroredAccounts(config);
  const accounts = new Map(
    names.map((name) => [name, writeAccount(createAccount(arena.coins, startingEquity))]),
  );
  const bars = new Map(names.map((name) => [name, [] as TradedBars[]]));
  let states: MirrorStates = {}, mandates: MirrorMandates = {};
  const again = (before: MirrorMandates) => desk.shortcuts?.memoryAgain === false ? {} : before;
  for (let k = 0; k < iterations; k++) {
    const row = decisionRow(k, clock), last = lastTradedRow(row, clock, panel.rows);
    const decisions = decideMirrors(context, members, k, states);
    mandates = mirrorMandates(context, members, k, decisions, { from: row, to: last - 1 }, again(mandates));
    for (const name of names) {
      const rows = { from: row + 1, to: last + 1 };
      const [after, traded] = tradeRows(
        inTimeArena(arena),
        accounts.get(name)!,
        mandates[name]!,
        rows,
        false,
        charges,
      );
      accounts.set(name, after);
      bars.get(name)!.push(traded);
    }
    states = closeMirrors(context, members, k, decisions, states, last);
    onProgress(k + 1);
  }
  dropStretch(desk.market.memo);
  const seriesOf = (name: MirroredAccount) =>
    seriesOfDeployed(joinBars(bars.get(name)!), startingEquity, history);
  return Object.fromEntries(rules.map((rule, i) => [rule, seriesOf(names[i]!)])) as Record<
    MirrorRule,
    AccountSeries
  >;
}
