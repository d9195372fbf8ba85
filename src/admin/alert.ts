/** What a person is told of a session, and the rules that say when. */
import type { MeasureName } from "./measures.ts";

/** critical: look at it now; warning: look at it today. */
export const SEVERITIES = ["warning", "critical"] as const;
/** How soon a person should look. */
export type Severity = (typeof SEVERITIES)[number];

/** When a person is told something. */
export interface AlertRule {
  /** Unique among the rules. */
  readonly name: string;
  /** What is looked at. */
  readonly measure: MeasureName;
  /** above: met from the threshold on upwards; below: from it on downwards. */
  readonly side: "above" | "below";
  /** In `unit`. */
  readonly threshold: number;
  /** Of threshold and readings; "fraction" is shown in percent. */
  readonly unit: "fraction" | "times equity" | "a year" | "minutes" | "agents" | "USD" | "times";
  readonly severity: Severity;
  /** Hours of market time in which the rule is silent after an alert; 0 tells each time. */
  readonly cooldownHours: number;
}

/** A rule that was met. */
export interface Alert {
  readonly rule: string;
  readonly severity: Severity;
  /** Market time at which it became known, ms UTC (`market_time.ts`). */
  readonly time: number;
  /** Newest closed bar; -1 before the first. */
  readonly row: number;
  readonly value: number;
  readonly threshold: number;
  readonly unit: AlertRule["unit"];
  /** What was seen, without a full stop. */
  readonly text: string;
  /** How often the rule was met, and silent, since its alert before. */
  readonly silenced: number;
}
