/** Whatever src/mod.ts makes to be looked at shows itself where it ends a cell. */
import { recordOf, robustOf } from "../experiments/evidence/record.ts";
import assert from "node:assert/strict";
import { PROJECT } from "popagent/adapters/files/project.ts";
import * as popagent from "popagent/mod.ts";
import * as learned from "../fixtures/genealogy_fixture.ts";
import { summaryOf } from "popagent/live/summary.ts";
import { bar, started } from "../admin/small_events.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";

const run = createRunFixture({ iterations: 6 });
const { result, events, series } = run;
const market = await popagent.loadMarket({ synthetic: { rows: 1000, seed: 5 } });
const news = await popagent.loadNews({ synthetic: market });
const digest = popagent.digestNews(news, market.panel.openTime[900]!);
const hold = (share: number) =>
  popagent.backtest({ market, coins: ["BTC"], targets: new Float64Array(market.rows).fill(share) });
const tests = { Hold: hold(1), Half: hold(0.5) };
const { openTime, equity } = tests.Hold, start = 10_000;
const line = { label: "Hold", openTime, equity, start };
const head = { title: "A title", subtitle: "Made up", caption: "" };
const point = { values: { fast: 5 }, sharpe: 1, maxDrawdown: 0.1, totalReturn: 0.2, entries: 3 };
const compared = popagent.compareRuns({ result, series }, { result, series });

const models = await popagent.loadModelComparison({ simulated: false });
const cells = await popagent.loadFourCells();

const quality = popagent.forecastQuality(market, ["quantile"]);
const { keys, selection } = popagent.readingChoices(market, "technical");

/** Each function by name, called as simply as it can be. */
const robust = robustOf({ oneBarLate: -1 }),
  evidence = recordOf({ markets: 4 }),
  summary = popagent.summarise(evidence, { draws: 99 });
