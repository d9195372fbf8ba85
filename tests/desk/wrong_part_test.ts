/** What a notebook hands on by mistake (a whole run, a back-test, a promise) is told so, and what to write. */
import assert from "node:assert/strict";
import * as popagent from "popagent/mod.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";

const { backtest, backtestFigures, championsFigure, configure, equityFigure, loadMarket, loadRun, sweep } =
  popagent;
const run = createRunFixture();
const market = await loadMarket({ synthetic: { rows: 1000, seed: 5 }, coins: ["BTC"] });
const test = backtest({ market, targets: new Float64Array(1000).fill(1) });

/** Functions of src/mod.ts by their names, as a notebook calls them: nothing checks types there. */
const call = (name: string, ...given: unknown[]) =>
  (popagent as unknown as Record<string, (...all: unknown[]) => unknown>)[name]!(...given);

const OF_A_RESULT = (
  "agentPerformanceTable championsFigure changesTable coinProfitTable costsFigure creditHeatmapFigure creditTable dataAnswer " +
  "diversityFigure drawdownFigure equityFigure genealogyFigure learningAnswer learningCurvesFigure marketAnswer moneyTable " +
  "monthlyTable notesTable ratiosTable researcherQualityTable resultTable riskAgentsTable riskTable roundTripsTable " +
  "scalingTable sharpeIntervalsFigure tailsTable timeTable tradingTable"
).split(" ");
const OF_A_MARKET = (
  "barTables column featureTables foresight marketFigure marketSource marketTable quality signals signalsFigure signalTable " +
  "stages tradeTeam"
).split(" ");

