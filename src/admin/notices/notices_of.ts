import type { RecordedEvent } from "../../events/event.ts";
import type { AlertRule } from "../alert.ts";
import { alertFold } from "../alert_fold.ts";
import { DECLARED_ALERTS } from "../alert_rules.ts";
import { alertNotice, type NoticeOrigin } from "./alert_notice.ts";
import type { Notice } from "./notice.ts";

/** The notices that a session's alerts are sent as, in order. @param events Its journal from the first event on. */
export function noticesOf(
  origin: NoticeOrigin,
  events: readonly RecordedEvent[],
  rules: readonly AlertRule[] = DECLARED_ALERTS,
): readonly Notice[] {
  const fold = alertFold(rules);
  return events.flatMap((event, i) => fold(event).map((alert) => alertNotice(origin, alert, i)));
}
