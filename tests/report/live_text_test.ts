import assert from "node:assert/strict";
import fc from "fast-check";
import { liveLines } from "popagent/report/text/live_text.ts";
import { spanText } from "popagent/report/text/span_text.ts";
import { sparkline } from "popagent/report/text/sparkline.ts";
import { inFolder } from "../cli/cli.ts";
import { madeSession, STATES } from "../live/made_session.ts";
import { watchedSession } from "popagent/cli/watched_session.ts";
import type { SessionView } from "popagent/figures/session_view.ts";

const views = await inFolder(async (root) => {
  const all: SessionView[] = [];
  for (const state of STATES) {
    await madeSession(root, state);
    const session = await watchedSession(root, state);
    all.push(session.look()!);
    session[Symbol.dispose]();
  }
  return all;
});
const textOf = (lines: ReturnType<typeof liveLines>) =>
  lines.map((line) => line.map(([text]) => text).join("")).join("\n");

Deno.test("sparkline(): heights by hand, thinned to the last value of each part", () => {
  assert.equal(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8), "▁▂▃▄▅▆▇█");
  assert.equal(sparkline([5, 5], 40), "▁▁");
  assert.equal(sparkline([1, 2, 3, 4], 2), "▁█", "the values 2 and 4");
});

Deno.test("spanText(): a span as a person takes it in", () => {
  const min = 60_000;
  const spans = [-5, 59_999, min, 59 * min, 125 * min, 48 * 60 * min];
  assert.deepEqual(spans.map(spanText), ["0 s", "59 s", "1 min", "59 min", "2 h 5 min", "2 days"]);
});

Deno.test("liveLines(): what stands where, with the sign of what needs a look", () => {
  const at = (session: string) => views.find((view) => view.session === session)!;
  const whole = textOf(liveLines(at("halted"), at("halted").written + 12_000, { columns: 120, rows: 40 }));
  assert.match(whole, /^halted {2}simulated exchange, SYNTHETIC data\nHALTED {2}Nothing is sent: drawdown\./);
  assert.match(whole, /Equity {4}11,409\.26 USDT {2}\+14\.09%/);
  assert.match(whole, /Positions BTC {5}0\.084 {2}at 43,650\.25 {2}\+36\.94\n {10}ETH {5}−1\.31/);
  assert.match(
    whole,
    /Champion {2}momentum, quantile, adaptive, dynamic\nOrders {4}sell 0\.55 ETH at 2,361\.20/,
  );
  assert.match(whole, /Alerts {4}10, 1 critical\n {10}2024-02-13 08:00 {2}critical guardHalted: /);
  assert.match(whole, /Newest close 2024-02-13 08:00 UTC; written 12 s ago\./);
  const left = textOf(liveLines(at("ended"), at("ended").written, { columns: 120, rows: 40 }));
  assert.match(left, /^ENDED {2}While it trades, everything within the limits is sent\.\nIt has ended: /m);
  const live = { ...at("bybit"), life: "trading" as const };
  assert.match(textOf(liveLines(live, live.written, { columns: 120, rows: 40 })), /^ACTIVE {2}Everything/m);
  const next = (now: number) => textOf(liveLines(live, now, { columns: 120, rows: 40 }));
  assert.match(next(live.nextClose! - 82 * 60_000), /next bar closes in 1 h 22 min\./);
  assert.match(next(live.nextClose! + 29 * 60_000), /next bar is 29 min late\./);
  assert.match(next(live.nextClose! + 31 * 60_000), /next bar is 31 min late !!\./);
});

Deno.test("liveLines(): whatever the window and the state, no line is wider and there are no more lines than it holds", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...views),
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 60 }),
      (view, columns, rows) => {
        const lines = liveLines(view, view.written, { columns, rows });
        assert.ok(lines.length <= rows);
        for (const line of lines) assert.ok([...line.map(([text]) => text).join("")].length <= columns);
      },
    ),
    { seed: 7, numRuns: 200 },
  );
});
