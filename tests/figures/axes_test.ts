/** Every axis can be read: at least two labels, no two alike, however short the run and however flat the account. */
import assert from "node:assert/strict";
import type { Figure } from "popagent/figures/figure.ts";
import { stepDigits, ticksFromZero } from "popagent/figures/ticks.ts";
import {
  accountFigures,
  backtest,
  backtestFigures,
  comparison,
  drawdownFigure,
  equityFigure,
  figureSvg,
  loadMarket,
  seriesFigure,
} from "popagent/mod.ts";

const market = await loadMarket({ synthetic: { rows: 1000, seed: 5 }, coins: ["BTC"] });
const GROUP = /<g [^>]*aria-label="([a-z])-axis tick label"[^>]*>(.*?)<\/g>/gs;

/** The labels of each axis of a figure; an upper panel over time has its labels below the lowest. */
function axes(figure: Figure): { readonly axis: string; readonly labels: readonly string[] }[] {
  return [...figureSvg(figure).matchAll(GROUP)].map(([, axis, group]) => ({
    axis: axis!,
    labels: [...group!.matchAll(/<text[^>]*>(.*?)<\/text>/gs)].map(([, text]) =>
      text!.replace(/<[^>]+>/g, "")
    ),
  })).filter(({ labels }) => labels.some((label) => label !== ""));
}

function assertReadable(figure: Figure, what: string) {
  const found = axes(figure);
  for (const { axis, labels } of found) {
    const said = `${what}: ${axis} axis of ${figure.name} has ${labels.join(" | ")}`;
    assert.ok(labels.length >= 2, said);
    if (axis === "y") assert.equal(new Set(labels).size, labels.length, said);
  }
  assert.ok(found.length > 0 || figure.name === "costs", what);
}

Deno.test("hours of a few days are written 00:00 to 23:59, the first with its day, midnight as the day alone", () => {
  const labels = (bars: number) => {
    const openTime = Float64Array.from(
      { length: bars },
      (_, i) => Date.UTC(2024, 2, 4, 8) + i * 4 * 3_600_000,
    );
    const values = Float64Array.from(openTime, (_, i) => i);
    const figure = seriesFigure([{ label: "one", values }], openTime, {
      title: "t",
      subtitle: "s",
      caption: "c",
    });
    return axes(figure).find(({ axis }) => axis === "x")!.labels;
  };
  assert.deepEqual(labels(12), ["12:00Mar 4", "Mar 5", "12:00", "Mar 6"]);
  assert.ok(labels(400).every((label) => !/\d:\d/.test(label)), labels(400).join());
});

Deno.test("every axis of an account's figures has two labels or more that differ, at any length and width", () => {
  const targets = (value: number) => new Float64Array(market.rows).fill(value);
  const requests = {
    "flat, 7 rows": { targets: targets(0), to: 7 },
    "flat": { targets: targets(0) },
    "held, 30 rows": { targets: targets(1), to: 30 },
    "a thousandth held": { targets: targets(1), size: 0.0015 },
    "lost": { targets: targets(-1), leverage: 90 },
  };
  for (const [what, request] of Object.entries(requests)) {
    const mine = backtest({ market, ...request });
    const { result, series } = comparison({ mine, again: mine });
    for (const figure of backtestFigures({ mine })) assertReadable(figure, what);
    for (const width of ["page", "column", "phone"] as const) {
      assertReadable(equityFigure(result, series, width), `${what}, ${width}`);
      assertReadable(drawdownFigure(result, series, width), `${what}, ${width}`);
      for (const figure of accountFigures({ result, series }, width)) {
        if (figure.name !== "monthly_returns") assertReadable(figure, `${what}, ${width}`); // months and years are names
      }
    }
  }
});

Deno.test("series that never move, or by a billionth, have axes of two labels that differ", () => {
  const head = { title: "t", subtitle: "s", caption: "c" };
  for (const values of [[0, 0, 0], [NaN, NaN, NaN], [1, 1, 1], [-1e9, -1e9, -1e9], [1e-9, 2e-9, 1e-9], [5]]) {
    const openTime = market.panel.openTime.slice(0, values.length);
    const figure = seriesFigure([{ label: "x", values: Float64Array.from(values) }], openTime, head);
    assertReadable(figure, String(values));
  }
});

// By hand: .025 is 2.5 %, which no whole per cent says; 0 to .39 in at most four steps is .1 each.
Deno.test("a step is written with the digits that it needs", () => {
  assert.deepEqual([0.25, 2.5, 5, 0.1, 1e-3, 30].map(stepDigits), [2, 1, 0, 1, 3, 0]);
  assert.deepEqual(ticksFromZero(0.39, 4), { step: 0.1, ticks: [0, 0.1, 0.2, 0.1 * 3] });
});
