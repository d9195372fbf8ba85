import assert from "node:assert/strict";
import { join } from "node:path";
import { bybitCsv } from "popagent/adapters/bars/bybit_csv_writer.ts";
import { sourceText } from "popagent/figures/run_subtitle.ts";
import {
  agentsTable,
  alikeTable,
  backtest,
  barTables,
  column,
  foresight,
  foresightAnswer,
  foresightTable,
  frameTable,
  loadMarket,
  marketFigure,
  marketSource,
  marketTable,
  quality,
  qualityTable,
  roster,
  rosterFigure,
  sharpeAnswer,
  signalsFigure,
  signalsTable,
  stages,
  stageSeries,
  team,
  tradeRole,
  tradeTeam,
  VARIANTS,
} from "popagent/mod.ts";
import { inFolder } from "../cli/cli.ts";
import { assertTidy } from "../fixtures/drawn_figure.ts";

const market = await loadMarket({ synthetic: { seed: 3, rows: 1000 } });

Deno.test("foresight() sets the value at a close beside the return from the next open on: who knows it has correlation 1", () => {
  const { open } = market.panel.coins[0]!, horizon = 6;
  const truth = open.map((_, t) =>
    t + 1 + horizon < open.length ? open[t + 1 + horizon]! / open[t + 1]! - 1 : 0
  );
  const close = column(market, "BTC", "close");
  const early = open.map((_, t) => t + horizon < open.length ? open[t + horizon]! / open[t]! - 1 : 0);
  const found = foresight(market, { truth, early, flat: new Float64Array(1000).fill(1) }, {
    horizon,
    coin: "BTC",
  });
  assert.ok(Math.abs(found[0]!.ic - 1) < 1e-12 && found[0]!.p === 0, "the truth");
  assert.ok(found[1]!.ic < 0.999, "a bar early is another return");
  assert.deepEqual(
    [found[2]!.ic, found[2]!.p, found[2]!.holm],
    [NaN, 1, 1],
    "what never moves foretells nothing",
  );
  assert.equal(found[0]!.windows, 166); // rows 0, 6 .. 990: row + 7 <= 999
  assert.throws(
    () => foresight(market, { short: close.slice(1) }),
    /short must have 1000 values: it has 999/,
  );
  assert.throws(() => foresight(market, { close }, { horizon: 0.5 }), /integer >= 1: current value is 0\.5/);
});

Deno.test("foresight() has scipy's correlation and p-value, and Holm's: of 3 series the smallest p three times", () => {
  const found = foresight(market, {
    a: column(market, "BTC", "rsi"),
    b: column(market, "ETH", "rsi"),
    c: column(market, "SOL", "rsi"),
  });
  // scipy.stats.pearsonr 1.17.1 on the 163 windows of c
  assert.equal(found[2]!.windows, 163);
  assert.ok(Math.abs(found[2]!.ic - -0.05854748220095322) < 1e-12);
  assert.ok(Math.abs(found[2]!.p - 0.4578639385961922) < 1e-12);
  const smallest = Math.min(...found.map(({ p }) => p));
  const holm = found.find(({ p }) => p === smallest)!.holm;
  assert.ok(Math.abs(holm - Math.min(1, 3 * smallest)) < 1e-12);
  const { rows } = foresightTable(found);
  assert.deepEqual(rows.map(({ strong }) => strong), found.map((one) => one.holm < 0.05));
  assert.match(
    foresightAnswer({ "coins' RSI": found }, 6).markdown,
    /^Of 3 coins' RSI: .* foretold the next 6 bars/,
  );
});

Deno.test("roster() holds each agent's own output of its stage; researchers differ in horizon and are read per bar", () => {
  for (const role of ["analyst", "researcher", "trader", "risk"] as const) {
    const told = roster(market, role, "ETH");
    assert.deepEqual(Object.keys(told), VARIANTS[role].map(({ name }) => name));
    assertTidy(rosterFigure(market, role, "ETH"));
  }
  const series = stageSeries(stages(market, team({ researcher: "adaptive" })), "ETH");
  const { adaptive } = roster(market, "researcher", "ETH");
  assert.deepEqual(adaptive, series["forecast.mean.4"]!.map((mean) => 100 * mean / 4));
});

Deno.test("tradeRole() trades each agent of a role as tradeTeam() does", () => {
  const traded = tradeRole(market, "risk");
  assert.deepEqual(traded.strict!.equity, tradeTeam(market, team({ risk: "strict" })).equity);
  assert.equal(agentsTable().rows.length, 20 + 5, "twenty that play by default, five that ask a model");
});

