import { alertsOf } from "../admin/alert_fold.ts";
import { eventsOfType } from "../events/event.ts";
import type { Figure } from "../figures/figure.ts";
import { sessionCurveFigure } from "../figures/session_curve.ts";
import type { FigureWidth } from "../figures/theme.ts";
import type { PaperSession } from "./paper_session.ts";

/**
 * Equity and drawdown of a paper session since its start, with its alerts by the declared rules: what `popagent watch`
 * draws of one under way.
 *
 * @throws {RangeError} If no bar of it has closed.
 */
export function sessionFigure(
  { events, summary, source }: Pick<PaperSession, "events" | "summary" | "source">,
  size: FigureWidth = "page",
): Figure {
  const bars = eventsOfType(events, "bar"), [started] = eventsOfType(events, "session");
  if (bars.length === 0 || started === undefined) {
    throw new RangeError("Cannot draw a session as a bar of it must have closed: none has");
  }
  return sessionCurveFigure({
    subtitle: source,
    times: [started.time, ...bars.map(({ time }) => time)],
    equity: [summary.startingEquity, ...bars.map(({ equity }) => equity)],
    alerts: alertsOf(events).map(({ time }) => time),
  }, size);
}