const MADE: Readonly<Record<string, () => unknown>> = {
  qualityTable: () => popagent.qualityTable(popagent.quality(market)),
  frameTable: () => popagent.frameTable(popagent.signalTable(market)),
  marketFigure: () => popagent.marketFigure(market),
  marketTable: () => popagent.marketTable(market),
  signalsFigure: () => popagent.signalsFigure(market),
  signalsTable: () => popagent.signalsTable(),
  foresightTable: () => popagent.foresightTable([]),
  foresightAnswer: () => popagent.foresightAnswer({}, 6),
  stageTable: () => popagent.stageTable([]),
  agentsTable: () => popagent.agentsTable(),
  forecastQualityTable: () => popagent.forecastQualityTable(quality),
  forecastPitFigure: () => popagent.forecastPitFigure(quality, "a market"),
  forecastReliabilityFigure: () => popagent.forecastReliabilityFigure(quality, "a market"),
  poolFigure: () => popagent.poolFigure(market, "trader.stances", "BTC"),
  verdictsTable: () => popagent.verdictsTable(market, 900),
  selectionFigure: () => popagent.selectionFigure(selection, keys, market.panel.openTime, "a market"),
  selectionTable: () => popagent.selectionTable(selection, keys, market.panel.openTime),
  sessionFigure: () =>
    popagent.sessionFigure({
      events: [started, bar(0)],
      summary: summaryOf([], 10_000),
      source: "SYNTHETIC",
    }),
  alertsTable: () => popagent.alertsTable([]),
  divergenceTable: () => popagent.divergenceTable([]),
  costAnswer: () => popagent.costAnswer(),
  inventoryTable: () => popagent.inventoryTable(),
  leakCheckTable: () => popagent.leakCheckTable([]),
  alikeTable: () => popagent.alikeTable({ a: new Float64Array(20).map((_, t) => t % 3) }),
  rosterFigure: () => popagent.rosterFigure(market, "risk", "BTC"),
  sharpeAnswer: () => popagent.sharpeAnswer(tests),
  backtestFigures: () => popagent.backtestFigures(tests),
  backtestTable: () => popagent.backtestTable(tests),
  sweepTable: () => popagent.sweepTable({ rows: [point], best: point, trials: 1, deflatedSharpe: null }),
  runAnswer: () => popagent.runAnswer(run),
  folded: () => popagent.folded("behind a line", [popagent.inventoryTable(), popagent.runSummary(run)]),
  runSummary: () => popagent.runSummary(run),
  runFigures: () => popagent.runFigures(run),
  accountFigures: () => popagent.accountFigures(run),
  genealogyTable: () => popagent.genealogyTable(events),
  interactive: () => popagent.interactive(popagent.equityFigure(result, series)),
  runsTable: () => popagent.runsTable([]),
  differencesTable: () => popagent.differencesTable(compared),
  settingsTable: () => popagent.settingsTable(compared, "one", "two"),
  candlesFigure: () =>
    popagent.candlesFigure(popagent.candlesData(market.panel, "BTC", [], { from: 900, to: 1000 }), head),
  coinProfitFigure: () =>
    popagent.coinProfitFigure(
      { label: "Hold", openTime, start, coins: [{ coin: "BTC", profit: equity }] },
      head,
    ),
  exposureFigure: () =>
    popagent.exposureFigure({ label: "Hold", openTime, gross: equity.map(() => 1) }, 42, head),
  monthlyReturnsFigure: () => popagent.monthlyReturnsFigure(line, head),
  seriesFigure: () => popagent.seriesFigure([{ label: "x", values: equity }], openTime, head),
  rollingSharpeFigure: () => popagent.rollingSharpeFigure([line], 180, head),
  underwaterFigure: () => popagent.underwaterFigure([line], head),
  agentPerformanceTable: () => popagent.agentPerformanceTable(result),
  championsFigure: () => popagent.championsFigure(result, events),
  coinProfitTable: () => popagent.coinProfitTable(result),
  costsFigure: () => popagent.costsFigure(result),
  creditHeatmapFigure: () => popagent.creditHeatmapFigure(result, events),
  creditTable: () => popagent.creditTable(result),
  diversityFigure: () => popagent.diversityFigure(result, events),
  drawdownFigure: () => popagent.drawdownFigure(result, series),
  equityFigure: () => popagent.equityFigure(result, series),
  genealogyFigure: () => popagent.genealogyFigure(result, events),
  learningCurvesFigure: () => popagent.learningCurvesFigure(result, events),
  moneyTable: () => popagent.moneyTable(result),
  monthlyTable: () => popagent.monthlyTable(result),
  notesTable: () => popagent.notesTable(result),
  ratiosTable: () => popagent.ratiosTable(result),
  researcherQualityTable: () => popagent.researcherQualityTable(result),
  resultTable: () => popagent.resultTable(result),
  riskTable: () => popagent.riskTable(result),
  roundTripsTable: () => popagent.roundTripsTable(result),
  sharpeIntervalsFigure: () => popagent.sharpeIntervalsFigure(result),
  tailsTable: () => popagent.tailsTable(result),
  timeTable: () => popagent.timeTable(result),
  tradingTable: () => popagent.tradingTable(result),
  changesTable: () => popagent.changesTable(result),
  riskAgentsTable: () => popagent.riskAgentsTable(result),
  scalingTable: () => popagent.scalingTable(result),
  promptsTable: () => popagent.promptsTable(events),
  thoughtsTable: () => popagent.thoughtsTable(events),
  distillationsTable: () => popagent.distillationsTable(events),
  fourCellsTable: () => popagent.fourCellsTable(cells),
  fourCellsEffectsTable: () => popagent.fourCellsEffectsTable(cells),
  decisionAnswer: () => popagent.decisionAnswer(models),
  decisionCostFigure: () => popagent.decisionCostFigure(models),
  decisionReliabilityFigure: () => popagent.decisionReliabilityFigure(models),
  decisionScoresFigure: () => popagent.decisionScoresFigure(models),
  newsDigestTable: () => popagent.newsDigestTable(digest),
  newsEventsTable: () => popagent.newsEventsTable(digest),
  newsFigure: () => popagent.newsFigure(popagent.marketWithNews(market, news)),
  newsTruthTable: () => popagent.newsTruthTable(market, news),
  baselinesFigure: () => popagent.baselinesFigure(result, popagent.compareBaselines(result, series)),
  baselinesTable: () => popagent.baselinesTable(result, popagent.compareBaselines(result, series)),
  branchFigure: () => popagent.branchFigure(result, learned.branch),
  branchTable: () => popagent.branchTable(result, learned.branch),
  genomePathsFigure: () => popagent.genomePathsFigure(result, learned.events, "trader"),
  lesionsFigure: () => popagent.lesionsFigure(result, learned.lesions),
  lesionsTable: () => popagent.lesionsTable(result, learned.lesions),
  lineageFigure: () => popagent.lineageFigure(result, learned.events),
  nichesTable: () => popagent.nichesTable(result, learned.niches),
  pitFigure: () => popagent.pitFigure([{ label: "x", values: Float64Array.of(0.5) }], head),
  reliabilityFigure: () =>
    popagent.reliabilityFigure([{ label: "x", probabilities: Float64Array.of(0.5), outcomes: [1] }], head),
  replayFigure: () => popagent.replayFigure(result, learned.replay),
  replayTable: () => popagent.replayTable(result, learned.replay),
  roleEffectsFigure: () => popagent.roleEffectsFigure(result, learned.effects),
  roleEffectsTable: () => popagent.roleEffectsTable(result, learned.effects),
  specialistsFigure: () => popagent.specialistsFigure(result, learned.found),
  specialistsTable: () => popagent.specialistsTable(result, learned.found),
  learnedAnswer: () =>
    popagent.learnedAnswer({ result, events: learned.events }, {
      replay: learned.replay,
      lesions: learned.lesions,
      specialists: learned.found,
      effects: learned.effects,
    }),
  baselinesAnswer: () => popagent.baselinesAnswer(result, popagent.compareBaselines(result, series)),
  ablationFigure: () => popagent.ablationFigure(summary),
  profilesFigure: () => popagent.profilesFigure(summary),
  powerFigure: () => popagent.powerFigure(evidence),
  robustAnswer: () => popagent.robustAnswer(evidence, null),
  robustTables: () => popagent.robustTables(evidence, robust),
  costCurveFigure: () => popagent.costCurveFigure(evidence, "champion"),
  claimsTable: () => popagent.claimsTable(summary),
  guardsTable: () => popagent.guardsTable(summary),
  levelsTable: () => popagent.levelsTable(summary),
  partsTable: () => popagent.partsTable(evidence, "fold"),
};
/** Text tables, and what is looked at in another way. */
const NOT_SHOWN = ["csvTable", "latexTable", "markdownTable", "signalTable", "declareFigure"];

for (const [name, make] of Object.entries(MADE)) {
  Deno.test(`${name}() shows itself where it ends a cell`, () => {
    const made = make() as Record<symbol, () => Record<string, string>>;
    const display = made[Symbol.for("Jupyter.display")];
    assert.ok(display, `${name} must be displayed`);
    const types = Object.keys(display());
    assert.ok(
      types.some((type) => ["image/svg+xml", "text/html", "text/markdown"].includes(type)),
      types.join(),
    );
    assert.equal(Object.getOwnPropertySymbols({ ...made }).length, 0, "nobody else sees it");
  });
}

Deno.test("the list above holds every figure, table and answer of src/mod.ts", async () => {
  const text = await Deno.readTextFile(`${PROJECT}/src/mod.ts`);
  const values = [...text.matchAll(/export \{([^}]*)\}/g)].flatMap(([, names]) =>
    names!.split(",").map((name) => name.trim())
  );
  const shown = values.filter((name) =>
    /^[a-z]\w*(Figure|Figures|Table)$|^(run|sharpe|foresight)Answer$/.test(name)
  )
    .concat("runSummary", "interactive").filter((name) => !NOT_SHOWN.includes(name));
  assert.deepEqual(shown.filter((name) => !(name in MADE)), []);
});
