import assert from "node:assert/strict";
import { alertsOf } from "popagent/admin/alert_fold.ts";
import { periodOf } from "popagent/admin/period.ts";
import { sessionReport } from "popagent/admin/session_report.ts";
import { statusOf } from "popagent/admin/status.ts";
import { sessionPage } from "popagent/report/html/session_page.ts";
import { sessionReportText } from "popagent/report/text/session_report_text.ts";
import { statusText } from "popagent/report/text/status_text.ts";
import { bar, closeOf, compared, fill, guard, iteration, refused, START, started } from "./small_events.ts";

const equities = [10_000, 10_100, 9900, 10_200, 10_000, 10_400, 9360, 10_296];
/** Eight bars; a day is six of them. Bar 1 ends what lies before the last day. */
const events = [
  iteration(0, 1.1),
  started,
  ...equities.flatMap((equity, row) => [
    fill(row, { coin: "BTC", kind: "close", realised: 10, fee: 2, slippage: 1 }),
    ...(row === 5 ? [refused(row), fill(row, { coin: "ETH", kind: "funding", realised: -3, fee: 0 })] : []),
    ...(row === 6 ? [iteration(6, 4)] : []),
    bar(row, { equity, fees: 2 * (row + 1), funding: row < 5 ? 0 : 3, team: [row < 4 ? "a" : "b"] }),
    compared(row, 0, row === 1 || row === 7 ? 1 : 0),
    ...(row === 1 ? [guard(row, "reducing", "dailyLoss")] : []),
  ]),
];
const alerts = alertsOf(events);

Deno.test("periodOf(): the last day by hand; what a close found belongs to its bar", () => {
  const period = periodOf(events, 10_000, 1)!;
  assert.deepEqual([period.from, period.to, period.bars.length], [closeOf(1), closeOf(7), 6]);
  assert.deepEqual([period.equityBefore, period.equity], [10_100, 10_296]);
  assert.ok(Math.abs(period.profit - (10_296 / 10_100 - 1)) < 1e-12);
  assert.ok(Math.abs(period.maxDrawdown - 0.1) < 1e-12, "10,400 to 9,360");
  assert.deepEqual([period.fees, period.funding, period.slippage], [12, 3, 6]);
  assert.deepEqual(period.coins, [
    { coin: "BTC", fills: 6, fees: 12, funding: 0, slippage: 6, realised: 60 },
    { coin: "ETH", fills: 0, fees: 0, funding: 3, slippage: 0, realised: 0 },
  ]);
  assert.deepEqual([period.orders, period.guards, period.disagreements], [{ refused: 1 }, [], 1]);
  assert.deepEqual([period.iterations, period.takeovers], [1, 1]);
  assert.deepEqual(period.alerts.map(({ rule }) => rule), ["ordersRefused", "divergence"]);
});

Deno.test("periodOf(): a younger session is told whole, without what was learned from its history", () => {
  const period = periodOf(events, 9000, 1000)!;
  assert.deepEqual([period.from, period.bars.length, period.equityBefore], [START, 8, 9000]);
  assert.deepEqual([period.iterations, period.guards.length, period.fees], [1, 1, 16]);
  assert.equal(periodOf([iteration(0, 1), started], 9000, 7), null, "no bar has closed");
});

Deno.test("periodOf(): periods that follow on each other lose and double nothing", () => {
  const whole = periodOf(events, 10_000, 1000)!;
  for (let row = 0; row < 7; row++) {
    const cut = events.findIndex((one) => one.type === "fill" && one.row === row + 1);
    const early = periodOf(events.slice(0, cut), 10_000, 1000)!;
    const late = periodOf(events, 10_000, (7 - row) / 6)!;
    assert.equal(early.bars.length + late.bars.length, whole.bars.length);
    assert.equal(early.fees + late.fees, whole.fees);
    assert.equal(early.guards.length + late.guards.length, whole.guards.length);
    assert.equal(early.disagreements + late.disagreements, whole.disagreements);
    assert.equal(
      early.alerts.length + late.alerts.length,
      whole.alerts.length,
      `alerts, cut behind bar ${row}`,
    );
    assert.ok(Math.abs((1 + early.profit) * (1 + late.profit) - 1 - whole.profit) < 1e-12);
  }
});

Deno.test("the report as text and as a page: warnings, answers and tables; nothing is loaded, all is escaped", () => {
  const report = sessionReport("<b>", periodOf(events, 10_000, 1)!, "SYNTHETIC data", true);
  const text = sessionReportText(report);
  assert.match(text, /!! Synthetic data/);
  assert.match(text, /!! divergence: 2024-01-02 08:00 UTC: books and exchange differ in 1, first cash USDT/);
  assert.match(text, /What became of the money\? \+1\.9%, 10,296\.00 USDT\./);
  assert.match(text, /What did it cost\? 21\.00 USDT\./);
  const page = sessionPage(report);
  assert.match(page, /default-src 'none'/);
  assert.ok(!page.includes("<b>") && page.includes("&lt;b&gt;") && !/https?:\/\/(?!www\.w3\.org)/.test(page));
  assert.equal(page, sessionPage(report));
});

Deno.test("statusOf(): guards, champion, resting orders and alerts", () => {
  const order = { clientId: "t-1-0i", coin: 1, quantity: -2, price: 50, leverage: 1, reduceOnly: false };
  const status = statusOf({
    session: "s",
    events,
    point: {
      row: 7,
      book: [],
      booked: 8,
      population: null,
      guards: { state: "reducing", rule: "dailyLoss", peak: 1, dayEquity: 1, sent: [] },
    },
    open: [{
      order: { ...order, stop: 0, target: 0, untilRow: 9 },
      row: 7,
      state: "accepted",
      filled: 0,
    }] as never,
    coins: ["BTC", "ETH"],
    startingEquity: 10_000,
    alerts,
  });
  assert.deepEqual([status.guard, status.guardRule, status.champion], ["reducing", "dailyLoss", ["b"]]);
  const open = { clientId: "t-1-0i", coin: "ETH", quantity: -2, price: 50, filled: 0, state: "accepted" };
  assert.deepEqual(status.openOrders, [open]);
  assert.deepEqual(alerts.map(({ rule }) => rule), [
    "divergence",
    "guardReducing",
    "ordersRefused",
    "divergence",
  ]);
  const told = { source: "SYNTHETIC data (x)", synthetic: true, held: null, asked: null };
  const text = statusText({ ...status, ...told });
  assert.match(text, /^!! Guards are reducing: dailyLoss\./);
  assert.match(text, /SYNTHETIC data \(x\)\. No number here says anything about a real market\./);
  const halting = statusText({ ...status, ...told, synthetic: false, held: false, asked: "halted" });
  assert.match(halting, /^!! Asked for: halted\. Not heard yet\./);
  assert.match(halting, /No process trades it now\./);
  assert.doesNotMatch(halting, /real market/);
  assert.match(text, /Champion: b\./);
  assert.match(text, /ETH +-2 +50\.0000 +accepted +t-1-0i/);
});
