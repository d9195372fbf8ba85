/** How each run of the golden set is made. What it leaves is put into values whose names are the set's own. */
import { existsSync } from "node:fs";
import { parse } from "yaml";
import { loadBybitPanel } from "popagent/adapters/bars/holdout.ts";
import { type Role, ROLES } from "popagent/genome/role.ts";
import { afterPopulation, outcomeOfJobs } from "popagent/experiments/population_run.ts";
import { planRun, type RunPlan } from "popagent/experiments/run_plan.ts";
import type { PopulationRunConfig } from "popagent/experiments/config.ts";
import { iterationsOf } from "popagent/experiments/jobs/job.ts";
import type { JobResult, StrategyOutcome } from "popagent/experiments/jobs/job_result.ts";
import { JOB_NAMES, type JobName, JOBS } from "popagent/experiments/jobs/registry.ts";
import { createDesk, marketOf } from "popagent/experiments/market.ts";
import { configuredPipeline, pipelineStrategies } from "popagent/experiments/pipeline_strategies.ts";
import { type Panel, truncatePanel } from "popagent/market/panel.ts";
import type { IterationEvent } from "popagent/events/iteration.ts";
import { FILL_KINDS } from "popagent/simulation/trace.ts";
import { jobInput } from "../experiments/job_input.ts";
import { realBarsFolder } from "../real_bars.ts";
import { pipelineConfig, populationConfig } from "../run_config.ts";
import { goldenColumn, type GoldenRun, type GoldenStrategy, numbersIn } from "./golden_values.ts";

const ROWS = 1500;
const MEMO_BYTES = 512 * 2 ** 20;

/** One run of the set. `real` ones are made from real bars only. */
export interface GoldenCase {
  readonly name: string;
  readonly real: boolean;
  readonly make: () => GoldenRun | Promise<GoldenRun>;
}

type Settings = Readonly<Record<string, unknown>>;

/** Settings over defaults, on markets of so many rows. */
function settingsOf(settings: Settings): Settings {
  return { ...settings, market: { rows: ROWS, ...(settings.market as Settings | undefined) } };
}

/** Jobs of a population run one after another in this process. */
async function populationJobs(plan: RunPlan<PopulationRunConfig>): Promise<Map<JobName, JobResult>> {
  const input = jobInput(createDesk(plan.panel, plan.config, MEMO_BYTES), plan.config);
  const population = await JOBS.population.run(input);
  const results = new Map<JobName, JobResult>([["population", population]]);
  for (const name of plan.config.references ? JOB_NAMES : []) {
    if (name !== "population") {
      results.set(name, await JOBS[name].run({ ...input, ...afterPopulation(population) }));
    }
  }
  return results;
}

function strategiesOf(
  outcomes: readonly StrategyOutcome[],
  percentiles: ReadonlyMap<string, number | null> = new Map(),
): GoldenRun["strategies"] {
  const strategies = outcomes.map(({ name, series, metrics }) => {
    const { verdicts, blocked, scaling: _, ...rest } = metrics; // newer than the set; recomputed by the oracles
    const strategy: GoldenStrategy = {
      metrics: { ...rest, ...verdicts, ...blocked },
      equity: series && goldenColumn(series.equity),
      percentile: percentiles.get(name) ?? null,
    };
    return [name, strategy] as const;
  });
  return Object.fromEntries(strategies);
}

/** A tree of objects as arrays of what they hold, in the order in which their keys were made. */
function leaves(tree: unknown): unknown {
  if (typeof tree !== "object" || tree === null) return tree;
  return Object.values(tree).map(leaves);
}

/** An iteration as numbers in a fixed order. */
function eventNumbers(event: IterationEvent): number[] {
  const team = (one: Readonly<Record<Role, number>>) => ROLES.map((role) => one[role]);
  return numbersIn([
    event.k,
    event.row,
    event.lastRow,
    event.time,
    ROLES.map((role) =>
      event.agents[role].map((agent) => [
        agent.variant,
        agent.credit,
        agent.novelty,
        agent.score,
        agent.genome,
      ])
    ),
    team(event.champion),
    event.championScore,
    event.meanScore,
    event.bestScore,
    event.committee.map(team),
    ROLES.map((role) => {
      const { parameter, behaviour, output, effective } = event.diversity[role];
      return [parameter, behaviour, output, effective];
    }),
    event.transfers.map((lesson) => [
      lesson.role,
      lesson.teacher,
      lesson.student,
      lesson.operator,
      lesson.tau,
      lesson.before,
      lesson.after,
      lesson.outputDistance,
    ]),
    event.mutations.map(({ role, agent, before, after }) => [role, agent, before, after]),
    event.collapse,
    event.equity.champion,
    event.equity.committee,
  ]);
}

