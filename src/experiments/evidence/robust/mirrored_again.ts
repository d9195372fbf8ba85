/** The mirrored committee of a stored run, traded again by the weights that the run gave its teams. */
import type { Desk } from "../../../agents/desk.ts";
import type { IterationEvent } from "../../../events/iteration.ts";
import type { ClockConfig, PopulationConfig } from "../../../population/config.ts";
import { membersOf } from "../../../population/members.ts";
import { dropStretch } from "../../../population/mirror/kept_stretches.ts";
import {
  closeMirrors,
  decideMirrors,
  type MirrorContext,
  type MirrorDecisions,
  type MirrorMandates,
  mirrorMandates,
  type MirrorStates,
} from "../../../population/mirror/mirror.ts";
import { createAccount } from "../../../simulation/account.ts";
import { inTimeArena } from "../../../simulation/arena.ts";
import { runAccount } from "../../../simulation/event_loop.ts";
import { createRecord } from "../../../simulation/record.ts";
import { genomesOf } from "../../final_credit.ts";

/** How a run mirrors: its rules and its clock. */
export interface Mirroring {
  readonly population: PopulationConfig;
  readonly clock: ClockConfig;
}

/** What a mirrored committee earned, and whom it weighed how. */
export interface MirroredAgain {
  /** Simple net returns by row; 0 before its first bar. */
  readonly returns: Float64Array;
  /** One an iteration. */
  readonly decisions: readonly MirrorDecisions[];
}

/**
 * Trades the mirrored committee of a run on a desk: the shadow accounts of all teams walk under its terms, and what they
 * hold is netted. Weights are not kept with a run, but follow from its genomes: without `known` they are decided anew
 * on this desk, which must then be the run's own.
 *
 * @param known The decisions of the run, as they came of its own desk: teams are weighed by what they earned there.
 */
export function mirroredAgain(
  desk: Desk,
  { population, clock }: Mirroring,
  events: readonly IterationEvent[],
  known: readonly MirrorDecisions[] | null,
): MirroredAgain {
  const { arena, startingEquity, market: { panel } } = desk;
  const config = {
    ...population,
    mirror: { ...population.mirror, rules: population.mirror.rules.slice(0, 1) },
  };
  const context: MirrorContext = { desk, config, clock };
  const inTime = inTimeArena(arena); // what is netted came late already
  const account = createAccount(arena.coins, startingEquity),
    record = createRecord(panel.rows, startingEquity, "equity");
  const decisions: MirrorDecisions[] = [];
  let states: MirrorStates = {}, mandates: MirrorMandates = {};
  for (const [i, event] of events.entries()) {
    const { k, row, lastRow } = event, members = membersOf(genomesOf(event));
    const decision = known?.[i] ?? decideMirrors(context, members, k, states);
    mandates = mirrorMandates(context, members, k, decision, { from: row, to: lastRow - 1 }, mandates);
    const { plan, limits } = mandates.mirrored!;
    runAccount(account, inTime, plan, limits, row + 1, lastRow + 1, {
      adoptTeam: false,
      record,
      trace: null,
    });
    decisions.push(decision);
    if (known === null) states = closeMirrors(context, members, k, decision, states, lastRow);
  }
  dropStretch(desk.market.memo);
  return { returns: record.returns, decisions };
}
