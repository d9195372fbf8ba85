/** Tells of a session while it trades: on the console, through its channels, and by reports when they are due. */
import { dispatcher } from "../adapters/notify/dispatcher.ts";
import { openOutbox } from "../adapters/notify/outbox.ts";
import type { keepReport } from "../adapters/notify/report_files.ts";
import type { SessionPlaces } from "../adapters/exchange/session_folder.ts";
import { reasonOf } from "../adapters/files/system_error.ts";
import { alertFold } from "../admin/alert_fold.ts";
import { alertLine } from "../admin/alert_text.ts";
import { marketTime } from "../admin/market_time.ts";
import { alertNotice } from "../admin/notices/alert_notice.ts";
import type { Notice } from "../admin/notices/notice.ts";
import { reportNotice } from "../admin/notices/report_notice.ts";
import { DECLARED_RETRY, type RetryTerms } from "../admin/notices/retry.ts";
import { takes } from "../admin/notices/route.ts";
import { dueReport, reportName } from "../admin/reports/due_report.ts";
import { closeBefore, instantsOf } from "../admin/reports/report_schedule.ts";
import { sessionSource } from "../admin/session_source.ts";
import { recentOf, type ToldEvents } from "../admin/told_events.ts";
import type { Clock } from "../live/clock.ts";
import type { Journal } from "../live/journal.ts";
import type { MarketSource } from "../market/panel.ts";
import { barLine } from "../report/text/session_text.ts";
import type { NotifySettings } from "./notify_flags.ts";
import { tell as tellPerson } from "./print.ts";

/** What a messenger is made of. */
export interface MessengerParts extends NotifySettings {
  /** The session, its folder, its journal. */
  readonly name: string;
  readonly places: Pick<SessionPlaces, "outbox" | "reports">;
  readonly journal: Pick<Journal, "events">;
  readonly config: { readonly startingEquity: number };
  /** Where its bars come from; the name of the exchange in real time. */
  readonly source: MarketSource | string;
  /** Of a session in real time; left out where time stands still while nobody trades. */
  readonly clock?: Pick<Clock, "now">;
  readonly tell?: (text: string) => void;
  readonly retry?: RetryTerms;
  /** How reports are kept; as text and as a page unless given. */
  readonly keepReport?: typeof keepReport;
}

/** Tells of a session. */
export interface Messenger {
  /** Tells what the journal has gained, and makes the reports that are due. Trading goes on whatever fails here. */
  look(): Promise<void>;
  /** Sends what can be sent at once; the rest waits for the next start. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** ms that the end of a command waits for channels that work. */
const LAST_MS = 60_000;
/** Events that may be kept beyond those that reports need. */
const SPARE = 1000;

/**
 * Takes up where the session's outbox stands: an alert that was raised and not handed on is told now, a report that
 * came due meanwhile is made, and nothing is told twice.
 *
 * @throws {UserError} If the outbox cannot be opened.
 */
export function openMessenger(parts: MessengerParts): Messenger {
  const { name, places, journal, routes, schedules, config: { startingEquity }, clock } = parts;
  const tell = parts.tell ?? tellPerson;
  const { source, synthetic } = sessionSource(parts.source);
  const origin = { session: name, source, synthetic, startingEquity };
  const outbox = openOutbox(places.outbox);
  const post = dispatcher({
    outbox,
    notifiers: routes.map(({ notifier }) => notifier),
    retry: parts.retry ?? DECLARED_RETRY,
    tell,
  });
  const fold = alertFold(), before = outbox.marks();
  const most = Math.max(1, ...schedules.map(({ days }) => days));
  const known = journal.events();
  const handed = before.events ?? known.length; // of a session that had no outbox, nothing old is told
  let told: ToldEvents = { events: [], raised: [] };
  let read = 0, kept = "", now = -Infinity, waiting: Notice[] = [], failing = "";
  const made = new Map<string, number>();

  const addressed = (notice: Notice) => ({
    notice,
    channels: routes.filter(({ route }) => takes(route, notice)).map(({ notifier }) => notifier.channel),
  });
  const hear = (events: ReturnType<Journal["events"]>) => {
    const raised = events.map((event, i) => {
      now = marketTime(now, event);
      const alerts = fold(event);
      if (read + i < handed) return alerts;
      alerts.forEach((alert) => tell(alertLine(alert)));
      waiting.push(...alerts.map((alert) => alertNotice(origin, alert, read + i)));
      return alerts;
    });
    read += events.length;
    told = { events: [...told.events, ...events], raised: [...told.raised, ...raised] };
  };
  /** Reports that are due, in the order of their instants; each is kept before it is told. */
  const makeReports = async () => {
    const time = clock?.now() ?? null;
    const due = schedules.flatMap((schedule) =>
      instantsOf(schedule, made.get(schedule.name)!, Math.max(now, time ?? now))
        .filter((instant) => closeBefore(instant) <= now)
        .map((instant) => ({ schedule, instant }))
    ).sort((a, b) => a.instant - b.instant);
    for (const { schedule, instant } of due) {
      const report = dueReport(origin, told, schedule, instant, time);
      if (report !== null) {
        const id = reportName(schedule, instant);
        const write = parts.keepReport ?? (await import("../adapters/notify/report_files.ts")).keepReport; // who wants none loads no figures
        const { text, files } = await write(places.reports, id, report);
        waiting.push(reportNotice(origin, id, instant, report, text, files));
        tell(`Report: ${files.at(-1)}`);
      }
      made.set(schedule.name, instant);
      keep();
    }
  };
  const keep = () => {
    const marks = Object.fromEntries([...made].map(([schedule, time]) => [`report ${schedule}`, time]));
    const state = JSON.stringify([read, marks]);
    if (state === kept && waiting.length === 0) return;
    outbox.add(waiting.map(addressed), { events: read, ...marks });
    waiting = [];
    kept = state;
  };

  hear(known);
  for (const { name } of schedules) made.set(name, before[`report ${name}`] ?? now); // one that is new begins now
  return {
    look: async () => {
      const fresh = journal.events(read);
      for (const event of fresh) if (event.type === "bar") tell(barLine(event));
      hear(fresh);
      try {
        await makeReports();
        keep();
        if (told.events.length > SPARE) told = recentOf(told, now, most);
        failing = "";
      } catch (error) {
        const why = reasonOf(error);
        if (why !== failing) tell(`!! Cannot keep what is to be told: ${why}. Said once; trading goes on.`);
        failing = why; // what waits is tried again at the next look
      }
      post.wake();
    },
    [Symbol.asyncDispose]: async () => {
      await post.close(LAST_MS);
      const { waiting: left, abandoned } = outbox.counts(routes.map(({ notifier }) => notifier.channel));
      if (left > 0) {
        tell(`Not sent yet: ${left}. The next start of this session with the same --notify tries again.`);
      }
      if (abandoned > 0) {
        tell(`Given up in the life of this session: ${abandoned}. They are in ${places.outbox}.`);
      }
      outbox[Symbol.dispose]();
    },
  };
}
