import assert from "node:assert/strict";
import { ROLES } from "popagent/genome/role.ts";
import { championsFigure } from "popagent/figures/champions.ts";
import { costsFigure } from "popagent/figures/costs.ts";
import { creditHeatmapFigure } from "popagent/figures/credit_heatmap.ts";
import { diversityFigure } from "popagent/figures/diversity.ts";
import { drawdownFigure } from "popagent/figures/drawdown.ts";
import { equityFigure } from "popagent/figures/equity.ts";
import { learningCurvesFigure } from "popagent/figures/learning_curves.ts";
import { runFigures, type RunRecord } from "popagent/figures/run_figures.ts";
import { sharpeIntervalsFigure } from "popagent/figures/sharpe_intervals.ts";
import { assertTidy, drawFigure, pathPoints } from "../fixtures/drawn_figure.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";

const run = createRunFixture();
const NAMES = [
  "equity",
  "sharpe_intervals",
  "costs",
  "drawdown",
  "learning_curves",
  "champions",
  "genealogy",
  "credit_heatmap",
  "diversity",
];

/** The run with every strategy changed. */
function withStrategies(
  record: RunRecord,
  change: (strategy: RunRecord["result"]["strategies"][number]) => object,
): RunRecord {
  const strategies = record.result.strategies.map((strategy) => ({ ...strategy, ...change(strategy) }));
  return { ...record, result: { ...record.result, strategies } };
}

/** As many iterations as what is odd below needs. */
const few = createRunFixture({ iterations: 20 });
const odd: Record<string, RunRecord> = {
  "a full run": run,
  "one iteration": createRunFixture({ iterations: 1 }),
  "two iterations": createRunFixture({ iterations: 2 }),
  "nine agents a role, several of one variant": createRunFixture({ agents: 9, iterations: 30 }),
  "600 iterations": createRunFixture({ iterations: 600 }),
  "long labels": withStrategies(
    few,
    (strategy) => ({ label: `${strategy.label} ${"with a name that goes on and on ".repeat(6)}` }),
  ),
  "labels without a space": withStrategies(few, () => ({ label: "W".repeat(300) })),
  "no account that moved": {
    ...withStrategies(few, (strategy) => ({
      metrics: {
        ...strategy.metrics,
        totalReturn: 0,
        grossReturn: 0,
        fees: 0,
        slippage: 0,
        funding: 0,
        sharpe: 0,
        sharpeError: 0,
      },
    })),
    series: {
      ...few.series,
      equity: Object.fromEntries(
        Object.entries(few.series.equity).map(([name, equity]) => [name, equity.map(() => 10_000)]),
      ),
    },
  },
  "accounts that died": {
    ...withStrategies(few, (strategy) => ({ metrics: { ...strategy.metrics, totalReturn: -1, sharpe: -3 } })),
    series: {
      ...few.series,
      equity: Object.fromEntries(
        Object.entries(few.series.equity).map((
          [name, equity],
        ) => [name, equity.map((value, i) => (i > 500 ? 0 : value))]),
      ),
    },
  },
  "one row": {
    ...few,
    series: {
      ...few.series,
      openTime: few.series.openTime.slice(0, 1),
      equity: Object.fromEntries(
        Object.entries(few.series.equity).map(([name, equity]) => [name, equity.slice(0, 1)]),
      ),
    },
  },
  "oracles alone": withStrategies(few, () => ({ kind: "oracle" })),
  "returns beyond any sense": withStrategies(few, (strategy) => ({
    metrics: {
      ...strategy.metrics,
      totalReturn: 12_345,
      grossReturn: 45_678,
      fees: 333,
      sharpe: 1e4,
      sharpeError: 500,
    },
  })),
  "no credit anywhere": {
    ...few,
    events: few.events.map((event) => ({
      ...event,
      agents: Object.fromEntries(
        ROLES.map((role) => [role, event.agents[role].map((agent) => ({ ...agent, credit: 0, score: 0 }))]),
      ) as unknown as typeof event.agents,
    })),
  },
};

