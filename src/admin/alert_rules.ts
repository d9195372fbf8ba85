/** The alert rules that a session has unless it is given others: data, to be read as a table. */
import type { AlertRule } from "./alert.ts";

const DAY = 24, WEEK = 7 * DAY;

/**
 * Thresholds lie inside the guards' limits where both look at the same thing, so that a person hears of a loss before
 * a guard acts on it. A Sharpe ratio over 30 days has a standard error of 3.5 a year: one below -5 is rare without a
 * fault, one below 0 says nothing.
 */
export const DECLARED_ALERTS: readonly AlertRule[] = [
  rule("maxDrawdown", "drawdown", "above", 0.2, "fraction", "critical", DAY),
  rule("dailyLoss", "dayLoss", "above", 0.1, "fraction", "warning", DAY),
  rule("guardHalted", "halted", "above", 1, "times", "critical", 0),
  rule("guardReducing", "reducing", "above", 1, "times", "warning", 0),
  rule("ordersRefused", "refusals", "above", 1, "times", "warning", DAY),
  rule("lowSharpe", "recentSharpe", "below", -5, "a year", "warning", WEEK),
  rule("concentration", "concentration", "above", 2, "times equity", "warning", DAY),
  rule("consecutiveLosses", "losingExits", "above", 8, "times", "warning", DAY),
  rule("staleData", "lateness", "above", 15, "minutes", "warning", DAY),
  rule("divergence", "differences", "above", 1, "times", "critical", DAY),
  rule("collapse", "effectiveAgents", "below", 1.5, "agents", "warning", WEEK),
  rule("llmBudget", "llmCost", "above", 5, "USD", "warning", WEEK),
  rule("llmExhausted", "unpaidQuestions", "above", 1, "times", "warning", WEEK),
];

function rule(
  name: string,
  measure: AlertRule["measure"],
  side: AlertRule["side"],
  threshold: number,
  unit: AlertRule["unit"],
  severity: AlertRule["severity"],
  cooldownHours: number,
): AlertRule {
  return { name, measure, side, threshold, unit, severity, cooldownHours };
}
