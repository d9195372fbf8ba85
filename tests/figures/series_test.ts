import assert from "node:assert/strict";
import { BAR_MS } from "popagent/core/universe.ts";
import { decimal, significant } from "popagent/figures/format.ts";
import type { LinesHover } from "popagent/figures/hover.ts";
import { oracleText } from "popagent/figures/oracle_text.ts";
import { seriesFigure } from "popagent/figures/series.ts";
import { assertTidy, drawFigure, pathPoints } from "../fixtures/drawn_figure.ts";

const openTime = Float64Array.from({ length: 40 }, (_, t) => Date.UTC(2024, 0, 1) + t * BAR_MS);
const ramp = openTime.map((_, t) => t < 10 ? NaN : t);
const flat = new Float64Array(40).fill(2);
const HEAD = { title: "Two series", subtitle: "SYNTHETIC data", caption: "A ramp and a flat line." };

Deno.test("seriesFigure() draws a small plot a series, on one scale or each on its own, and leaves NaN out", () => {
  const series = [{ label: "ramp", values: ramp, note: "rises" }, { label: "flat", values: flat }];
  const shared = seriesFigure(series, openTime, HEAD),
    own = seriesFigure(series, openTime, { ...HEAD, ownScales: true });
  for (const figure of [shared, own, seriesFigure(series, openTime, { ...HEAD, width: "column" })]) {
    assertTidy(figure);
    assert.equal(figure.panels.length, 2);
    assert.equal(drawFigure(figure).mark("series ramp").length, 1);
  }
  assert.deepEqual(shared.panels.map(({ x, y }) => [x, y]), [[0, 0], [458, 0]]);
  assert.deepEqual(shared.panels[0]!.plot.y!.domain, shared.panels[1]!.plot.y!.domain);
  assert.notDeepEqual(own.panels[0]!.plot.y!.domain, own.panels[1]!.plot.y!.domain);
  const points = pathPoints(drawFigure(shared).mark("series ramp")[0]!);
  assert.equal(points.length, 30, "the first ten have no value");
  assert.ok(points.every(([, y], i) => i === 0 || y < points[i - 1]![1]), "it rises");
});

Deno.test("seriesFigure() reads values of each bar, and refuses what does not fit the bars", () => {
  const figure = seriesFigure([{ label: "ramp", values: ramp }], openTime, HEAD);
  const { heads, lines } = figure.panels[0]!.hover as LinesHover;
  assert.equal(heads[0], "2024-01-01 04:00 UTC");
  assert.deepEqual([lines[0]!.texts[3], lines[0]!.texts[12]], ["–", "12.00"]);
  assert.throws(() => seriesFigure([], openTime, HEAD), /at least one and a bar: there are 0 and 40/);
  assert.throws(() => seriesFigure([{ label: "x", values: flat.slice(1) }], openTime, HEAD), /"x" has 39/);
});

Deno.test("significant() keeps the digits that matter, whatever the size", () => {
  assert.deepEqual(
    [0.00012345678, 60448.64, -0.5, 1234567.8, 0, NaN].map((value) => significant(value)),
    ["0.000123457", "60,448.6", "−0.500000", "1,234,568", "0", "–"],
  );
  assert.equal(significant(127220, 5), decimal(127220, 0));
});

Deno.test("captions speak of oracles only where there are some", () => {
  const of = (kind: string) => ({ strategies: [{ kind }] }) as unknown as Parameters<typeof oracleText>[0];
  assert.equal(oracleText(of("reference"), "Dashed"), "");
  assert.equal(oracleText(of("oracle"), "Dashed"), " Dashed: oracles, which know what nobody could know.");
});