Deno.test("functions of a result say what they were given instead", () => {
  for (const name of OF_A_RESULT) {
    const refuses = (given: unknown, says: RegExp) =>
      assert.throws(() => call(name, given), { name: "RangeError", message: says }, name);
    refuses(run, /must be a run's result, run\.result: it is the whole run; write the part after a dot/);
    refuses(Promise.resolve(run), /it is a promise; write await before it/);
    refuses(test, /it is a back-test; comparison/);
    refuses(undefined, /it is undefined/);
  }
  assert.throws(
    () => equityFigure(run.result, run as never),
    /a run's series, run\.series: it is the whole run/,
  );
  assert.throws(
    () => championsFigure(run.result, run as never),
    /a run's events, run\.events: it is the whole run/,
  );
});

Deno.test("functions of a run say what they were given instead", () => {
  for (const name of ["runFigures", "accountFigures", "runSummary", "runAnswer"]) {
    const refuses = (given: unknown, says: RegExp) =>
      assert.throws(() => call(name, given), { message: says }, name);
    refuses(run.result, /must be a run, as loadRun\(folder\)/);
    refuses(Promise.resolve(run), /promise; write await/);
    refuses(test, /it is a back-test; comparison/);
  }
});

Deno.test("functions of a market say that it was not awaited, or is none", () => {
  for (const name of OF_A_MARKET) {
    assert.throws(() => call(name, Promise.resolve(market)), /write await loadMarket/, name);
    assert.throws(() => call(name, test.account), /must be what await loadMarket/, name);
  }
});

Deno.test("paths, settings, options and names that are none are told", async () => {
  for (
    const name of ["loadRun", "listRuns", "collectRuns", "findRun", "readRun", "prunableRuns", "readPlaces"]
  ) {
    const given = call(name, run) as Promise<unknown>;
    await assert.rejects(given, /must be a path, such as "data\/runs": current value is an object/, name);
  }
  await assert.rejects(loadRun(undefined as never), /current value is undefined/);
  await assert.rejects(configure(undefined as never), /settings as they must be an object/);
  assert.throws(
    () => sweep({ a: [1] }, () => null, undefined as never),
    /options must be an object of market/,
  );
  assert.throws(() => backtestFigures(undefined as never), /must come under names/);
});

// A market that was not awaited was passed over once, and the run was made on the bars of its settings.
Deno.test("options of another kind than they must be are told, nothing is passed over", async () => {
  const { agent, candlesData, candlesFigure, openPopulation, runPopulation, stages, team, tradeTeam } =
    popagent;
  const refused = (options: object, message: RegExp) =>
    assert.rejects(runPopulation({ iterations: 1 }, { line: false, ...options }), {
      name: "RangeError",
      message,
    });
  await refused({ market: Promise.resolve(market) }, /write await loadMarket/);
  await refused({ signal: "stop" }, /signal must be an AbortSignal/);
  await refused({ out: 5 }, /out must be a path/);
  await refused({ onProgress: true }, /onProgress must be a function/);
  await assert.rejects(
    openPopulation({}, { market: Promise.resolve(market) as never }),
    /write await loadMarket/,
  );
  assert.throws(
    () => tradeTeam(market, team(), { startinEquity: 5 } as never),
    /Did you mean startingEquity/,
  );
  assert.throws(() => tradeTeam(market, team(), { startingEquity: -5 }), /startingEquity must be an amount/);
  for (const wrong of [undefined, "aggressive", agent("trader", "aggressive")]) {
    assert.throws(() => stages(market, wrong as never), /must be a pipeline, such as team/);
  }
  assert.throws(
    () => sweep({ a: [1] }, () => ({ targets: [], leverage: 5 }) as never, { market }),
    /signals may hold targets, .*: it holds leverage/,
  );
  assert.throws(() => candlesData(market as never, "BTC", []), /write market\.panel/);
  const data = candlesData(market.panel, "BTC", [], { to: 20 });
  assert.throws(
    () => candlesFigure(data, { subtitle: "", width: "wide" as "page" }),
    /one of phone, column, page/,
  );
});

Deno.test("figures of plain data ask for their head, and for accounts and rows that there are", () => {
  const { candlesData, slicePanel } = popagent;
  const line = { label: "Mine", openTime: test.openTime, equity: test.equity, start: test.startingEquity };
  const says = /must say subtitle, such as { subtitle: marketSource\(market\) }: subtitle is undefined/;
  for (const head of [undefined, {}]) {
    assert.throws(() => call("underwaterFigure", [line], head), says);
    assert.throws(() => call("monthlyReturnsFigure", line, head), says);
    assert.throws(() => call("rollingSharpeFigure", [line], 180, head), says);
    assert.throws(() => call("exposureFigure", { ...line, gross: test.equity }, 180, head), says);
    assert.throws(
      () => call("coinProfitFigure", { ...line, coins: [{ coin: "BTC", profit: test.equity }] }, head),
      says,
    );
    assert.throws(() => call("candlesFigure", candlesData(market.panel, "BTC", []), head), says);
    assert.throws(
      () => call("seriesFigure", [{ label: "a", values: test.equity }], test.openTime, head),
      /must say title, subtitle, caption/,
    );
  }
  assert.throws(
    () => call("underwaterFigure", [test], { subtitle: "" }),
    /it must have a label, openTime, equity/,
  );
  for (const from of [-100, 1000, NaN, 0.5]) {
    assert.throws(
      () => candlesData(market.panel, "BTC", [], { from }),
      /whole rows 0 <= from < to/,
      String(from),
    );
  }
  assert.throws(() => slicePanel(market as never, 0, 9), /write market\.panel/);
});

// Series of two lengths were compared over the rows of the shorter one, and "5" was a gene's value.
Deno.test("runs, series, frames, genes and columns that are none are told", async () => {
  const { agent, alikeTable, column, compareRuns, differencesTable, featureTables, frameTable, reload } =
    popagent;
  assert.throws(
    () => compareRuns(run.result as never, run.result as never),
    /must be what loadRun\(folder\)/,
  );
  assert.throws(() => compareRuns(run, undefined as never), /must be what loadRun/);
  assert.deepEqual(
    differencesTable(compareRuns(run, run), "old", "new").columns.slice(1, 3).map(({ label }) => label),
    ["old", "new"],
  );
  assert.throws(() => alikeTable({ a: test.equity, b: test.equity.slice(5) }), /same rows: b has 994, a 999/);
  const frame = featureTables(market).BTC!;
  for (const from of [5000, -1]) {
    assert.throws(() => frameTable(frame, { from }), /one of its rows, 0 to 999/);
  }
  assert.throws(
    () => agent("analyst", "technical", { shortLookback: "5" as never }),
    /must be a number.*a text/,
  );
  assert.throws(() => column(market, "BTC", "close", 3), /takes no parameter: current value is \(3\)/);
  await assert.rejects(reload("./nowhere.ts"), /Cannot reload \.\/nowhere\.ts as there must be such a file/);
  const time = market.panel.openTime, { open, high, low, close, volume } = market.panel.coins[0]!;
  const table = { time, open, high, low, close, volume };
  await assert.rejects(
    loadMarket({ table: { MINE: { ...table, close: undefined as never } } }),
    /they lack close/,
  );
  const later = { ...table, time: time.map((at) => at + 4 * 3_600_000) };
  await assert.rejects(
    loadMarket({ table: { A: table, B: later } }),
    /same times: it has 1000 rows from .* to .*, the other/,
  );
});

// Over a back-test, which has no length, every loop is empty: its drawdown was 0 and its Sharpe ratio NaN.
Deno.test("statistics say that they were given a whole back-test", () => {
  const names = (
    "annualGrowth annualSharpe annualSortino calmar drawdownDuration drawdowns hitRate holm maxDrawdown pairedTest " +
    "sharpeError totalReturn trackRecord ulcerIndex"
  ).split(" ");
  const says = { name: "RangeError", message: /must be given a list of numbers.*an object/ };
  for (const name of names) assert.throws(() => call(name, test), says, name);
  for (const name of ["historicalTail", "monthlyReturns", "rollingSharpe", "sharpeDifferenceTest"]) {
    assert.throws(
      () => call(name, test, name === "historicalTail" ? 0.05 : name === "rollingSharpe" ? 9 : test),
      says,
    );
  }
  assert.throws(() => call("backtestOverfitting", [test, test], 8), says);
  assert.throws(() => call("deflatedSharpe", test.returns, 8, 0.1), /a track record, trackRecord\(returns\)/);
});

Deno.test("instruments that are none, or that nobody would read, are told", async () => {
  const table = { ADA: { time: market.panel.openTime, ...market.panel.coins[0]! } } as never;
  const whole = { coin: "ADA", halfSpread: 0.0001, terms: market.panel.instruments[0]!.terms };
  assert.equal((await loadMarket({ table, instruments: [whole] })).coins[0], "ADA");
  const [term] = whole.terms;
  const wrong = [{}, null, { ...whole, halfSpread: "x" }, { ...whole, terms: [] }, { coin: "ADA" }, {
    ...whole,
    terms: [{ ...term!, fundingHours: 0 }],
  }, { ...whole, terms: [{ ...term!, tick: "0.1" }] }];
  for (const one of wrong) {
    await assert.rejects(
      loadMarket({ table, instruments: [one] as never }),
      /each of instruments must have a coin/,
    );
  }
  await assert.rejects(
    loadMarket({ synthetic: {}, instruments: [whole] }),
    /must be left out where bars are synthetic/,
  );
});

Deno.test("a run's outcome, which holds its fills, is a run", () => {
  assert.ok(popagent.accountFigures({ ...run, fills: [] } as never).length > 0);
});
