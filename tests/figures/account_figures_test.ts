import assert from "node:assert/strict";
import { BAR_MS } from "popagent/core/universe.ts";
import { createBook } from "popagent/simulation/bar_book.ts";
import { accountFigures } from "popagent/figures/account_figures.ts";
import { type AccountLine, returnsOf } from "popagent/figures/account_line.ts";
import { coinProfitFigure } from "popagent/figures/coin_profit.ts";
import { exposureFigure } from "popagent/figures/exposure.ts";
import type { Figure } from "popagent/figures/figure.ts";
import type { CellsHover, LinesHover } from "popagent/figures/hover.ts";
import { monthlyReturnsFigure } from "popagent/figures/monthly_returns.ts";
import { rollingSharpeFigure } from "popagent/figures/rolling_sharpe.ts";
import { WIDTHS } from "popagent/figures/theme.ts";
import { underwaterFigure } from "popagent/figures/underwater.ts";
import { assertTidy, drawFigure } from "../fixtures/drawn_figure.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";

const HEAD = { subtitle: "SYNTHETIC data" };
const JANUARY_30 = Date.UTC(2024, 0, 30);
const times = (n: number, from = JANUARY_30) => Float64Array.from({ length: n }, (_, i) => from + i * BAR_MS);
const account = (equity: readonly number[], label = "Mine"): AccountLine => ({
  label,
  openTime: times(equity.length),
  equity: Float64Array.from(equity),
  start: 100,
});
const run = createRunFixture({ iterations: 40 });
const lines = (figure: Figure, panel = 0) => figure.panels[panel]!.hover as LinesHover;
const texts = (figure: Figure, panel = 0, line = 0) => lines(figure, panel).lines[line]!.texts;

Deno.test("underwaterFigure() reads the drawdowns of a hand-made account and says the deepest and the longest", () => {
  const figure = underwaterFigure([account([110, 99, 121, 60.5])], HEAD); // 1 - 99/110 = 10 %, 1 - 60.5/121 = 50 %
  assert.deepEqual(texts(figure), ["0.0%", "10.0%", "0.0%", "50.0%"]);
  assert.equal(lines(figure).heads[0], "2024-01-30 04:00 UTC"); // the close of the first bar
  assert.match(figure.caption, /at most 50\.0%, on 2024-01-30; below an earlier high on 50% of bars/);
  assert.match(underwaterFigure([account([100, 101])], HEAD).caption, /never lost from a high/);
  assert.throws(() => underwaterFigure([], HEAD), /at least one account/);
});

Deno.test("rollingSharpeFigure() reads the ratio of each full window and nothing before it", () => {
  // Returns 1 %, 3 %, 1 %, 3 %: mean .02, sd .0141421 in every window of two; times sqrt(2190) = 66.18.
  const equity = [1.01, 1.01 * 1.03, 1.01 ** 2 * 1.03, 1.01 ** 2 * 1.03 ** 2].map((value) => 100 * value);
  const figure = rollingSharpeFigure([account(equity)], 2, HEAD);
  assert.deepEqual(texts(figure), ["66.18", "66.18", "66.18"]);
  assert.equal(lines(figure).x[0], JANUARY_30 + 2 * BAR_MS);
  assert.equal(drawFigure(figure).mark("interval").length, 1);
  for (const window of [1, 5, 2.5]) {
    assert.throws(
      () => rollingSharpeFigure([account(equity)], window, HEAD),
      /window must be an integer from 2 to the 4 bars/,
    );
  }
});

Deno.test("monthlyReturnsFigure() compounds by month and year, in italics what is not whole", () => {
  // Twelve bars of 30 and 31 January, then February: +10 % on the first bar, -50 % on the first of February.
  const equity = Array.from({ length: 14 }, (_, i) => (i < 12 ? 110 : 55));
  const figure = monthlyReturnsFigure(account(equity), HEAD);
  const { cells } = figure.panels[0]!.hover as CellsHover;
  assert.deepEqual(
    cells.map(({ head, texts }) => [head, ...texts]),
    [["Jan 2024", "+10.00%", "not whole"], ["Feb 2024", "−50.00%", "not whole"], [
      "2024",
      "−45.00%",
      "not whole",
    ]],
  );
  assert.deepEqual(drawFigure(figure).mark("partial months").map((text) => text.textContent), [
    "+10.0",
    "−50.0",
  ]);
  const whole = monthlyReturnsFigure({
    ...account(Array(174).fill(100)),
    openTime: times(174, Date.UTC(2024, 1, 1)),
  }, HEAD);
  assert.equal(drawFigure(whole).mark("whole months").length, 1); // the 29 days of February 2024
});

