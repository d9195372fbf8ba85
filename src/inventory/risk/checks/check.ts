import type { GeneValues } from "../../../genome/gene.ts";
import type { MarketView } from "../../../features/market_view.ts";
import type { Plan } from "../../../simulation/plan.ts";
import type { Method } from "../../method.ts";

/** The plan that is guarded, the market it trades, and the risk agent's common genes. */
export interface CheckInput {
  /** What the trader wants. */
  readonly plan: Plan;
  /** The bars, and series computed of them. */
  readonly market: MarketView;
  /** Values of the genes of the agent. */
  readonly genes: GeneValues;
}

/** What a check grants; `end` is what it carries from row to row. */
export interface Grant {
  /** Share in (0, 1] of the leverage limit at each row; shape [rows]. */
  readonly share: Float64Array;
  /** Its state after the last row, to be gone on from. */
  readonly end: readonly number[];
}

/** How much of its leverage limit a risk agent grants, given the plan it guards; no row depends on an account. */
export type CheckMethod = Method<CheckInput, Grant>;
