import assert from "node:assert/strict";
import { summarise } from "popagent/experiments/evidence/summarise.ts";
import { ablationFigure } from "popagent/figures/ablation.ts";
import { costCurveFigure } from "popagent/figures/cost_curve.ts";
import { evidenceAnswer } from "popagent/figures/evidence_answer.ts";
import { claimsTable, levelsTable, partsTable } from "popagent/figures/evidence_tables.ts";
import { profilesFigure } from "popagent/figures/performance_profiles.ts";
import { powerFigure } from "popagent/figures/power_curve.ts";
import { levelUnits, unitsText } from "popagent/experiments/evidence/grid_units.ts";
import { claimUnits, evidenceSubtitle } from "popagent/figures/evidence_head.ts";
import { guardsTable } from "popagent/figures/evidence_tables.ts";
import { piecesText } from "popagent/report/text/pieces_text.ts";
import { summaryText } from "popagent/report/text/evidence_text.ts";
import { robustAnswer, robustTables } from "popagent/figures/robust_tables.ts";
import { oneMarketRecord, recordOf, robustOf } from "../experiments/evidence/record.ts";
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
  // as a notebook may write it, which no type checker reads first
  assert.throws(() => partsTable(record, "trnd" as "trend"), {
    name: "RangeError",
    message:
      /kind of part must be one of fold, quarter, trend, volatility, coin: current value is "?trnd"?\. Did you mean trend\?/,
  });
  const { markdown } = evidenceAnswer(summary);
  assert.match(
    markdown,
    /transfer on weak: win; .*diversity on weak: lose; .*interaction on weak: no effect/s,
  );
  assert.match(markdown, /\n- transfer on weak: \+0\.\d\d \(95% interval .*\): a win\.\n/);
});

Deno.test("on one market every caption, axis and hint speaks of its seeds or weeks, and of no other market", () => {
  const one = oneMarketRecord({ markets: 6 }), judged = summarise(one, { draws: 99 });
  const figures = [
    ablationFigure(judged),
    profilesFigure(judged),
    powerFigure(one),
    costCurveFigure(one, "champion"),
  ];
  const tables = [claimsTable(judged), levelsTable(judged), partsTable(one, "fold"), guardsTable(judged)];
  const said = [
    ...figures.flatMap((figure) => [figure.caption, ...drawFigure(figure).texts.map(({ text }) => text)]),
    ...tables.flatMap(({ caption, columns }) => [caption, ...columns.map(({ hint }) => hint)]),
    piecesText(one),
    summaryText(judged),
  ].join("\n");
  assert.doesNotMatch(said, /(over|by|of|with \d+) markets?\b(?! alone)/);
  assert.match(levelsTable(judged).caption, /over the seeds of one market\./);
  assert.match(ablationFigure(judged).caption, /paired by week of one market, seeds averaged\./);
  assert.match(powerFigure(one).caption, /with 6 seeds of one market,/);
});

Deno.test("where some names are several markets and some are one, captions say which are which", () => {
  const several = recordOf({ markets: 6 }).cells.filter(({ market }) => market === "weak");
  const one = oneMarketRecord({ markets: 6 }).cells.filter(({ market }) => market === "strong");
  const units = levelUnits({ cells: [...one, ...several] });
  assert.equal(unitsText(units), "markets (strong: the seeds of one market)");
  assert.equal(unitsText([], "of"), "markets");
  const claims = summarise(oneMarketRecord({ markets: 6 }), { draws: 99 }).claims;
  const mixed = claims.map((claim, i) =>
    i === 0 ? { ...claim, values: { ...claim.values, over: "seeds" as const } } : claim
  );
  assert.equal(
    unitsText(claimUnits(mixed), "of"),
    "seeds (strong, diversity on weak, interaction on weak: weeks)",
  );
});

Deno.test("one market is not 1 markets", () => {
  const one = { ...oneMarketRecord({ markets: 6 }), cells: recordOf({ markets: 1 }).cells.slice(0, 4) };
  assert.match(evidenceSubtitle(one), / · 1 market, 4 cells · /);
  const alone = oneMarketRecord({ markets: 6 }), weak = alone.cells.filter(({ market }) => market === "weak");
  const { registration } = alone, markets = { weak: registration.markets.weak! };
  const judged = summarise({ ...alone, registration: { ...registration, markets }, cells: weak }, {
    draws: 99,
  });
  assert.equal(judged.guards.find(({ name }) => /same bars/.test(name))!.found, "1 market");
});

Deno.test("robustness says whether a sign changes, what flipped histories show, and that nothing was run where nothing was", () => {
  const own = recordOf({ markets: 4 });
  assert.match(robustAnswer(own, null).markdown, /\*\*Robustness of two: not run\.\*\*/);
  assert.deepEqual(robustTables(own, null), []);
  const turned = robustOf({ oneBarLate: -1, flip1: 2, flip2: 0 });
  const other = {
    ...turned,
    grid: "other",
    cells: turned.cells.map((cell) => ({ ...cell, result: "another" })),
  };
  for (const tell of [robustAnswer, robustTables]) {
    assert.throws(() => tell(own, other), /must be of its cells: .* of other are not/);
  }
  assert.match(
    robustAnswer(own, turned).markdown,
    /\*\*SIGN CHANGES\*\* of full less neither under orders one bar late \(weak\).* 1 of 2 sign-flipped histories show as much as \+1\.00, p = 0\.67\./,
  );
  const [table] = robustTables(own, turned);
  assert.deepEqual(table!.rows.map(({ cells }) => cells), [
    ["weak", "as run", "+1.00", "0.00", "4", "stays"],
    ["weak", "orders one bar late", "−1.00", "0.00", "4", "changes"],
  ]);
  const kept = robustAnswer(own, robustOf({ oneBarLate: .5 })).markdown;
  assert.match(
    kept,
    /keeps its sign under all 2 terms that were tried\. Traded again: 4 of 4 pairs on weak, none of 4 pairs on strong\. No history was flipped\./,
  );
});

Deno.test("the answer in words says what was found, and that it is provisional and why", () => {
  const { markdown } = evidenceAnswer(summarise({ ...record, provisional: true }, { draws: 99 }));
  assert.match(
    markdown,
    /transfer on weak: win; .*\. \*\*Provisional\*\*: its file says that code or settings are not final/,
  );
  assert.doesNotMatch(evidenceAnswer(summary).markdown, /Provisional/i);
});