Deno.test("exposureFigure() reads exposure and the share of a window that was in the market", () => {
  const line = { label: "Mine", openTime: times(5), gross: Float64Array.of(0, 1, 0.5, 0, 0) };
  const figure = exposureFigure(line, 2, HEAD);
  assert.deepEqual(texts(figure), ["0.00×", "1.00×", "0.50×", "0.00×", "0.00×"]);
  assert.deepEqual(texts(figure, 1), ["0%", "50%", "100%", "50%", "0%"]);
  assert.match(figure.panels[0]!.title, /mean 0\.30×/);
  assert.match(figure.panels[1]!.title, /40% of all bars/);
  assert.throws(
    () => exposureFigure({ ...line, gross: Float64Array.of(0, 1, -1, 0, 0) }, 2, HEAD),
    /row 2 is not/,
  );
});

Deno.test("coinProfitFigure() sums each coin's profit over the start; coins add up", () => {
  const figure = coinProfitFigure({
    label: "Mine",
    openTime: times(3),
    start: 1000,
    coins: [{ coin: "BTC", profit: Float64Array.of(10, -20, 30) }, {
      coin: "ETH",
      profit: Float64Array.of(0, 5, 5),
    }],
  }, HEAD);
  assert.deepEqual(texts(figure), ["+1.0%", "−1.0%", "+2.0%"]);
  assert.match(figure.caption, /\+3\.0% in all/);
  assert.deepEqual(drawFigure(figure).mark("end label").length, 2);
});

Deno.test("returnsOf() earns nothing from nothing and names an account that cannot be drawn", () => {
  assert.deepEqual([...returnsOf(account([110, 0, 0]))].map((value) => Number(value.toFixed(12))), [
    0.1,
    -1,
    0,
  ]);
  assert.throws(() => returnsOf(account([])), /account "Mine" as it must have one equity/);
  assert.throws(() => returnsOf(account([1, NaN])), /row 1 is not/);
  assert.throws(() => returnsOf({ ...account([1]), start: 0 }), /start must be above 0: current value is 0/);
});

Deno.test("accountFigures() draws exposure and profit by coin where the run stored them, from the account's own start", () => {
  const names = (record: Parameters<typeof accountFigures>[0]) =>
    accountFigures(record).map(({ name }) => name);
  const usual = ["underwater", "rolling_sharpe", "monthly_returns"];
  const bare = { ...run, series: { ...run.series, accounts: {} } };
  assert.deepEqual(names(bare), usual);
  const rows = run.series.openTime.length;
  const account = {
    book: { ...createBook(rows), grossExposure: new Float64Array(rows).fill(0.5) },
    coinProfit: { BTC: new Float64Array(rows).fill(1) },
  };
  const record = { ...run, series: { ...run.series, accounts: { champion: account } } };
  assert.deepEqual(names(record), [...usual, "exposure", "coin_profit"]);
  const last = accountFigures(record).at(-1)!;
  assert.equal(texts(last).at(-1), `+${(100 * rows / 10_000).toFixed(1)}%`);
  const mean = {
    ...record,
    series: { ...record.series, accounts: { champion: { ...account, coinProfit: null } } },
  };
  assert.deepEqual(names(mean), [...usual, "exposure"]);
});

const attack = `<script>alert("1")</script>&amp;'`;
const long = "a name that goes on and on ".repeat(6);

/** The figures of odd accounts, at both widths. */
function oddFigures(label: string, equity: readonly number[]): Figure[] {
  return (Object.keys(WIDTHS) as (keyof typeof WIDTHS)[]).flatMap((width) => {
    const head = { ...HEAD, width }, one = account(equity, label), n = equity.length;
    return [
      underwaterFigure([one, account(equity, "Other")], head),
      rollingSharpeFigure([one, account(equity, "Other")], 2, head),
      monthlyReturnsFigure(one, head),
      exposureFigure({ label, openTime: one.openTime, gross: new Float64Array(n) }, 180, head),
      coinProfitFigure({
        label,
        openTime: one.openTime,
        start: 1,
        coins: [{ coin: label, profit: new Float64Array(n) }],
      }, head),
    ];
  });
}

for (
  const [name, figures] of Object.entries({
    "a run, wide": accountFigures(run),
    "a run, narrow": accountFigures(run, "column"),
    "an account that never moved": oddFigures("Flat", [100, 100, 100]),
    "an account that died": oddFigures("Dead", [100, 0, 0, 0]),
    "two bars": oddFigures("Two", [90, 95]),
    "a hostile label": oddFigures(attack, [110, 90, 100]),
    "a long label": oddFigures(long, [110, 90, 100]),
    "a label without a space": oddFigures("W".repeat(200), [110, 90, 100]),
  })
) {
  Deno.test(`figures of accounts draw ${name} without a text cut, a number missing or markup let in`, () => {
    for (const figure of figures) {
      const { svg } = drawFigure(figure);
      assertTidy(figure);
      assert.ok(!/NaN|Infinity|undefined/.test(svg), figure.name);
      assert.ok(!svg.includes("<script"), figure.name);
      assert.equal(svg, drawFigure(figure).svg, figure.name);
    }
  });
}