async function populationRun(settings: Settings, market?: Panel): Promise<GoldenRun> {
  const config = populationConfig(settingsOf(settings));
  const plan = planRun(config, market ?? marketOf(config).panel);
  const jobs = await populationJobs(plan);
  const { result } = outcomeOfJobs(plan, jobs);
  const { field } = result;
  return {
    strategies: strategiesOf(
      [...jobs.values()].flatMap((job) => job.strategies),
      new Map(result.strategies.map(({ name, fieldPercentile }) => [name, fieldPercentile])),
    ),
    events: iterationsOf(jobs.get("population")!).map((event) => goldenColumn(eventNumbers(event))),
    rest: {
      drawnMean: goldenColumn(numbersIn([result.populationMeanInSample])),
      populationMeans: goldenColumn(
        numbersIn([result.populationMean, ...Object.values(result.otherPopulationMeans)]),
      ),
      field: goldenColumn(numbersIn(field && [field.pipelines, field.overfitting, field.deflatedSharpe])),
      accounts: goldenColumn(numbersIn(leaves(result.strategies.map(({ account }) => account)))),
      agents: goldenColumn(numbersIn(leaves(result.agentPerformance))),
      researchers: goldenColumn(numbersIn(leaves(result.researcherQuality))),
      fieldSharpes: goldenColumn(jobs.get("references")?.field?.sharpes ?? []),
      finalCredit: goldenColumn(
        numbersIn(
          result.finalCredit.map((
            { role, variant, credit, shapley, shapleyError },
          ) => [role, variant, credit, shapley, shapleyError]),
        ),
      ),
    },
  };
}

function pipelineRun(settings: Settings, market?: Panel): GoldenRun {
  const config = pipelineConfig(settingsOf(settings));
  const { panel, window } = planRun(config, market ?? marketOf(config).panel);
  const desk = createDesk(panel, config, MEMO_BYTES);
  const { strategies, evaluation, fills } = pipelineStrategies(desk, configuredPipeline(config), window);
  const e = evaluation!;
  return {
    strategies: strategiesOf(strategies),
    events: [],
    rest: {
      forecasts: goldenColumn(numbersIn([
        [e.horizon, e.count, e.baseRate, e.brier, e.pinball, e.pinballOfPast],
        [e.calibration.ece, e.calibration.quantile95, e.calibration.p],
        [e.interval.nominal, e.interval.covered, e.interval.width],
      ])),
      fills: goldenColumn(
        numbersIn(
          fills.map((
            fill,
          ) => [
            fill.row,
            fill.coin,
            FILL_KINDS.indexOf(fill.kind),
            fill.quantity,
            fill.price,
            fill.fee,
            fill.slippage,
            fill.realised,
          ]),
        ),
      ),
    },
  };
}

/** The development rows of the real bars, the first ROWS of them. */
function realPanel(): Panel {
  return truncatePanel(loadBybitPanel(realBarsFolder()!).panel, ROWS);
}

const smokeFile = new URL("../../configs/smoke.yaml", import.meta.url);
const alone = { references: false };
const learner = (population: Settings) => () => populationRun({ ...alone, population });

/** Every run of the set. */
export const GOLDEN_CASES: readonly GoldenCase[] = [
  {
    name: "smoke",
    real: false,
    make: () => populationRun(parse(Deno.readTextFileSync(smokeFile)) as Settings),
  },
  { name: "soft_update", real: false, make: () => populationRun({}) },
  { name: "no_transfer", real: false, make: learner({ transfer: "none" }) },
  { name: "distillation", real: false, make: learner({ transfer: "distillation" }) },
  { name: "selective", real: false, make: learner({ transfer: "selective" }) },
  { name: "hybrid", real: false, make: learner({ transfer: "hybrid" }) },
  { name: "shapley_credit", real: false, make: learner({ credit: "shapley", creditMemory: 0 }) },
  { name: "individual_credit", real: false, make: learner({ credit: "individual", score: "utility" }) },
  {
    name: "homogeneous_pbt",
    real: false,
    make: () =>
      populationRun({
        ...alone,
        market: { mode: "planted", ic: 0.1 },
        population: { variants: "homogeneous", learning: "pbt" },
      }),
  },
  { name: "grid_draw", real: false, make: learner({ draw: "grid" }) },
  { name: "committee", real: false, make: learner({ deploy: "committee", committeeShare: 0.2 }) },
  {
    name: "mutation",
    real: false,
    make: () =>
      populationRun({
        ...alone,
        iterations: 21,
        population: { diversityTrigger: 2, transferEvery: 4, tauSchedule: "linear", score: "growth" },
      }),
  },
  { name: "nine_agents", real: false, make: learner({ size: 9 }) },
  {
    name: "planted",
    real: false,
    make: () => populationRun({ market: { mode: "planted", ic: 0.1 }, data: { source: "synthetic" } }),
  },
  { name: "multi", real: false, make: () => pipelineRun({}) },
  {
    name: "multi_planted",
    real: false,
    make: () =>
      pipelineRun({
        market: { mode: "planted", ic: 0.1 },
        pipeline: { analyst: "hybrid", researcher: "bayesian", trader: "contrarian", risk: "var_based" },
      }),
  },
  {
    name: "run",
    real: false,
    make: () => pipelineRun({ coins: ["ETH"], pipeline: { researcher: "adaptive", risk: "dynamic" } }),
  },
  { name: "real_population", real: true, make: () => populationRun({}, realPanel()) },
  {
    name: "real_multi",
    real: true,
    make: () =>
      pipelineRun(
        { pipeline: { analyst: "momentum", researcher: "quantile", trader: "aggressive", risk: "drawdown" } },
        realPanel(),
      ),
  },
];

/** True where the real bars of the set can be read. */
export function hasRealBars(): boolean {
  const folder = realBarsFolder();
  return folder !== null && existsSync(folder);
}
