/**
 * Mirrored accounts: each copies, in one account with real costs, what the shadow accounts of all teams hold, weighed by
 * a rule. Members keep their own stops, pauses and limits; the account itself is judged like any other.
 */
import { ALL_SHORTCUTS, type Desk } from "../../agents/desk.ts";
import { type ClockConfig, decisionRow, type MirrorRule, type PopulationConfig } from "../config.ts";
import type { Members } from "../members.ts";
import { type MirroredAccount, mirroredAccounts } from "./accounts.ts";
import { mirrorMandate, type MirrorRows, type WrittenMandate } from "./mandate.ts";
import { addMoments, type Moments, NO_MOMENTS, scaleOf, sdOf } from "./scale.ts";
import { SCALE_MEMORY, standingOf } from "./standing.ts";
import { type MemberStretch, memberStretch } from "./stretch.ts";
import { stretchAt } from "./stretch_rows.ts";
import { sumsAt } from "./sums_at.ts";
import { WEIGHT_RULES } from "./weight_rules.ts";

/** What a mirrored account takes from one window to the next: plain numbers. */
export interface MirrorState {
  /** Share of each candidate of its rule. */
  readonly shares: readonly number[];
  /** What each candidate's mix has earned since the first traded row. */
  readonly candidates: readonly Moments[];
  /** What the mix of all has. */
  readonly mix: Moments;
}
/** By account; none before the first window. */
export type MirrorStates = Readonly<Partial<Record<MirroredAccount, MirrorState>>>;

/** Who is mirrored in the window after t_k, and how large. */
export interface MirrorDecision {
  /** By which rule. */
  readonly rule: MirrorRule;
  /** Weights of each candidate of the rule; [candidate][team]. */
  readonly candidates: readonly (readonly number[])[];
  /** Share of each. */
  readonly shares: readonly number[];
  /** Weights over teams: the candidates' by their shares; sum 1. */
  readonly weights: readonly number[];
  /** g: the factor on the netted exposures. */
  readonly scale: number;
}
/** By account. */
export type MirrorDecisions = Readonly<Partial<Record<MirroredAccount, MirrorDecision>>>;

/** What mirroring looks at. */
export interface MirrorContext {
  /** As it stands in this iteration: with what traders were told. */
  readonly desk: Desk;
  readonly config: PopulationConfig;
  readonly clock: ClockConfig;
  /** Windows of a stretch at most; left out, eleven. Longer ones take more memory and walk the teams less often. */
  readonly windows?: number;
}

/** The stretch of the iteration's teams. */
function stretchOf(
  { desk, config, clock, windows }: MirrorContext,
  members: Members,
  k: number,
): MemberStretch {
  const rules = config.mirror.rules.map((rule) => WEIGHT_RULES[rule]);
  const memories = [...new Set([SCALE_MEMORY, ...rules.flatMap(({ memories }) => memories(config))])]
    .sort((a, b) => a - b);
  return memberStretch(desk, members, stretchAt(k, config, clock, windows), memories);
}

/** The decisions of iteration k, from rows <= t_k alone. */
export function decideMirrors(
  context: MirrorContext,
  members: Members,
  k: number,
  states: MirrorStates,
): MirrorDecisions {
  const { config, clock } = context, { rules } = config.mirror;
  if (rules.length === 0) return {};
  const stretch = stretchOf(context, members, k), { askedAgain } = context.desk.shortcuts ?? ALL_SHORTCUTS;
  const sums = sumsAt(stretch, decisionRow(k, clock), askedAgain);
  const standing = standingOf(stretch.teams, sums);
  return Object.fromEntries(
    mirroredAccounts(config).map((account, i): [MirroredAccount, MirrorDecision] => {
      const rule = rules[i]!, state = states[account];
      const candidates = WEIGHT_RULES[rule].candidates(standing, config).map((one) => Array.from(one));
      const shares = state?.shares ?? candidates.map(() => 1 / candidates.length);
      const weights = mixed(candidates, shares);
      const scale = scaleOf(state?.mix ?? NO_MOMENTS, weights, standing);
      return [account, { rule, candidates, shares, weights, scale }];
    }),
  );
}

/** By account. */
export type MirrorMandates = Readonly<Partial<Record<MirroredAccount, WrittenMandate>>>;

/**
 * What each mirrored account trades at the closes of rows from..to, all in the stretch of iteration k.
 *
 * @param into Those of another window, which nobody reads any more: their memory is taken.
 */
export function mirrorMandates(
  context: MirrorContext,
  members: Members,
  k: number,
  decisions: MirrorDecisions,
  rows: MirrorRows,
  into: MirrorMandates = {},
): MirrorMandates {
  const accounts = Object.entries(decisions) as [MirroredAccount, MirrorDecision][];
  if (accounts.length === 0) return {};
  const stretch = stretchOf(context, members, k);
  const { market: { panel }, arena: { coins } } = context.desk;
  return Object.fromEntries(
    accounts.map(([account, { weights, scale }]) => [
      account,
      mirrorMandate(stretch, rows, panel.rows, coins, weights, scale, into[account]),
    ]),
  );
}

/** The states after a window has been traded up to row `last`: what the mixes earned, and what their shares become. */
export function closeMirrors(
  context: MirrorContext,
  members: Members,
  k: number,
  decisions: MirrorDecisions,
  states: MirrorStates,
  last: number,
): MirrorStates {
  const accounts = Object.entries(decisions) as [MirroredAccount, MirrorDecision][];
  if (accounts.length === 0) return {};
  const { from, returns } = stretchOf(context, members, k);
  const first = decisionRow(k, context.clock) - from, rows = last - decisionRow(k, context.clock);
  const mixOf = (weights: readonly number[]) => {
    const mix = new Float64Array(rows);
    weights.forEach((weight, team) => {
      const earned = returns[team]!;
      for (let t = 0; t < rows; t++) mix[t]! += weight * earned[first + t]!;
    });
    return mix;
  };
  return Object.fromEntries(accounts.map(([account, { rule, candidates, shares, weights }]) => {
    const state = states[account];
    const mixes = candidates.map(mixOf);
    const moments = mixes.map((mix, c) => addMoments(state?.candidates[c] ?? NO_MOMENTS, mix));
    const earned = mixes.map((mix, c) => ({
      sum: mix.reduce((sum, r) => sum + r, 0),
      rows,
      sd: sdOf(moments[c]!),
    }));
    const next: MirrorState = {
      shares: WEIGHT_RULES[rule].shares(shares, earned, context.config),
      candidates: moments,
      // of a rule with one candidate the mix is that candidate's, to the bit
      mix: addMoments(
        state?.mix ?? NO_MOMENTS,
        shares.length === 1 && shares[0] === 1 ? mixes[0]! : mixOf(weights),
      ),
    };
    return [account, next];
  }));
}

function mixed(candidates: MirrorDecision["candidates"], shares: readonly number[]): number[] {
  return candidates[0]!.map((_, team) =>
    candidates.reduce((sum, weights, c) => sum + shares[c]! * weights[team]!, 0)
  );
}
