import assert from "node:assert/strict";
import { periodIn, periodOf } from "popagent/admin/period.ts";
import { dueReport, reportName } from "popagent/admin/reports/due_report.ts";
import { closeBefore, instantsOf, readSchedule } from "popagent/admin/reports/report_schedule.ts";
import { readRoute, takes } from "popagent/admin/notices/route.ts";
import { alertFold } from "popagent/admin/alert_fold.ts";
import { recentOf } from "popagent/admin/told_events.ts";
import { sessionReportText } from "popagent/report/text/session_report_text.ts";
import type { RecordedEvent } from "popagent/events/event.ts";
import { bar, closeOf, compared, fill, guard, START, started } from "./small_events.ts";

const DAY = 86_400_000;
const iso = (time: number) => new Date(time).toISOString().slice(0, 16);

Deno.test("instants by the calendar: daily, weekly, one's own; by hand for March 2025", () => {
  const from = Date.UTC(2025, 1, 27); // a Thursday
  const of = (text: string) => instantsOf(readSchedule(text), from, from + 10 * DAY).map(iso);
  assert.equal(of("daily").length, 10, "its own midnight is not among them");
  assert.deepEqual(of("weekly"), ["2025-03-03T00:00"]);
  assert.deepEqual(of("3@30 8 * * 1,4"), ["2025-02-27T08:30", "2025-03-03T08:30", "2025-03-06T08:30"]);
  assert.equal(reportName({ name: "daily" }, from), "daily-2025-02-27T0000");
  assert.equal(iso(closeBefore(Date.UTC(2025, 2, 3, 8, 30))), "2025-03-03T08:00");
});

Deno.test("a schedule that is none is refused: no pattern, seconds, no such day, reports of the same closes", () => {
  for (const text of ["hourly", "0@0 0 * * *", "1@", "1@0 0 * *", "1@* * * * * *", "1@61 0 * * *"]) {
    assert.throws(() => readSchedule(text), /Cannot read --reports as it must be none, daily/, text);
  }
  assert.throws(() => readSchedule("1@0 0 31 2 *"), /its time must come/);
  assert.throws(() => readSchedule("1@0 * * * *"), /four hours apart/);
});

Deno.test("routes: everything, or what their words say; anything else is refused", () => {
  const sent = (text: string) =>
    ([null, "warning", "critical"] as const).filter((severity) => takes(readRoute(text), { severity }));
  assert.deepEqual(sent("slack"), [null, "warning", "critical"]);
  assert.deepEqual(sent("mail=critical"), ["critical"]);
  assert.deepEqual(sent("file:data/a:b.jsonl=reports"), [null]);
  assert.deepEqual(sent("slack=critical,reports"), [null, "critical"]);
  for (const text of ["", "sms", "file", "file:", "slack:x", "slack=", "slack=loud", "file:a=b=critical"]) {
    assert.throws(() => readRoute(text), /Cannot read --notify/, text);
  }
});

/** Thirty bars of five days, with what follows on closes, and on opens. */
const events: RecordedEvent[] = [started];
for (let row = 0; row < 30; row++) {
  events.push(fill(row), bar(row, { equity: 10_000 + row, fees: row, drawdown: row === 11 ? 0.3 : 0 }));
  events.push(compared(row, 0, row === 17 ? 1 : 0));
  if (row === 17) events.push(guard(row, "reducing", "reconciliation"));
}
const fold = alertFold();
const told = { events, raised: events.map(fold) };
const textOf = (report: ReturnType<typeof dueReport>) => sessionReportText(report!);
const origin = { session: "s", source: "bars", synthetic: false, startingEquity: 10_000 };

Deno.test("a report is the same when it is made at once, later, or from the events that were kept", () => {
  for (const row of [5, 11, 17, 23, 29]) {
    const instant = closeOf(row), end = events.findIndex((one) => one.type === "fill" && one.row === row + 1);
    const then = end === -1 ? events : events.slice(0, end);
    const report = dueReport(origin, told, { days: 1 }, instant, null);
    const atOnce = { events: then, raised: told.raised.slice(0, then.length) };
    const kept = recentOf(atOnce, instant, 1);
    assert.equal(textOf(dueReport(origin, atOnce, { days: 1 }, instant, instant)), textOf(report));
    assert.equal(textOf(dueReport(origin, kept, { days: 1 }, instant, null)), textOf(report));
    assert.deepEqual(periodIn(recentOf(atOnce, instant, 1), 10_000, 1), periodOf(then, 10_000, 1));
  }
  assert.equal(dueReport(origin, told, { days: 1 }, START, null), null, "no bar had closed");
});

Deno.test("a report that is made more than an hour late says so, and nothing else of it differs", () => {
  const instant = closeOf(5), report = dueReport(origin, told, { days: 1 }, instant, instant + 3_600_000)!;
  const late = dueReport(origin, told, { days: 1 }, instant, instant + 26 * 3_600_000)!;
  assert.equal(report.warnings.length, 0);
  assert.match(late.warnings[0]!.text, /due at 2024-01-02 00:00 and made at 2024-01-03 02:00 UTC/);
  assert.equal(textOf({ ...late, warnings: [] }), textOf(report));
});