for (const [name, record] of Object.entries(odd)) {
  Deno.test(`findings I.7: runFigures() draws ${name} without a text cut or overlapping, on a page and on a phone`, () => {
    runFigures(record, "phone").forEach(assertTidy);
    const figures = runFigures(record);
    assert.deepEqual(figures.map((figure) => figure.name), NAMES);
    for (const figure of figures) {
      assert.ok(!/NaN|Infinity|undefined/.test(assertTidy(figure).svg), figure.name);
    }
  });
}

Deno.test("runFigures() draws the same bytes twice", () => {
  const bytes = () =>
    runFigures(createRunFixture({ iterations: 12 })).map((figure) => drawFigure(figure).svg);
  assert.deepEqual(bytes(), bytes());
});

Deno.test("runFigures() says SYNTHETIC in every subtitle of a synthetic run, and only there", () => {
  for (const figure of runFigures(run)) assert.match(figure.subtitle, /SYNTHETIC/);
  for (const figure of runFigures(createRunFixture({ synthetic: false }))) {
    assert.doesNotMatch(figure.subtitle, /SYNTHETIC/);
  }
});

Deno.test("runFigures() escapes what names and labels hold", () => {
  const attack = `<script>alert("1")</script>&amp;'`;
  const events = run.events.map((event) => ({
    ...event,
    agents: Object.fromEntries(
      ROLES.map((role) => [role, event.agents[role].map((agent) => ({ ...agent, variant: attack }))]),
    ) as unknown as typeof event.agents,
  }));
  const named = withStrategies(run, (strategy) => ({ label: attack, name: `${attack}${strategy.name}` }));
  const equity = Object.fromEntries(
    Object.entries(run.series.equity).map(([name, line]) => [`${attack}${name}`, line]),
  );
  for (const figure of runFigures({ ...named, series: { ...run.series, equity }, events })) {
    const { svg, texts } = drawFigure(figure);
    assert.ok(!svg.includes("<script"), figure.name);
    assert.ok(!/="[^"]*<[^"]*"/.test(svg), figure.name); // XML allows no < in an attribute
    if (!["learning_curves", "diversity"].includes(figure.name)) {
      assert.ok(texts.some(({ text }) => text.startsWith("<script>")), figure.name); // shown as the text it is
    }
  }
});

Deno.test("runFigures() leaves out figures over iterations if there are none; asking for one is an error", () => {
  assert.deepEqual(runFigures({ ...run, events: [] }).map((figure) => figure.name), NAMES.slice(0, 4));
  assert.throws(() => championsFigure(run.result, []), {
    name: "RangeError",
    message: /at least one iteration/,
  });
});

Deno.test("equityFigure() draws one line a strategy with a series, oracles alone dashed and labelled so", () => {
  const drawn = drawFigure(equityFigure(run.result, run.series));
  for (const strategy of run.result.strategies) {
    assert.equal(
      drawn.mark(`equity ${strategy.name}`).length,
      run.series.equity[strategy.name] ? 1 : 0,
      strategy.name,
    );
  }
  const dashed = drawn.mark("equity hindsight")[0]!.parentElement!;
  assert.equal(dashed.getAttribute("stroke-dasharray"), "5,3");
  assert.equal(drawn.mark("equity champion")[0]!.parentElement!.getAttribute("stroke-dasharray"), null);
  assert.ok(drawn.mark("title").some(({ textContent }) => textContent === "Hindsight best"));
  assert.ok(drawn.mark("note").some(({ textContent }) => textContent === "oracle (hindsight)"));
  const large = drawn.mark("end label"), small = drawn.mark("title");
  assert.equal(large.length + small.length, Object.keys(run.series.equity).length);
  for (const label of ["Population (champion)", "Selection only", "Ensemble", "Buy and hold"]) {
    assert.ok(large.some(({ textContent }) => textContent!.startsWith(label)), label);
  }
  assert.equal(drawn.mark("headline").length, small.length);
});

