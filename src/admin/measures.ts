/** Everything that an alert rule may look at. A measure is added by a file in measures/ and a line here. */
import type { Measure } from "./measure.ts";
import { concentration } from "./measures/concentration.ts";
import { dayLoss } from "./measures/day_loss.ts";
import { differences } from "./measures/differences.ts";
import { drawdown } from "./measures/drawdown.ts";
import { effectiveAgents } from "./measures/effective_agents.ts";
import { halted, reducing } from "./measures/guard_changes.ts";
import { lateness } from "./measures/lateness.ts";
import { llmCost } from "./measures/llm_cost.ts";
import { losingExits } from "./measures/losing_exits.ts";
import { recentSharpe } from "./measures/recent_sharpe.ts";
import { refusals } from "./measures/refusals.ts";

export const MEASURES = {
  drawdown,
  dayLoss,
  halted,
  reducing,
  refusals,
  recentSharpe,
  concentration,
  losingExits,
  lateness,
  differences,
  effectiveAgents,
  llmCost,
} as const satisfies Readonly<Record<string, Measure>>;
/** Name of a measure. */
export type MeasureName = keyof typeof MEASURES;
