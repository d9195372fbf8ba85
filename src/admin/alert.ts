/** What a person is told of a session, and the rules that say when. */
import type { MeasureName } from "./measures.ts";

/** critical: look at it now; warning: look at it today. */
export const SEVERITIES = ["warning", "critical"] as const;
/** How soon a person should look. */
export type AlertSeverity = (typeof SEVERITIES)[number];

/** When a person is told something. */
export interface AlertRule {
  /** Unique among the rules. */
  readonly name: string;
  /** What is looked at, one of the names in admin/measures.ts. */
  readonly measure: MeasureName;
  /** above: met from the threshold on upwards; below: from it on downwards. */
  readonly side: "above" | "below";
  /** In `unit`. */
  readonly threshold: number;
  /** Of threshold and readings; "fraction" is shown in percent. */
  readonly unit: "fraction" | "times equity" | "a year" | "minutes" | "agents" | "USD" | "times";
  /** How soon a person should look when it is met. */
  readonly severity: AlertSeverity;
  /** Hours of market time in which the rule is silent after an alert; 0 tells each time. */
  readonly cooldownHours: number;
}

/** A rule that was met. */
export interface Alert {
  /** Name of the rule. */
  readonly rule: string;
  /** How soon a person should look. */
  readonly severity: AlertSeverity;
  /** Market time at which it became known, ms UTC (`market_time.ts`). */
  readonly time: number;
  /** Newest closed bar; -1 before the first. */
  readonly row: number;
  /** What was read, in `unit`. */
  readonly value: number;
  /** The rule's, in `unit`. */
  readonly threshold: number;
  /** Of both, as in the rule. */
  readonly unit: AlertRule["unit"];
  /** What was seen, without a full stop. */
  readonly text: string;
  /** How often the rule was met, and silent, since its alert before. */
  readonly silenced: number;
}
