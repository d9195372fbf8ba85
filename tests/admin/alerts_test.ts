import assert from "node:assert/strict";
import fc from "fast-check";
import { alertsOf, isMet } from "popagent/admin/alert_fold.ts";
import { DECLARED_ALERTS } from "popagent/admin/alert_rules.ts";
import type { RecordedEvent } from "popagent/events/event.ts";
import {
  bar,
  closeOf,
  compared,
  fill,
  guard,
  iteration,
  position,
  refused,
  started,
  thought,
} from "./small_events.ts";

/** What one rule says of a started session, as [row, value]. */
function said(name: string, events: readonly RecordedEvent[]): (readonly [number, number])[] {
  const rules = DECLARED_ALERTS.filter((rule) => rule.name === name);
  assert.equal(rules.length, 1, name);
  return alertsOf([started, ...events], rules).map(({ row, value }) => [row, value]);
}

Deno.test("maxDrawdown: from 20% on, again after a day, and what was silenced in between is counted", () => {
  const drawdowns = [0.19, 0.2, 0.25, 0.21, 0.22, 0.23, 0.24, 0.26, 0.1];
  const events = drawdowns.map((drawdown, row) => bar(row, { drawdown }));
  assert.deepEqual(said("maxDrawdown", events), [[1, 0.2], [7, 0.26]]); // six bars are a day
  const alerts = alertsOf([started, ...events]);
  assert.deepEqual(alerts.map(({ silenced }) => silenced), [0, 5]);
  assert.equal(alerts[0]!.text, "equity is 20.0% below its highest");
  assert.equal(alerts[0]!.time, closeOf(1));
});

Deno.test("a number that cannot be known is told", () => {
  assert.deepEqual(said("maxDrawdown", [bar(0, { drawdown: NaN })]).map(([row]) => row), [0]);
});

Deno.test("dailyLoss: 10% lost since midnight; a profit is no loss", () => {
  const events = [0.3, -0.09, -0.1].map((dayReturn, row) => bar(row, { dayReturn }));
  assert.deepEqual(said("dailyLoss", events), [[2, 0.1]]);
});

Deno.test("guardHalted, guardReducing: each change is told, and none hides another", () => {
  const events = [bar(0), guard(0, "reducing"), guard(0, "halted"), guard(0, "active"), guard(0, "halted")];
  assert.deepEqual(said("guardHalted", events), [[0, 1], [0, 1]]);
  assert.deepEqual(said("guardReducing", events), [[0, 1]]);
});

Deno.test("ordersRefused: the count of a day of market time", () => {
  const events = [bar(0), refused(0), refused(0), bar(3), refused(3), bar(6), refused(6)];
  // At bar 6 those of bar 0 are a day old, that of bar 3 is not.
  assert.deepEqual(said("ordersRefused", events), [[0, 1], [6, 2]]);
});

Deno.test("lowSharpe: over 180 returns, the window full; by hand -2/3 of 1% on the mean of three bars", () => {
  const equities = [10_000];
  for (let i = 0; i < 180; i++) equities.push(equities.at(-1)! * (1 + [-0.02, 0.01, -0.01][i % 3]!));
  const events = equities.map((equity, row) => bar(row, { equity }));
  const [[row, value] = [], ...rest] = said("lowSharpe", events);
  assert.equal(row, 180, "the first of 181 closes has no return");
  assert.deepEqual(rest, []);
  // mean -1/150; variance 7/45000 * 180/179 (n - 1); times sqrt(2190)
  const byHand = -1 / 150 / Math.sqrt(7 / 45_000 * 180 / 179) * Math.sqrt(2190);
  assert.ok(Math.abs(value! / byHand - 1) < 1e-9, `${value} ${byHand}`);
  assert.deepEqual(
    said("lowSharpe", events.map((one) => ({ ...one, equity: 10_000 }))),
    [],
    "flat is no fault",
  );
});

Deno.test("concentration: one position of twice the equity, short ones too", () => {
  const small = [position("BTC", 1, 19_000), position("ETH", 9, 2000)];
  const large = [position("BTC", 1, 100), position("ETH", -10, 2000)];
  assert.deepEqual(said("concentration", [bar(0, { positions: small }), bar(1, { positions: large })]), [[
    1,
    2,
  ]]);
});

