/** What every job of a run leaves: the accounts of its strategies, and what its learners decided and carried on. */
import { pipelineOf } from "../../agents/agent.ts";
import { type Desk, limitsOf, planOf } from "../../agents/desk.ts";
import { rng } from "../../core/rng.ts";
import { DECLARED_COINS } from "../../core/universe.ts";
import type { IterationEvent } from "../../events/iteration.ts";
import { byRole } from "../../genome/role.ts";
import { type Panel, truncatePanel } from "../../market/panel.ts";
import { createAccount, writeAccount } from "../../simulation/account.ts";
import { BAR_BOOK_COLUMNS } from "../../simulation/bar_book.ts";
import { tradeRows } from "../../simulation/trade_rows.ts";
import type { PopulationRunConfig } from "../config.ts";
import { iterationsOf } from "../jobs/job.ts";
import type { JobResult } from "../jobs/job_result.ts";
import { JOB_NAMES, JOBS } from "../jobs/registry.ts";
import { type Checkpoints, noCheckpoints } from "../ports/checkpoints.ts";
import { planRun } from "../run_plan.ts";
import { plantedPanel } from "./planted_market.ts";
import type { Outputs, RowRecord, RowSeries } from "./probe.ts";
import { probedConfig } from "./probed_config.ts";
import { deskOf } from "./run_outputs.ts";

/** First decision and first reported row, rows in all, and streams of random teams that are looked at one by one. */
const FIRST = 431, FROM = 468, ROWS = 600, STREAMS = 20;
/** Rows of the market whose first rows these are: the truth behind the planted oracle is that market's. */
const MARKET_ROWS = 1000;

/** The strategies that choose with hindsight, and say so: the best of the field, and the middle one of 20 random streams. */
export const HINDSIGHT: readonly string[] = ["hindsight", "randomSwitching"];

/** The small market that all jobs are run on. */
export function strategyPanel(seed: number): Panel {
  return truncatePanel(plantedPanel(MARKET_ROWS, seed), ROWS);
}

/** Its run: decisions at rows 431, 467, 503 ..., transfers at k = 2, 4 (rows 503, 575). */
export function strategyConfig(seed: number): PopulationRunConfig {
  return probedConfig({
    market: { mode: "planted", ic: 0.08, seed, rows: MARKET_ROWS },
    clock: { firstDecision: FIRST, reportFrom: FROM },
    population: {
      size: 3,
      transferEvery: 2,
      committeeShare: 9 / 81,
      transferTau: 0.4,
      diversityTrigger: 1.05,
    },
    seed: 16,
  });
}

/** All jobs of a run, its references and its placebo, as a run would do them on the rows there are. */
export async function strategyOutputs(world: Panel, config: PopulationRunConfig): Promise<Outputs> {
  const desk = deskOf(world, config);
  const records: RowRecord[] = [];
  const input = {
    plan: planRun(config, world),
    desk,
    checkpoints: watch(records, config.clock),
    proposals: {},
    onProgress: () => {},
  };
  const population = await JOBS.population.run({ ...input, iterations: [] });
  const iterations = iterationsOf(population);
  const others = JOB_NAMES.filter((job) => job !== "population");
  const results = [
    population,
    ...await Promise.all(others.map((job) => JOBS[job].run({ ...input, iterations }))),
  ];
  return {
    series: [...results.flatMap(strategySeries), ...randomStreams(desk, iterations, config)],
    records,
  };
}

function strategySeries({ strategies }: JobResult): RowSeries[] {
  return strategies.flatMap(({ name, series }) =>
    series
      ? BAR_BOOK_COLUMNS.map((column) => ({ name: `${name} ${column}`, values: series[column], from: FROM }))
      : []
  );
}

/**
 * Checkpoints that note what each learner decided, at its decision rows, and everything that it hands on to its next iteration, at the row
 * by which it trades no more.
 */
function watch(records: RowRecord[], { stepRows }: PopulationRunConfig["clock"]): Checkpoints {
  return {
    ...noCheckpoints,
    append: (strategy, state, { events }) => {
      const { equity: _equity, lastRow: _lastRow, ...decided } = events[0] as IterationEvent;
      const { genomes } = state as { genomes: unknown };
      records.push(
        { name: `${strategy} event`, row: decided.row, value: decided },
        { name: `${strategy} genomes`, row: decided.row, value: genomes },
        { name: `${strategy} state`, row: decided.row + stepRows, value: state },
      );
    },
  };
}

/** Each stream of random teams by itself, as the placebo trades them before it knows which one lies in the middle. */
function randomStreams(
  desk: Desk,
  events: readonly IterationEvent[],
  { seed }: PopulationRunConfig,
): RowSeries[] {
  return Array.from({ length: STREAMS }, (_, stream) => {
    let account = writeAccount(createAccount(DECLARED_COINS.length, desk.startingEquity));
    const equity: number[] = [];
    for (const { k, row, lastRow, agents } of events) {
      const team = pipelineOf(byRole((role) => {
        const drawn = agents[role][rng("random switching", seed, k, role, stream).int(agents[role].length)]!;
        return { variant: drawn.variant, coordinates: drawn.genome };
      }));
      const mandate = { plan: planOf(desk, team), limits: limitsOf(desk, team) };
      const rows = { from: row + 1, to: lastRow + 1 };
      const [after, bars] = tradeRows(desk.arena, account, mandate, rows, true);
      account = after;
      equity.push(...bars.equity);
    }
    return { name: `random stream ${stream}`, values: Float64Array.from(equity), from: FIRST + 1 };
  });
}
