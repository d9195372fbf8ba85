import assert from "node:assert/strict";
import { compareBaselines } from "popagent/experiments/baselines.ts";
import { baselinesAnswer, baselinesFigure, baselinesTable } from "popagent/figures/baselines.ts";
import { lesionsFigure, lesionsTable } from "popagent/figures/lesions.ts";
import { holm } from "popagent/stats/multiple_testing.ts";
import { assertTidy, drawFigure } from "../fixtures/drawn_figure.ts";
import { lesions } from "../fixtures/genealogy_fixture.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";

const { result, series } = createRunFixture({ iterations: 12 });
const compared = compareBaselines(result, series);
for (const size of ["page", "column", "phone"] as const) {
  Deno.test(`baselines and lesions are tidy on a ${size}`, () => {
    assertTidy(baselinesFigure(result, compared, size));
    assertTidy(lesionsFigure(result, lesions, size));
    assertTidy(lesionsFigure(result, [], size));
    const [lesion] = lesions, [account] = lesion!.accounts;
    const endless = { ...account!, estimate: { ...account!.estimate!, lower: -Infinity, upper: Infinity } };
    const drawn = lesionsFigure(result, [{ ...lesion!, accounts: [account!, endless] }], size);
    assertTidy(drawn);
    assert.match(drawn.caption, /too few blocks to bound it/);
    assert.equal(drawFigure(drawn).mark("differences").length, 2);
    assert.doesNotMatch(drawFigure(drawn).svg, /NaN|Infinity/);
  });
}

Deno.test("compareBaselines() pairs all but populations, corrects over those that could be traded, and leaves oracles untested", () => {
  const kinds = compared.baselines.map(({ strategy: { kind } }) => kind);
  assert.ok(kinds.includes("learner") && kinds.includes("reference") && !kinds.includes("population"));
  const tested = compared.baselines.filter(({ holmP }) => holmP !== null);
  assert.deepEqual(
    tested.map(({ holmP }) => holmP),
    holm(tested.map(({ comparison }) => comparison.estimate!.p)),
  );
  assert.ok(compared.baselines.every(({ strategy: { kind }, holmP }) => kind !== "oracle" || holmP === null));
  const flat = compared.baselines.find(({ strategy: { name } }) => name === "flat")!;
  assert.deepEqual([flat.comparison.estimate, flat.holmP], [null, null]);
  assert.throws(() => compareBaselines(result, series, "nobody"), /must be one of champion/);
});

Deno.test("tables and the answer say what was compared, and with how many", () => {
  const { rows, caption } = baselinesTable(result, compared);
  assert.equal(rows.length, compared.baselines.length);
  assert.ok(rows.every(({ cells }) => cells.length === 6));
  assert.match(caption, /Holm.*SYNTHETIC/s);
  const won = {
    ...compared,
    baselines: compared.baselines.map((one) =>
      one.comparison.estimate === null || one.holmP === null ? one : {
        ...one,
        strategy: { ...one.strategy, label: "Single agent, learning" },
        holmP: 0,
        comparison: { ...one.comparison, estimate: { ...one.comparison.estimate, difference: 1 } },
      }
    ),
  };
  const said = baselinesAnswer(result, won).markdown; // C18: names with a comma read as two
  assert.match(said, /It beats .*Single agent \(learning\)/);
  assert.doesNotMatch(said, /Single agent,/);
  const { markdown } = baselinesAnswer(result, compared);
  assert.match(markdown, /^\*\*Does Population \(champion\) beat .*\*\* .* baselines, before any error/);
  assert.deepEqual(lesionsTable(result, lesions).rows.map(({ cells }) => cells.slice(-3)), [
    ["+0.40", "−0.60 to +1.40", "0.420"],
    ["0.00", "the same", "–"],
  ]);
});
