/** A session's alerts and reports, told once each: on virtual and real time, over restarts, beside channels that fail. */
import assert from "node:assert/strict";
import { fileNotifier } from "popagent/adapters/notify/file_notifier.ts";
import { slackNotifier } from "popagent/adapters/notify/slack_notifier.ts";
import { readRoute } from "popagent/admin/notices/route.ts";
import { readSchedule } from "popagent/admin/reports/report_schedule.ts";
import { openMessenger } from "popagent/cli/session_messenger.ts";
import type { RecordedEvent } from "popagent/events/event.ts";
import { memoryJournal } from "popagent/live/memory_journal.ts";
import type { SessionReport } from "popagent/figures/session_report.ts";
import { sessionReportText } from "popagent/report/text/session_report_text.ts";
import { slackServer } from "../adapters/notify/slack_server.ts";
import { CANARY } from "../adapters/notify/small_notices.ts";
import { bar, closeOf, compared, fill, started } from "../admin/small_events.ts";
import { inFolder, tree } from "./cli.ts";

/** What one bar writes; row 11 raises an alert, and so does row 100. */
const eventsOf = (row: number): RecordedEvent[] => [
  fill(row, { realised: 2 }),
  bar(row, { equity: 10_000 + row, drawdown: row === 11 || row === 100 ? 0.3 : 0 }),
  compared(row, 0),
];

/** A session in a folder that is begun and killed at will. */
function smallRun(folder: string) {
  const journal = memoryJournal();
  journal.write({ events: [started] });
  const told: string[] = [];
  return {
    journal,
    told,
    places: { outbox: `${folder}/notices.sqlite`, reports: `${folder}/reports` },
    messenger: (given: Partial<Parameters<typeof openMessenger>[0]> = {}) =>
      openMessenger({
        name: "small",
        places: { outbox: `${folder}/notices.sqlite`, reports: `${folder}/reports` },
        journal,
        config: { startingEquity: 10_000 },
        source: "bybit-demo",
        routes: [{ route: readRoute("file:x"), notifier: fileNotifier(`${folder}/notices.jsonl`) }],
        schedules: ["daily", "weekly"].map(readSchedule),
        tell: (text) => told.push(text),
        ...given,
      }),
    lines: async () =>
      (await Deno.readTextFile(`${folder}/notices.jsonl`)).trim().split("\n")
        .map((line) => JSON.parse(line) as { id: string; text: string }),
  };
}

/** Keeps a report without its figures, which are the dearest part of its page. */
async function keepText(folder: string, name: string, report: SessionReport) {
  const text = sessionReportText(report), file = `${folder}/${name}.txt`;
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(file, text);
  return { text, files: [file] };
}

/** All that a session of thirty days leaves, killed after each of these rows. */
const thirtyDays = (kills: readonly number[]) =>
  inFolder(async (folder) => {
    const run = smallRun(folder);
    const start = () => run.messenger({ keepReport: keepText });
    let messenger = start();
    for (let row = 0; row < 180; row++) {
      run.journal.write({ events: eventsOf(row) });
      if (kills.includes(row)) { // killed before it could look
        await messenger[Symbol.asyncDispose]();
        messenger = start();
      }
      await messenger.look();
    }
    await messenger[Symbol.asyncDispose]();
    const files = (await tree(`${folder}/reports`)).sort();
    const pages = await Promise.all(files.map((file) => Deno.readTextFile(`${folder}/reports/${file}`)));
    const lines = (await Deno.readTextFile(`${folder}/notices.jsonl`)).replaceAll(folder, "");
    return { files, pages, lines, told: run.told };
  });

Deno.test("thirty days replayed give thirty daily and four weekly reports, the same bytes over restarts, each told once", async () => {
  const whole = await thirtyDays([]), killed = await thirtyDays([5, 11, 12, 41, 100, 179]);
  const named = (name: string) => whole.files.filter((file) => file.startsWith(name));
  assert.deepEqual([named("daily").length, named("weekly").length], [30, 4]);
  assert.equal(whole.files.length, 34);
  assert.deepEqual(killed.files, whole.files);
  assert.deepEqual(killed.pages, whole.pages);
  assert.equal(killed.lines, whole.lines);
  const ids = whole.lines.trim().split("\n").map((line) => (JSON.parse(line) as { id: string }).id);
  assert.equal(ids.length, 36);
  assert.equal(new Set(ids).size, 36);
  const alerts = (lines: readonly string[]) =>
    lines.filter((line) => line.includes("!! critical maxDrawdown"));
  assert.deepEqual(alerts(killed.told), alerts(whole.told));
  assert.equal(alerts(whole.told).length, 2);
});