Deno.test("consecutiveLosses: eight in a row; entries and funding say nothing, fills of one order are one exit", () => {
  const lost = (row: number, given = {}) => fill(row, { realised: -5, ...given });
  const seven = [0, 1, 2, 3, 4, 5, 6].map((row) => lost(row));
  const beside = [fill(7, { kind: "entry", realised: 0 }), fill(7, { kind: "funding", realised: -9 })];
  assert.deepEqual(said("consecutiveLosses", [bar(0), ...seven, ...beside]), []);
  assert.deepEqual(said("consecutiveLosses", [bar(0), ...seven, ...beside, lost(8)]), [[0, 8]]);
  const won = fill(3, { realised: 1.01 }); // a fee of 1 was paid
  assert.deepEqual(said("consecutiveLosses", [bar(0), ...seven, won, ...seven]), []);
  const fees = fill(8, { realised: 0.99 });
  assert.deepEqual(said("consecutiveLosses", [bar(0), ...seven, fees]), [[0, 8]]);
  const parts = [0, 1, 2].map((row) => lost(row, { clientId: "t-1-0o", kind: "close" }));
  assert.deepEqual(said("consecutiveLosses", [bar(0), ...seven.slice(1), ...parts]), []);
});

Deno.test("staleData: a quarter of an hour, by the comparison or by the guard; never across bars", () => {
  assert.deepEqual(said("staleData", [bar(0), compared(0, 14.9), bar(1), compared(1, 15)]), [[1, 15]]);
  assert.deepEqual(said("staleData", [bar(0), guard(0, "reducing", "staleMinutes")]), [[0, 40]]);
  assert.deepEqual(said("staleData", [bar(0), compared(7, 0)]), []);
});

Deno.test("divergence: any difference between books and exchange", () => {
  const events = [bar(0), compared(0, 0), bar(1), compared(1, 0, 2)];
  assert.deepEqual(said("divergence", events), [[1, 2]]);
});

Deno.test("collapse: a role worth 1.5 agents or fewer, but not in what was learned from the history", () => {
  const rules = DECLARED_ALERTS.filter(({ name }) => name === "collapse");
  const events = [
    iteration(36, 1.2),
    started,
    bar(37),
    iteration(72, 1.6),
    bar(72),
    iteration(108, 1.4),
    bar(108),
  ];
  const alerts = alertsOf(events, rules);
  assert.deepEqual(alerts.map(({ value, time }) => [value, time]), [[1.4, closeOf(108)]]);
  assert.match(alerts[0]!.text, /the traders are worth 1.40 different agents/);
});

Deno.test("llmBudget: what was spent adds up", () => {
  const events = [bar(0), thought(0, 2), thought(0, 2.5), bar(1), thought(1, 0.5)];
  assert.deepEqual(said("llmBudget", events), [[1, 5]]);
});

Deno.test("no alert comes within a cooldown or without its threshold; reading on is reading again", () => {
  const value = fc.double({ min: -0.5, max: 0.9, noNaN: true });
  const event = fc.nat({ max: 40 }).chain((row): fc.Arbitrary<RecordedEvent> =>
    fc.oneof(
      fc.record({ drawdown: value, dayReturn: value, equity: fc.double({ min: 1, max: 1e5, noNaN: true }) })
        .map((given) => bar(row, { ...given, positions: [position("BTC", given.equity * 2, 1)] })),
      fc.double({ min: -50, max: 1e6, noNaN: true }).map((late) => compared(row, late, row % 3)),
      fc.constant(refused(row)),
      fc.constantFrom("active", "reducing", "halted").map((to) => guard(row, to)),
      fc.double({ min: 1, max: 5, noNaN: true }).map((effective) => iteration(row + 36, effective)),
      value.map((realised) => fill(row, { realised })),
    )
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), fc.nat({ max: 60 }), (events, cut) => {
      const all = [started, ...events];
      const alerts = alertsOf(all);
      for (const rule of DECLARED_ALERTS) {
        const own = alerts.filter((alert) => alert.rule === rule.name);
        for (const alert of own) assert.ok(isMet(rule, alert.value), rule.name);
        for (let i = 1; i < own.length; i++) {
          const apart = own[i]!.time - own[i - 1]!.time;
          assert.ok(apart >= rule.cooldownHours * 3_600_000, `${rule.name}: ${apart} ms apart`);
        }
      }
      const early = alertsOf(all.slice(0, cut));
      assert.deepEqual(alerts.slice(0, early.length), early, "what follows changes no alert");
    }),
    { numRuns: 200 },
  );
});
