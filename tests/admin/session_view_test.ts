import assert from "node:assert/strict";
import { alertsOf } from "popagent/admin/alert_fold.ts";
import { type KnownSession, sessionViewOf } from "popagent/admin/session_view.ts";
import type { RecordedEvent } from "popagent/events/event.ts";
import { guardText, lifeText } from "popagent/figures/session_life.ts";
import { DECLARED_GUARDS, startGuards } from "popagent/live/guards.ts";
import { barEvents } from "../live/made_session.ts";
import { bar, closeOf, fill, iteration, refused, START, started } from "./small_events.ts";

const point = { row: 1, book: [], booked: 0, population: null, guards: startGuards(10_000) };

function known(events: readonly RecordedEvent[], given: Partial<KnownSession> = {}): KnownSession {
  return {
    session: "s",
    events,
    point,
    open: [],
    alerts: alertsOf(events),
    coins: ["BTC", "ETH"],
    startingEquity: 10_000,
    deploy: "champion",
    limits: DECLARED_GUARDS,
    venue: "simulated exchange",
    simulated: true,
    source: "SYNTHETIC data",
    synthetic: true,
    held: true,
    written: 1,
    asked: null,
    ...given,
  };
}
const stopped = (reason: string): RecordedEvent => ({
  type: "session",
  time: closeOf(0),
  row: 0,
  what: "stopped",
  reason,
});

Deno.test("sessionViewOf(): where a session is in its life, and in words", () => {
  const rows: readonly (readonly [string, RegExp, readonly RecordedEvent[], Partial<KnownSession>])[] = [
    ["empty", /^Nothing has been learned/, [], { point: null, held: false }],
    ["learning", /learns from its history/, [], { point: null }],
    ["waiting", /the first bar has not closed/, [started], {}],
    ["trading", /as fast as they are decided/, [started, bar(0)], {}],
    ["trading", /in real time/, [started, bar(0)], { simulated: false }],
    ["left", /^No process trades it now\. The same/, [started, bar(0)], { held: false }],
    ["left", /stay at the exchange/, [started, bar(0)], { held: false, simulated: false }],
    ["left", /^It was stopped at 2024-01-01 04:00 UTC\./, [started, bar(0), stopped("")], { held: false }],
    ["left", /^It has ended: no bar was left\./, [started, bar(0), stopped("no bar was left")], {
      held: false,
    }],
    ["trading", /It trades/, [started, bar(0), stopped("")], {}], // taken up again, and not yet said so
    ["unknown", /network folder/, [started, bar(0)], { held: null }],
  ];
  for (const [life, words, events, given] of rows) {
    const view = sessionViewOf(known(events, given));
    assert.equal(view.life, life);
    assert.match(lifeText(view), words);
  }
});

Deno.test("sessionViewOf(): the curve begins at the start; the next close is known where time is real", () => {
  const view = sessionViewOf(known([started, bar(0, { equity: 11_000 }), bar(1)]));
  assert.deepEqual([view.times, view.equity], [[START, closeOf(0), closeOf(1)], [10_000, 11_000, 10_000]]);
  assert.deepEqual([view.close, view.nextClose], [closeOf(1), null]);
  assert.equal(sessionViewOf(known([started, bar(1)], { simulated: false })).nextClose, closeOf(2));
});

Deno.test("sessionViewOf(): the newest step of each order, the newest orders and fills first, at most eight", () => {
  const events = [started, ...Array.from({ length: 100 }, (_, row) => barEvents(row, 100)).flat()];
  const { orders, fills } = sessionViewOf(known(events));
  assert.deepEqual([orders.length, fills.length], [8, 8]);
  assert.deepEqual(orders.map(({ state }) => state).slice(0, 3), ["filled", "refused", "filled"]);
  assert.equal(new Set(orders.map(({ clientId }) => clientId)).size, 8);
  assert.ok(orders.every(({ time }, i) => i === 0 || time <= orders[i - 1]!.time));
  const once = sessionViewOf(known([started, refused(0), fill(0), bar(0)]));
  assert.deepEqual(once.orders.map(({ reason }) => reason), ["gross: 11 is above 10"]);
});

Deno.test("sessionViewOf(): the champion, since when, and its agents' places by credit", () => {
  const agents = {
    analyst: [one("technical", 1), one("momentum", 3)],
    researcher: [one("quantile", 1)],
    trader: [one("adaptive", 2), one("momentum", 5), one("conservative", 9)],
    risk: [one("dynamic", 0)],
  };
  const team = ["momentum", "quantile", "adaptive", "dynamic"], before = ["technical", ...team.slice(1)];
  const events = [
    started,
    { ...iteration(0, 4), agents },
    bar(0, { team: before }),
    bar(1, { team }),
    bar(2, { team }),
  ];
  const view = sessionViewOf(known(events));
  assert.equal(view.teamSince, closeOf(1));
  assert.deepEqual(view.team.map(({ role, agent, place, agents }) => [role, agent, place, agents]), [
    ["analyst", "momentum", 1, 2],
    ["researcher", "quantile", 1, 1],
    ["trader", "adaptive", 3, 3],
    ["risk", "dynamic", 1, 1],
  ]);
  assert.ok(view.team.every(({ summary }) => summary !== ""));
  const unknown = sessionViewOf(
    known([started, bar(0, { team: ["mine", "quantile", "adaptive", "dynamic"] })]),
  );
  assert.deepEqual([unknown.team[0]!.summary, unknown.team[0]!.place], ["", null]);
});

Deno.test("sessionViewOf(): limits beside what is measured; a person's word until it is heard", () => {
  const view = sessionViewOf(known([started, bar(0, { drawdown: 0.1, dayReturn: -0.05, gross: 2 })], {
    asked: "halted",
  }));
  assert.deepEqual(view.limits.slice(0, 3), [
    { name: "drawdown", limit: 0.5, now: 0.1 },
    { name: "dailyLoss", limit: 0.2, now: 0.05 },
    { name: "gross", limit: 10, now: 2 },
  ]);
  assert.deepEqual(view.limits.map(({ name }) => name).sort(), Object.keys(DECLARED_GUARDS).sort());
  assert.match(guardText(view), /Asked for: halted; it is heard before the next order\.$/);
  const guards = { ...point.guards, state: "halted" as const, rule: "asked" };
  const halted = sessionViewOf(known([started], { asked: "halted", point: { ...point, guards } }));
  assert.equal(halted.asked, null, "it was heard");
  assert.match(guardText(halted), /a person asked for it\..*popagent paper halt s --active/);
});

const one = (variant: string, credit: number) => ({ variant, credit, novelty: 0, score: 0, genome: [] });

Deno.test("sessionViewOf(): payments of funding do not push trades out of the newest fills", () => {
  const funding = Array.from({ length: 9 }, (_, i) => ({ ...fill(i + 1), kind: "funding" as const }));
  const { fills } = sessionViewOf(known([started, fill(0), ...funding]));
  assert.deepEqual(fills.map(({ kind }) => kind), [fill(0).kind]);
});