Deno.test("in real time a report waits for its close; one missed while down is made, late, once", () =>
  inFolder(async (folder) => {
    const run = smallRun(folder), day = closeOf(5);
    let time = closeOf(4);
    const clock = { now: () => time };
    const first = run.messenger({ clock });
    for (let row = 0; row < 5; row++) run.journal.write({ events: eventsOf(row) });
    time = day + 20_000; // midnight is over, its bar is not there yet
    await first.look();
    await first[Symbol.asyncDispose]();
    await assert.rejects(run.lines().then(([line]) => line!.id), "nothing is told");
    for (let row = 5; row < 12; row++) run.journal.write({ events: eventsOf(row) }); // caught up with at a restart
    time = closeOf(11) + 60_000;
    for (let starts = 0; starts < 2; starts++) {
      await using messenger = run.messenger({ clock });
      await messenger.look();
    }
    const reports = (await run.lines()).filter(({ id }) => id.includes("report"));
    assert.deepEqual(reports.map(({ id }) => id), [
      "small/report-daily-2024-01-02T0000",
      "small/report-daily-2024-01-03T0000",
    ]);
    assert.deepEqual(reports.map(({ text }) => /!! Late/.test(text)), [true, false]);
  }));

Deno.test("a schedule or a channel that is new begins now; alerts of a session without an outbox are not told again", () =>
  inFolder(async (folder) => {
    const run = smallRun(folder);
    for (let row = 0; row < 24; row++) run.journal.write({ events: eventsOf(row) });
    await using messenger = run.messenger();
    await messenger.look();
    assert.deepEqual(run.told, []);
  }));

Deno.test("channels that fail hold up no bar, are said once, show no secret; what they lack comes at the next start", () =>
  inFolder(async (folder) => {
    await using slack = slackServer();
    const run = smallRun(folder);
    const routes = (port?: number) => [{
      route: readRoute("slack=critical"),
      notifier: slackNotifier(port === undefined ? slack.webhook : `http://127.0.0.1:${port}/${CANARY}`, {
        fetch,
        now: Date.now,
        gapMs: 0,
      }),
    }];
    {
      await using messenger = run.messenger({ routes: routes(9), schedules: [] });
      for (let row = 0; row < 12; row++) {
        run.journal.write({ events: eventsOf(row) });
        const start = performance.now();
        await messenger.look();
        assert.ok(performance.now() - start < 500);
      }
    }
    assert.equal(run.told.filter((line) => line.includes("does not take notices")).length, 1);
    assert.match(run.told.at(-1)!, /^Not sent yet: 1\./);
    {
      await using messenger = run.messenger({ routes: routes(), schedules: [] });
      await messenger.look();
    }
    assert.equal(slack.received.length, 1);
    assert.match(slack.received[0]!.text, /maxDrawdown/);
    const files = await Promise.all(
      (await tree(folder)).map((file) => Deno.readFile(`${folder}/${file}`)),
    );
    const kept = files.map((bytes) => new TextDecoder("latin1").decode(bytes)).join();
    assert.ok(!`${kept}${run.told.join()}`.includes(CANARY));
  }));

Deno.test("a report that cannot be kept stops nothing, is said once, and is made when it can be", () =>
  inFolder(async (folder) => {
    const run = smallRun(folder);
    await Deno.writeTextFile(`${folder}/reports`, "a file where a folder should be");
    await using messenger = run.messenger();
    for (let row = 0; row < 9; row++) {
      run.journal.write({ events: eventsOf(row) });
      await messenger.look();
    }
    assert.equal(run.told.filter((line) => line.startsWith("!! Cannot keep")).length, 1);
    await Deno.remove(`${folder}/reports`);
    await messenger.look();
    assert.match(run.told.at(-1)!, /^Report: .*daily-2024-01-02T0000\.html$/);
  }));