Deno.test("alikeTable() correlates the rows that both have", () => {
  const { rows } = alikeTable({
    a: Float64Array.of(NaN, 1, 2, 3),
    b: Float64Array.of(5, -1, -2, -3),
    flat: Float64Array.of(1, 1, 1, 1),
  });
  assert.deepEqual(rows.map(({ cells }) => cells), [
    ["a", "1", "−1.00", "–"],
    ["b", "−1.00", "1", "–"],
    ["flat", "–", "–", "1"],
  ]);
});

Deno.test("sharpeAnswer() says whether the first is more than nothing, and more than the others", () => {
  const targets = (value: number) => new Float64Array(1000).fill(value);
  const test = (value: number, free = false) =>
    backtest({
      market,
      coins: ["BTC"],
      targets: targets(value),
      rules: "plain",
      ...(free ? { costs: { fee: 0, slip: 0 } } : {}),
    });
  const { markdown } = sharpeAnswer({ Long: test(1), Short: test(-1), Flat: test(0), Same: test(1) });
  assert.match(markdown, /^\*\*Long\*\* made \d+ round trips and a Sharpe ratio of \*\*/);
  assert.match(
    markdown,
    /Beside \*\*Short\*\* on the same bars its ratio differs by [+−]\d+\.\d\d \(p [=<] 0\.\d\d\)/,
  );
  assert.match(markdown, /Beside \*\*Flat\*\* it cannot be told\./);
  assert.match(markdown, /Beside \*\*Same\*\* it cannot be told\./);
  assert.match(sharpeAnswer({ Flat: test(0) }).markdown, /never traded/);
  assert.throws(() => sharpeAnswer({}), /Cannot compare back-tests as there must be at least one/);
});

Deno.test("market, quality and frame tables say the source, align numbers right and refuse unknown columns", () => {
  assert.match(marketSource(market), /^SYNTHETIC data \(default world, market seed 3\); 2021-11-05 to /);
  const { rows, title, columns } = marketTable(market);
  assert.match(title, /^1,000 bars of four hours: SYNTHETIC/);
  assert.deepEqual(rows.map(({ cells }) => cells[0]), market.coins);
  assert.deepEqual(columns.map(({ align }) => align), ["left", ...columns.slice(1).map(() => "right")]);
  assertTidy(marketFigure(market));
  assertTidy(signalsFigure(market));
  assert.equal(signalsTable().rows.length, 8);
  const frame = barTables(market).BTC!;
  const table = frameTable(frame, { from: 10, rows: 2, columns: ["openTime", "close"] });
  assert.equal(table.rows.length, 2);
  assert.match(table.rows[0]!.cells.join(" "), /^2021-11-07 00:00 UTC [\d,]+\.\d$/);
  assert.throws(
    () => frameTable(frame, { columns: ["nowhere"] }),
    /must be one of openTime, .*: current value is nowhere/,
  );
  assert.equal(qualityTable(quality(market)).title, "Nothing odd was found");
});

Deno.test("a table of one's own is not called Bybit data", async () => {
  const { coin: _, ...columns } = market.panel.coins[0]!;
  const own = await loadMarket({ table: { BTC: { time: market.panel.openTime, ...columns } } });
  assert.match(marketSource(own), /^Data of a table; /);
});

// A file of one's own with all of Bybit's columns was called Bybit data once.
Deno.test("bars are called by their file or folder; Bybit's are those of a folder of that name", async () => {
  await inFolder(async (folder) => {
    const mine = join(folder, "mine.csv");
    const years = await loadMarket({ synthetic: { rows: 2600, seed: 4 } });
    await Deno.writeTextFile(mine, bybitCsv(years.panel.coins[0]!, years.panel.openTime));
    const own = await loadMarket({ files: { BTC: mine } });
    assert.match(marketSource(own), /^Data of mine\.csv; /);
    assert.match(marketTable(own).title, /bars of four hours: Data of mine\.csv; /);
    assert.doesNotMatch(JSON.stringify(own.panel.source), /tmp|Bybit/);
  });
  const from = (place: string, imported?: true) =>
    sourceText({ kind: "bybit", folder: place, unsealed: false, sealedRows: 0, imported });
  assert.deepEqual(
    ["data/bybit", "/some/Bybit/", "data/mine", "a.csv, b.csv", "a table"].map((place) => from(place)),
    ["Bybit data", "Bybit data", "Data of mine", "Data of a.csv, b.csv", "Data of a table"],
  );
  assert.equal(from("data/imported", true), "Imported data");
  assert.equal(from("eth.csv", true), "Imported data of eth.csv");
});
