/** What an agent learned of the methods that it chooses among is what it teaches; others teach their genes. */
import assert from "node:assert/strict";
import { agentOf, pipelineOf } from "popagent/agents/agent.ts";
import { declareVariant, VARIANTS, withdrawVariant } from "popagent/agents/catalogue.ts";
import { startGenome, type Variant } from "popagent/agents/variant.ts";
import { byRole } from "popagent/genome/role.ts";
import type { Genome } from "popagent/genome/genome.ts";
import { declareMethod, POOLS, withdrawMethod } from "popagent/inventory/pools.ts";
import type { ForecastingMethod } from "popagent/inventory/researcher/forecasting/forecasting.ts";
import { learnedShares } from "popagent/inventory/selection/learned_shares.ts";
import { selectingForecaster } from "popagent/inventory/selection/selected_forecast.ts";
import { createDesk } from "popagent/experiments/market.ts";
import { type LessonInput, lessonsOf } from "popagent/population/lessons.ts";
import { populationConfigSchema } from "popagent/population/config.ts";
import { truncatePanel } from "popagent/market/panel.ts";
import { assertClose } from "../close_to.ts";
import { panel, sharedDesk, smallConfig } from "./small_run.ts";

const expandingMean = POOLS["researcher.forecasting"].expandingMean!;
/** Right in its mean, and ten times as wide as anything that comes: its density is always the lower one. */
const tooWide: ForecastingMethod = {
  ...expandingMean,
  run: (input, genes) => {
    const forecast = expandingMean.run(input, genes);
    const coins = forecast.coins.map((coin) => ({
      ...coin,
      sd: coin.sd.map((sd) => sd.map((value) => 10 * value)),
    }));
    return { ...forecast, coins };
  },
};
const chooser = selectingForecaster({ tooWide, expandingMean }, { keep: 2 });
const bayesian = VARIANTS.researcher.find(({ name }) => name === "bayesian")!;
const choosers = ["quick", "slow"].map((name): Variant<"researcher"> => ({
  ...bayesian,
  name,
  shares: chooser.genes.filter(({ group }) => group === "researcher.forecasting"),
  identity: { ...bayesian.identity, forecasting: "scratchChooser", calibration: null },
}));

function withChoosers(test: () => void): void {
  declareMethod("researcher.forecasting", "scratchChooser", chooser);
  choosers.forEach(declareVariant);
  try {
    test();
  } finally {
    for (const { name } of choosers) withdrawVariant("researcher", name);
    withdrawMethod("researcher.forecasting", "scratchChooser");
  }
}

const ROW = 500, TAU = 0.5;
const champion = pipelineOf(byRole((role) => startGenome(VARIANTS[role][0]! as Variant)));
const lessonInput = (genomes: readonly Genome[], desk = sharedDesk): LessonInput => ({
  desk,
  config: { ...populationConfigSchema.parse({}), transferTau: TAU },
  seed: 1,
  k: 10,
  last: 20,
  row: ROW,
  genomes: { researcher: genomes } as never,
  champion,
  ranking: {
    researcher: { score: genomes.map((_, i) => -i), best: 0, credit: [], novelty: [] },
  } as never,
});

Deno.test("learned shares: the last 42 choices by the row, a tenth of them equal", () => {
  const choices = Array.from({ length: 100 }, (_, i) => 6 * i), chosen = new Uint8Array(600);
  for (const at of choices) chosen[at] = at < 300 ? 0 : 1;
  // By row 400 there are choices at 0 .. 396, of which the last 42 begin at 150: 25 of the first method, 17 of the second.
  const shares = learnedShares({ chosen, choices, pruned: [] }, 3, 400);
  [25 / 42, 17 / 42, 0].forEach((share, i) => assertClose(shares[i]!, .1 / 3 + .9 * share, 1e-15));
});

Deno.test("issue 15: who chooses among methods teaches what it learned of them, not what it began with", () =>
  withChoosers(() => {
    const genomes = choosers.map(startGenome);
    const start = agentOf("researcher", genomes[0]!).genes;
    assert.deepEqual(
      [start.tooWideChoice, start.expandingMeanChoice],
      [.5, .5],
      "neither begins with a preference",
    );
    const [lesson] = lessonsOf(lessonInput(genomes), "researcher");
    const { genes } = agentOf("researcher", lesson!.genome);
    // The teacher chose the narrow one 42 times of 42: it teaches .95 and .05, and the student comes half of the way.
    assertClose(genes.expandingMeanChoice!, .5 + TAU * (.95 - .5), 1e-12);
    assertClose(genes.tooWideChoice!, .5 - TAU * (.95 - .5), 1e-12);
    assert.deepEqual(genomes, choosers.map(startGenome), "the teacher's own genome stays as it was");
  }));

Deno.test("what is taught of methods is known by the row: without the rows after it the lesson is the same", () =>
  withChoosers(() => {
    const genomes = choosers.map(startGenome);
    const short = createDesk(truncatePanel(panel, ROW + 1), smallConfig(), 2 ** 26);
    assert.deepEqual(
      lessonsOf(lessonInput(genomes, short), "researcher"),
      lessonsOf(lessonInput(genomes), "researcher"),
    );
  }));