Deno.test("equityFigure() puts equal ratios at equal heights: the axis is logarithmic and relative to each start", () => {
  const rows = run.series.openTime.length;
  const flatThenDouble = (factor: number, start: number) =>
    Float64Array.from({ length: rows }, (_, i) => i === rows - 1 ? start * factor : start);
  const strategies = run.result.strategies.slice(0, 3).map((strategy, i) => ({
    ...strategy,
    metrics: { ...strategy.metrics, totalReturn: [1, 3, -0.5][i]! },
  }));
  const equity = Object.fromEntries(
    strategies.map((strategy, i) => [strategy.name, flatThenDouble([2, 4, 0.5][i]!, [10_000, 500, 77][i]!)]),
  );
  const drawn = drawFigure(
    equityFigure({ ...run.result, strategies }, { ...run.series, equity }),
  );
  const end = (name: string) => pathPoints(drawn.mark(`equity ${name}`)[0]!).at(-1)![1];
  const start = pathPoints(drawn.mark("equity champion")[0]!)[0]![1];
  const doubling = start - end(strategies[0]!.name);
  assert.ok(Math.abs(start - end(strategies[1]!.name) - 2 * doubling) < 0.03);
  assert.ok(Math.abs(end(strategies[2]!.name) - start - doubling) < 0.03);
});

Deno.test("sharpeIntervalsFigure() sorts strategies and spans 1.96 standard errors on one scale", () => {
  const drawn = drawFigure(sharpeIntervalsFigure(run.result));
  const dots = drawn.mark("Sharpe ratio").map((dot) => Number(dot.getAttribute("cx")));
  assert.equal(dots.length, run.result.strategies.length - 1); // the flat one has no Sharpe ratio
  const interval = (name: string) =>
    ["x1", "x2"].map((key) => Number(drawn.mark(`interval ${name}`)[0]!.getAttribute(key)));
  const strategy = (name: string) => run.result.strategies.find((entry) => entry.name === name)!;
  const [a, b] = ["champion", "buyAndHold"].map((name) => ({
    metrics: strategy(name).metrics,
    px: interval(name),
  }));
  const perUnit = (entry: typeof a) =>
    (entry!.px[1]! - entry!.px[0]!) / (2 * 1.96 * entry!.metrics.sharpeError!);
  assert.ok(Math.abs(perUnit(a) - perUnit(b)) < 0.05);
  const centre = (entry: typeof a) => (entry!.px[0]! + entry!.px[1]!) / 2;
  assert.ok(Math.abs((centre(a) - centre(b)) / (a!.metrics.sharpe - b!.metrics.sharpe) - perUnit(a)) < 0.05);
  const sorted = [...run.result.strategies].sort((x, y) => y.metrics.sharpe - x.metrics.sharpe);
  const labels = drawn.texts.filter(({ text }) => sorted.some((entry) => text.startsWith(entry.label)));
  const order = [...labels].sort((x, y) => x.y - y.y).map(({ text }) => text);
  assert.deepEqual(
    order.map((text) => sorted.find((entry) => text.startsWith(entry.label))!.name),
    sorted.map((entry) => entry.name),
  );
});

Deno.test("costsFigure() writes every number with the sign with which it acts on the account", () => {
  const drawn = drawFigure(costsFigure(run.result));
  const numbers = (column: string) => drawn.mark(`${column} number`).map((text) => text.textContent!);
  assert.ok(numbers("Fees").every((text) => text.startsWith("−") || text === "0.0%"));
  assert.ok(numbers("Funding").some((text) => text.startsWith("+")));
  assert.equal(numbers("Net").length, run.result.strategies.length);
  assert.equal(drawn.mark("Gross").length, run.result.strategies.length);
});

