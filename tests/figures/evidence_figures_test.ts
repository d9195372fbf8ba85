import assert from "node:assert/strict";
import { summarise } from "popagent/experiments/evidence/summarise.ts";
import { ablationFigure } from "popagent/figures/ablation.ts";
import { costCurveFigure } from "popagent/figures/cost_curve.ts";
import { evidenceAnswer } from "popagent/figures/evidence_answer.ts";
import { claimsTable, levelsTable, partsTable } from "popagent/figures/evidence_tables.ts";
import { profilesFigure } from "popagent/figures/performance_profiles.ts";
import { powerFigure } from "popagent/figures/power_curve.ts";
import { recordOf } from "../experiments/evidence/record.ts";
import { assertTidy, drawFigure } from "../fixtures/drawn_figure.ts";

const record = recordOf({ transfer: .5, diversity: -.5 });
const summary = summarise(record, { draws: 99 });

for (const size of ["page", "column", "phone"] as const) {
  Deno.test(`the figures of a grid are tidy on a ${size}, and say which grid and how many trials`, () => {
    const figures = [
      ablationFigure(summary, size),
      profilesFigure(summary, size),
      powerFigure(record, size),
      costCurveFigure(record, "champion", size),
    ];
    for (const figure of figures) {
      assertTidy(figure);
      assert.match(
        figure.subtitle,
        /SYNTHETIC DATA · grid two ababababab · 40 markets, 160 cells · 80 trials/,
      );
    }
  });
}

Deno.test("an effect of many markets on one of few stays in the plot, its interval cut with an arrow", () => {
  const [first, ...rest] = summary.claims;
  const wide = { ...summary, claims: [{ ...first!, lower: -400, upper: 600 }, ...rest] };
  assertTidy(ablationFigure(wide, "column"));
  assert.match(ablationFigure(wide, "column").caption, /arrow go on beyond the plot/);
  assert.doesNotMatch(ablationFigure(summary).caption, /arrow/);
  assert.ok(drawFigure(ablationFigure(summary)).texts.some(({ text }) => text === "no effect"));
});

Deno.test("tables and the answer in words say effect, verdict and where", () => {
  const [transfer] = claimsTable(summary).rows;
  assert.deepEqual([transfer!.cells[1], transfer!.cells[8], transfer!.strong], ["transfer", "win", true]);
  assert.equal(levelsTable(summary).rows.length, 2 * (4 + 4)); // outcome and champion of four arms on two markets
  const fold = partsTable(record, "fold");
  assert.deepEqual([fold.columns.length, fold.rows[0]!.cells.slice(3)], [5, ["0.50", "–"]]);
  const coin = partsTable(record, "coin"); // C18: no numbers without a unit beside Sharpe ratios
  assert.match(coin.title, /Net profit over starting equity, by coin/);
  assert.ok(coin.rows.every(({ cells }) => cells.slice(3).every((cell) => /%$|^–$/.test(cell))));
  const { markdown } = evidenceAnswer(summary);
  assert.match(
    markdown,
    /transfer on weak: win; .*diversity on weak: lose; .*interaction on weak: no effect/s,
  );
  assert.match(markdown, /\n- transfer on weak: \+0\.\d\d \(95% interval .*\): a win\.\n/);
});
