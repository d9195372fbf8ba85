/**
 * The shadow accounts of all teams over one stretch of rows in which their genomes live as they are: what each team
 * earned, what it was exposed to, what its risk agent allowed. One pass over the teams; kept while the stretch lasts.
 */
import { chainOf, type Desk, keepShadow, passingMandatesOf, termsOf } from "../../agents/desk.ts";
import { packColumns, type PackedColumns } from "../../core/packed_columns.ts";
import { byRole, ROLES } from "../../genome/role.ts";
import { type Account, createAccount } from "../../simulation/account.ts";
import { createExposures, exposuresAfter } from "../../simulation/exposure.ts";
import { LIMITS_WIDTH } from "../../simulation/limits.ts";
import { createRecord } from "../../simulation/record.ts";
import { runTogether } from "../../simulation/run_together.ts";
import { type Draw, grid } from "../design.ts";
import { type Members, teamOf, teamPipeline } from "../members.ts";
import { type AskedStretch, keepStretch, keptStretch, takeStretch } from "./kept_stretches.ts";
import { addReturns, noSums, type ReturnSums } from "./return_sums.ts";

/** What all teams did over rows from..to, as far as the market goes. */
export interface MemberStretch {
  /** Agent index per role of every team, the last role varying fastest. */
  readonly teams: readonly Draw[];
  /** First row whose decision is kept. */
  readonly from: number;
  /** Rows whose decisions are kept: from .. from + rows - 1. */
  readonly rows: number;
  /** Sums of returns up to and including row `from`. */
  readonly sums: ReturnSums;
  /** Simple net returns of the rows after `from`; [team][row - from - 1]. */
  readonly returns: readonly Float64Array[];
  /** Signed notional over equity after the decision of a row; [team], row-major [row - from][coin]. */
  readonly exposures: readonly Float64Array[];
  /** Limits of the same rows; [team]. */
  readonly limits: readonly PackedColumns[];
  /** Every team's account at the close of the last row that was traded. */
  readonly accounts: readonly Account[];
}

/** Which stretch is asked for. */
export interface StretchRows {
  /** First row whose decision is wanted: a decision row. */
  readonly from: number;
  /** First row whose decision is wanted no more; the row itself is still traded. */
  readonly to: number;
}

/**
 * The stretch of a population's teams. The last one is kept; where the same genomes stood in the stretch before, or
 * the market has grown, the accounts go on from where they stood, to the same bits as from their first row.
 *
 * @param memories Half-lives under which the returns are summed.
 */
export function memberStretch(
  desk: Desk,
  members: Members,
  { from, to }: StretchRows,
  memories: readonly number[],
): MemberStretch {
  const { memo, panel } = desk.market;
  const what = [memories.join(), desk.from, desk.startingEquity, termsOf(desk), agentKeys(desk, members)]
    .join(
      "|",
    );
  const asked = { panel, what, from, to };
  const known = keptStretch(memo, asked);
  if (known) return known;
  const stretch = walkMembers(desk, members, { from, to }, memories, beginOf(desk, asked));
  keepStretch(memo, { panel, what, to, stretch });
  return stretch;
}

/** Where a stretch goes on from: the sums at its first row, and each team's account, returns and exposures so far. */
interface Begun {
  readonly sums: ReturnSums | null;
  /** Last row that was traded; before the first of all, desk.from - 1. */
  readonly traded: number;
  readonly of: (team: number) => Pick<Standing, "account" | "returns" | "exposures">;
}

interface Standing {
  readonly account: Account;
  readonly returns: Float64Array;
  readonly exposures: Float64Array;
}

const NONE = new Float64Array(0);

/** Where the stretch that is asked for begins. Of the one before it no more is held than that. */
function beginOf(desk: Desk, asked: AskedStretch): Begun {
  return begin(desk, asked.from, takeStretch(desk.market.memo, asked));
}

