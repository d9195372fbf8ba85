import type { Coin } from "../../../core/universe.ts";
import type { Plan } from "../../../simulation/plan.ts";
import type { Method } from "../../method.ts";
import type { Forecast } from "../../researcher/forecast.ts";
import type { Stance } from "../stances/stance.ts";
import type { Proposal, Proposals } from "../proposal.ts";

/** What a style makes a plan of. */
export interface StyleInput {
  /** The researcher's output. */
  readonly forecast: Forecast;
  /** Symbols, in the order of everything by coin. */
  readonly coins: readonly Coin[];
  /** Expected return over the middle horizon as the trader sees it, [coin][rows]. */
  readonly expected: readonly Float64Array[];
  /** What the trader brings along. */
  readonly stance: Stance;
  /** Expected move over its sd at which conviction is full. */
  readonly fullEdge: number;
  /** Simple returns of one bar, 0 at row 0; [coin], shape [rows]. */
  readonly returns: readonly Float64Array[];
  /** Share of a full position once one is wanted, [coin][rows]; null sizes by edge per risk. */
  readonly sized: readonly Float64Array[] | null;
  /** Fee of a market order, a fraction. */
  readonly takerFee: number;
  /** What take-profit distances are multiplied by. */
  readonly targetStretch: number;
  /** The trader's own genes and the common ones of its role. */
  readonly genes: Readonly<Record<string, number>>;
  /** Absolute number of row 0: proposals name absolute rows. */
  readonly firstRow: number;
  /** Decisions handed in from outside, for styles that need them. */
  readonly proposals: readonly Proposal[];
  /** Everything that was handed in, by author: answers to prompts among it, for styles that need them. */
  readonly answers: Proposals;
}

/** A plan that can be gone on from: `end` is what the style carries from row to row. */
export interface EndedPlan extends Plan {
  /** Its state after the last row, to be gone on from. */
  readonly end: readonly number[];
}

/** How what a trader expects becomes orders. Plan row t reads rows <= t and no account. */
export type StyleMethod = Method<StyleInput, EndedPlan>;