Deno.test("drawdownFigure() states the maximum drawdown that the metrics state", () => {
  const drawn = drawFigure(drawdownFigure(run.result, run.series));
  const stated = new Set(drawn.mark("maximum drawdown").map((text) => text.textContent));
  for (const strategy of run.result.strategies.filter(({ name }) => run.series.equity[name])) {
    assert.ok(stated.has(`${(strategy.metrics.maxDrawdown * 100).toFixed(1)}%`), strategy.name);
  }
});

Deno.test("learningCurvesFigure() draws three scores and, per role, range, mean, best and transfers", () => {
  const drawn = drawFigure(learningCurvesFigure(run.result, run.events));
  for (const name of ["best score", "mean score", "champion score"]) {
    assert.equal(pathPoints(drawn.mark(name)[0]!).length, run.events.length, name);
  }
  for (const role of ROLES) {
    assert.equal(pathPoints(drawn.mark(`best credit ${role}`)[0]!).length, run.events.length);
    assert.equal(drawn.mark(`transfers ${role}`).length, 10); // k = 10, 20 .. 100
    assert.equal(drawn.mark(`credit range ${role}`).length, 1);
  }
});

Deno.test("championsFigure() fills a lane for each unbroken reign and rings the teachers", () => {
  const drawn = drawFigure(championsFigure(run.result, run.events));
  for (const role of ROLES) {
    const reigns = run.events.filter((event, i) =>
      i === 0 || run.events[i - 1]!.champion[role] !== event.champion[role]
    ).length;
    assert.equal(drawn.mark(`champion ${role}`).length, reigns);
    assert.equal(drawn.mark(`teachers ${role}`).length, 10);
    const shares = drawn.mark(`share ${role}`).map((text) => parseInt(text.textContent!));
    assert.ok(Math.abs(shares.reduce((a, b) => a + b, 0) - 100) <= 2);
  }
});

Deno.test("creditHeatmapFigure() has a cell for every agent and iteration and strikes through negative credit", () => {
  const events = run.events.slice(0, 3).map((event, k) => ({
    ...event,
    agents: {
      ...event.agents,
      trader: event.agents.trader.map((agent, i) => ({
        ...agent,
        credit: i === 0 ? [-1, -1, 1][k]! : i === 1 ? [-1, 1, -1][k]! : 0.5,
      })),
    },
  }));
  const drawn = drawFigure(creditHeatmapFigure(run.result, events));
  for (const role of ROLES) assert.equal(drawn.mark(`credit ${role}`).length, 15);
  assert.equal(drawn.mark("negative credit trader").length, 3); // one run of two cells, two runs of one
  const fills = drawn.mark("credit trader").map((cell) => cell.getAttribute("fill"));
  assert.notEqual(fills[0], fills[10]); // the first trader at k = 0 and at k = 2
  assert.equal(fills[0], fills[5]);
});

Deno.test("diversityFigure() draws the trigger at its share of the start, in the first row alone", () => {
  const drawn = drawFigure(diversityFigure(run.result, run.events));
  for (const role of ROLES) {
    const line = pathPoints(drawn.mark(`parameter ${role}`)[0]!);
    const trigger = drawn.mark(`trigger ${role}`);
    assert.equal(trigger.length, 1);
    const zero = 160 - 22; // the panel's foot: its height less the title, less the margin below
    assert.ok(Math.abs((zero - Number(trigger[0]!.getAttribute("y1"))) / (zero - line[0]![1]) - 0.7) < 0.002);
    assert.equal(drawn.mark(`near clones ${role}`).length, 1);
    assert.equal(drawn.mark(`transfers ${role}`).length, 30); // ten in each of three rows
  }
  const without = drawFigure(diversityFigure({ ...run.result, config: { seed: 1 } }, run.events));
  assert.equal(without.mark("trigger analyst").length, 0);
  assert.ok(!without.texts.some(({ text }) => text.includes("trigger:")));
});