function begin(desk: Desk, from: number, known: MemberStretch | null): Begun {
  if (known !== null && known.from === from) {
    const { sums, returns, exposures, accounts } = known;
    const of = (team: number) => ({
      account: accounts[team]!.slice(),
      returns: returns[team]!,
      exposures: exposures[team]!,
    });
    return { sums, traded: from + returns[0]!.length, of };
  }
  if (known !== null && known.from + known.returns[0]!.length === from) {
    const { sums, returns, accounts } = known;
    return {
      sums: addReturns(sums, returns[0]!.length, (team) => returns[team]!),
      traded: from,
      of: (team) => ({ account: accounts[team]!.slice(), returns: NONE, exposures: NONE }),
    };
  }
  const { arena, startingEquity } = desk;
  const of = () => ({
    account: createAccount(arena.coins, startingEquity),
    returns: NONE,
    exposures: NONE,
  });
  return { sums: null, traded: desk.from - 1, of };
}

/** Walks all teams once, from where the stretch begins. */
function walkMembers(
  desk: Desk,
  members: Members,
  { from, to }: StretchRows,
  memories: readonly number[],
  begun: Begun,
): MemberStretch {
  const { arena, market: { panel } } = desk, { coins } = arena;
  const last = Math.min(to, panel.rows - 1), rows = Math.min(to, last + 1) - from;
  const teams = grid(ROLES.map((role) => members[role].length));
  const returns: Float64Array[] = [], exposures: Float64Array[] = [], limits: PackedColumns[] = [];
  const accounts: Account[] = [];
  const alike = members.risk.length; // so many teams in a row differ in their risk agent alone
  const records = members.risk.map(() => createRecord(last + 1, desk.startingEquity, "equity"));
  const inBlocks = desk.shortcuts?.runTogether !== false;

  const read = { from: Math.min(begun.traded, from), to: last };

  /** Trades the teams from `first` on that have one plan, to the end of the stretch; their returns stand in the records. */
  function walk(first: number): void {
    const pipelines = records.map((_, i) => teamPipeline(members, teamOf(teams[first + i]!)));
    const { plan, limits: granted } = passingMandatesOf(desk, pipelines, read);
    const begins = records.map((_, i) => begun.of(first + i));
    const walks = records.map((record, i) => ({
      account: begins[i]!.account,
      limits: granted[i]!,
      record,
    }));
    const kept = begins.map(({ exposures: exposed }) => {
      const one = createExposures(from, rows, coins);
      one.values.set(exposed);
      return one;
    });
    if (begun.traded < from) runTogether(walks, arena, plan, begun.traded + 1, from + 1, null, inBlocks);
    runTogether(walks, arena, plan, Math.max(begun.traded, from) + 1, last + 1, kept, inBlocks);
    walks.forEach(({ account, limits: allowed, record }, i) => {
      const exposed = kept[i]!;
      if (last < to) {
        const mandate = { plan, limits: allowed };
        exposed.values.set(exposuresAfter(account, arena, mandate, last), (last - from) * coins);
      }
      if (begun.traded < from && last === panel.rows - 1) { // all rows: the shadow account that scores read
        keepShadow(desk, pipelines[i]!, account, record.returns.slice());
      }
      record.returns.set(begins[i]!.returns, from + 1);
      returns.push(record.returns.slice(from + 1, last + 1));
      exposures.push(exposed.values);
      limits.push(
        packColumns(
          allowed.values.subarray(from * LIMITS_WIDTH, (from + rows) * LIMITS_WIDTH),
          LIMITS_WIDTH,
        ),
      );
      accounts.push(account);
    });
  }

  const past = from - desk.from + 1;
  const sums = begun.sums ?? addReturns(noSums(teams.length, memories), past, (team) => {
    if (team % alike === 0) walk(team);
    return records[team % alike]!.returns.subarray(desk.from, from + 1);
  });
  if (begun.sums) { for (let team = 0; team < teams.length; team += alike) walk(team); }
  return { teams, from, rows, sums, returns, exposures, limits, accounts };
}

/** Addresses of all agents with what they are told from outside: each is in one of as many teams. */
export function agentKeys(desk: Desk, members: Members): string {
  const size = Math.max(...ROLES.map((role) => members[role].length));
  return Array.from({ length: size }, (_, i) => {
    const team = byRole((role) => Math.min(i, members[role].length - 1));
    return chainOf(desk, teamPipeline(members, team), "risk").join("/");
  }).join(" ");
}
