/** What is no figure is told what it is, and what to call instead. */
import assert from "node:assert/strict";
import {
  backtest,
  backtestFigures,
  figureFile,
  figureSvg,
  interactive,
  loadMarket,
  marketFigure,
  marketTable,
} from "popagent/mod.ts";

const market = await loadMarket({ synthetic: { rows: 1000, seed: 5 }, coins: ["BTC"] });
const figure = marketFigure(market);

Deno.test("figureSvg(), figureFile() and interactive() say what they were given where it is no figure", async () => {
  const test = backtest({ market, targets: new Float64Array(1000).fill(1) });
  const wrong: readonly (readonly [unknown, RegExp])[] = [
    [
      marketTable(market),
      /it is a table, which show\(\.\.\.\) shows and csvTable, latexTable and markdownTable/,
    ],
    [backtestFigures({ test }), /it is a list; give one of its figures/],
    [test, /it is a back-test; backtestFigures/],
    [{ result: {}, series: {}, events: [] }, /it is a run; runFigures\(run\)/],
    [interactive(backtestFigures({ test })[0]!), /interactive figure already/],
    [Promise.resolve(figure), /it is a promise; write await before it/],
    [market, /it is an object of panel, coins, rows/],
    [undefined, /it is undefined/],
    ["equity", /it is equity/],
    [{ ...figure, panels: undefined }, /it must be a figure/],
  ];
  for (const [given, says] of wrong) {
    const refusal = { name: "RangeError", message: says };
    assert.throws(() => figureSvg(given as typeof figure), refusal);
    assert.throws(() => interactive(given as typeof figure), refusal);
    await assert.rejects(figureFile(given as typeof figure, "svg"), refusal);
  }
});

Deno.test("a theme that there is not is told", async () => {
  assert.throws(
    () => figureSvg(figure, { theme: "night" as "dark" }),
    /must be one of light, dark, grey, auto/,
  );
  await assert.rejects(
    figureFile(figure, "svg", "auto" as "dark"),
    /one of light, dark, grey: current value is auto/,
  );
  assert.match(figureSvg(figure, { theme: "dark" }), /#14171a/); // the rest is as without options: its ground
});
