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
import { unpaidQuestions } from "./measures/unpaid_questions.ts";

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
  unpaidQuestions,
} as const satisfies Readonly<Record<string, Measure>>;
/** @internal Name of a measure; the names stand in the table. */
export type MeasureName = keyof typeof MEASURES;
