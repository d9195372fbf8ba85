import assert from "node:assert/strict";
import { sha256 } from "popagent/core/hash.ts";
import { drawdownsOf, sessionCurveFigure } from "popagent/figures/session_curve.ts";
import { coinsText, priceText } from "popagent/figures/session_tables.ts";
import { WATCH_POLICY, watchPage } from "popagent/report/html/watch_page.ts";
import { faultParts, watchParts } from "popagent/report/html/watch_parts.ts";
import { figureSvg } from "popagent/report/svg/figure_svg.ts";
import { watchedSession } from "popagent/cli/watched_session.ts";
import { inFolder } from "../cli/cli.ts";
import { madeSession, type MadeState, STATES } from "../live/made_session.ts";

const viewOf = (state: MadeState) =>
  inFolder(async (root) => {
    await madeSession(root, state);
    const session = await watchedSession(root, state);
    const view = session.look()!;
    session[Symbol.dispose]();
    return view;
  });

Deno.test("the page of every state says what it is, asks nothing of the web and cannot be acted on", async () => {
  const said: Readonly<Record<MadeState, RegExp>> = {
    empty: /Nothing has been learned[^]*The curve begins with the first bar/,
    learned: /The curve begins with the first bar[^]*Nothing is held/,
    trading: /○ *<\/span> LEFT[^]*No process trades it now/,
    reducing: /▲ *<\/span> REDUCING[^]*Only what makes positions smaller is sent: dailyLoss/,
    halted: /<title>■ HALTED halted<\/title>[^]*Only a person leads out of it/,
    ended: /○ *<\/span> ENDED[^]*It has ended: no bar was left/,
    bybit: /Bybit demo[^]*Positions, stops and targets stay at the exchange/,
  };
  for (const state of STATES) {
    const page = watchPage(await viewOf(state));
    assert.match(page, said[state], state);
    assert.equal(/simulated exchange/i.test(page), state !== "bybit", "simulated is said where it is");
    assert.doesNotMatch(page, /https?:\/\/(?!www\.w3\.org)/, "no address of the web");
    assert.doesNotMatch(page, /<(form|button|input|iframe|object)\b| on\w+=|javascript:/i, "nothing acts");
    assert.doesNotMatch(
      page.replace(/<style>[^]*?<\/style>/, ""),
      / style="/,
      "no style that the policy forbids",
    );
  }
});

Deno.test("the page's policy allows its own script and style by their bytes, and nothing inline beside them", async () => {
  const page = watchPage(await viewOf("trading"));
  const hashOf = (tag: string) => {
    const found = [...page.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, "g"))];
    assert.equal(found.length, 1, tag);
    return `'sha256-${Uint8Array.fromHex(sha256(found[0]![1]!)).toBase64()}'`;
  };
  assert.ok(WATCH_POLICY.includes(`script-src ${hashOf("script")};`));
  assert.ok(WATCH_POLICY.includes(`style-src ${hashOf("style")};`));
  assert.match(WATCH_POLICY, /^default-src 'none';.*connect-src 'self';.*frame-ancestors 'none'$/);
  assert.doesNotMatch(WATCH_POLICY, /unsafe|https?:|\*/);
});

Deno.test("names and reasons from a journal cannot become markup", async () => {
  const evil = `"><img src=x onerror=alert(1)>`, view = await viewOf("trading");
  const page = watchPage({
    ...view,
    session: evil,
    guard: "halted",
    guardRule: evil,
    source: evil,
    stopped: evil,
    positions: [{ ...view.positions[0]!, coin: evil }],
    orders: [{ ...view.orders[0]!, reason: evil }],
    alerts: [{ ...view.alerts[0]!, text: evil }],
    team: [{ ...view.team[0]!, agent: evil }],
  });
  assert.doesNotMatch(page, /<img/);
  assert.doesNotMatch(faultParts(evil).state!, /<img/);
});

Deno.test("a part changes only with what it shows", async () => {
  const view = await viewOf("trading"), before = watchParts(view);
  const after = watchParts({ ...view, money: { ...view.money, equity: 1 }, written: view.written + 1 });
  const changed = Object.keys(before).filter((name) =>
    before[name as keyof typeof before] !== after[name as keyof typeof after]
  );
  assert.deepEqual(changed, ["state", "money"]);
});

Deno.test("drawdownsOf() by hand; the curve is drawn of one close, of equal ones and of a fall", () => {
  assert.deepEqual(drawdownsOf([10, 8, 16, 4]), [0, 0.19999999999999996, 0, 0.75]);
  for (const equity of [[10_000], [10_000, 10_000, 10_000], [10_000, 9000, 1]]) {
    const times = equity.map((_, i) => 14_400_000 * i);
    const svg = figureSvg(sessionCurveFigure({ subtitle: "", times, equity, alerts: [] }, "phone"));
    assert.match(svg, /^<svg [^]*<\/svg>$/);
    assert.doesNotMatch(svg, /NaN/);
  }
});

Deno.test("prices and quantities: decimals by size, a true minus, thousands apart, no rounding noise", () => {
  assert.deepEqual([43_210.5, 2.5, 0.0831].map(priceText), ["43,210.50", "2.5000", "0.083100"]);
  assert.deepEqual([0.1 + 0.2, -11_712, 0.006].map(coinsText), ["0.3", "−11,712", "0.006"]);
});
