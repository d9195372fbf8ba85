import assert from "node:assert/strict";
import { rng } from "popagent/core/rng.ts";
import { researcherForecasts } from "popagent/experiments/readings/researcher_forecasts.ts";
import { pitFigure } from "popagent/figures/pit.ts";
import { reliabilityFigure } from "popagent/figures/reliability.ts";
import { assertTidy, drawFigure } from "../fixtures/drawn_figure.ts";

const random = rng("forecast figures", 1);
const uniform = Float64Array.from({ length: 400 }, () => random.uniform());
const narrow = uniform.map((value) => value < 0.5 ? value / 3 : 1 - (1 - value) / 3); // outcomes in the tails
const outcomes = uniform.map(() => random.uniform() < 0.5 ? 1 : 0);
const names = ["arimax", "statistical", "a name that goes on and on for very long", "W", "kalman"];

for (const width of ["page", "column", "phone"] as const) {
  Deno.test(`transforms and reliability are tidy on a ${width}`, () => {
    const head = { subtitle: "SYNTHETIC DATA", width };
    assertTidy(pitFigure(names.map((label, i) => ({ label, values: i === 1 ? narrow : uniform })), head));
    assertTidy(
      reliabilityFigure(names.map((label) => ({ label, probabilities: uniform, outcomes })), head),
    );
  });
}

Deno.test("pitFigure() counts by hand: values of .05 and .15 fill two tenths five times over, and 0 and 1 are in", () => {
  const values = Float64Array.of(0, 0.05, 0.05, 0.15, 1);
  const drawn = drawFigure(pitFigure([{ label: "x", values }], { subtitle: "s" }));
  const heights = drawn.mark("pit x").map((bar) => Math.round(Number(bar.getAttribute("height"))));
  assert.equal(heights.length, 10);
  assert.ok(heights[0]! > 2.9 * heights[1]! && heights[0]! < 3.1 * heights[1]!); // 3 of 5 and 1 of 5
  assert.equal(heights[1], heights[9]);
  assert.equal(heights[4], 0);
  assert.throws(
    () => pitFigure([{ label: "x", values: Float64Array.of(1.1) }], { subtitle: "s" }),
    /in \[0, 1\]/,
  );
  assert.throws(() => pitFigure([], { subtitle: "s" }), /a forecaster/);
});

Deno.test("researcherForecasts() takes the reported rows of each place, and transforms by its own mean and sd", () => {
  const table = {
    place: Float64Array.of(0, 0, 1, 0),
    row: Float64Array.of(8, 9, 9, 12), // the first was decided before the close that comes before the reported rows
    mean: Float64Array.of(0, 0.01, 0, 0),
    sd: Float64Array.of(1, 0.02, 1, 0.1),
    rise: Float64Array.of(0.1, 0.6, 0.5, 0.4),
    outcome: Float64Array.of(5, 0.01, -1, 0.1),
  };
  const quality = [{ place: 0, variant: "arimax" }, { place: 1, variant: "kalman" }];
  const [first, second] = researcherForecasts({
    result: { researcherQuality: quality, reported: { from: 10 } },
    tables: { forecasts: table },
  });
  assert.deepEqual([...first!.probabilities], [0.6, 0.4]);
  assert.deepEqual([...first!.outcomes], [1, 1]);
  assert.ok(Math.abs(first!.values[0]! - 0.5) < 1e-12 && Math.abs(first!.values[1]! - 0.8413447) < 1e-6);
  assert.equal(second!.values.length, 1);
  assert.throws(
    () => researcherForecasts({ result: { researcherQuality: [], reported: { from: 0 } }, tables: {} }),
    /must have some/,
  );
});
