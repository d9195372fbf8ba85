/** A session's events folded into alerts. */
import type { RecordedEvent } from "../events/event.ts";
import type { Alert, AlertRule } from "./alert.ts";
import { DECLARED_ALERTS } from "./alert_rules.ts";
import { marketTime } from "./market_time.ts";
import { MEASURES } from "./measures.ts";

const HOUR_MS = 3_600_000;

/**
 * Begins to look at a session. What it returns is given the events in order and answers with the alerts that each
 * raises. Alerts depend on events alone: a session that is read again gives the same. What was learned from the history
 * before a session started raises none.
 */
export function alertFold(rules: readonly AlertRule[] = DECLARED_ALERTS): (event: RecordedEvent) => Alert[] {
  const watched = rules.map((rule) => ({
    rule,
    look: MEASURES[rule.measure](),
    last: -Infinity,
    silenced: 0,
  }));
  let now = -Infinity, row = -1, started = false;
  return (event) => {
    now = marketTime(now, event);
    if (event.type === "session") started = true;
    if (event.type === "bar") row = event.row;
    return watched.flatMap((one) => {
      const reading = one.look(event, now);
      if (!started || reading === null || !isMet(one.rule, reading.value)) return [];
      if (now - one.last < one.rule.cooldownHours * HOUR_MS) {
        one.silenced++;
        return [];
      }
      const { name, severity, threshold, unit } = one.rule;
      const { silenced } = one;
      one.last = now;
      one.silenced = 0;
      return [{ rule: name, severity, time: now, row, ...reading, threshold, unit, silenced }];
    });
  };
}

/** All alerts of a session, in order. @param events Its journal from the first event on. */
export function alertsOf(
  events: readonly RecordedEvent[],
  rules: readonly AlertRule[] = DECLARED_ALERTS,
): readonly Alert[] {
  return events.flatMap(alertFold(rules));
}

/** Whether a reading meets a rule; one that is no number does. */
export function isMet({ side, threshold }: Pick<AlertRule, "side" | "threshold">, value: number): boolean {
  return side === "above" ? !(value < threshold) : !(value > threshold);
}
