import assert from "node:assert/strict";
import { pipelineOf } from "popagent/agents/agent.ts";
import { type Desk, limitsOf, planOf } from "popagent/agents/desk.ts";
import { rng } from "popagent/core/rng.ts";
import { timeSeriesMomentum, volatilityTargetedHold } from "popagent/experiments/references/passive.ts";
import { iterationsOf } from "popagent/experiments/jobs/job.ts";
import type { JobResult } from "popagent/experiments/jobs/job_result.ts";
import { JOB_NAMES, JOBS } from "popagent/experiments/jobs/registry.ts";
import { type Checkpoints, noCheckpoints } from "popagent/experiments/ports/checkpoints.ts";
import { DECLARED_COINS } from "popagent/core/universe.ts";
import { type Panel, truncatePanel } from "popagent/market/panel.ts";
import type { IterationEvent } from "popagent/events/iteration.ts";
import { BAR_BOOK_COLUMNS } from "popagent/simulation/bar_book.ts";
import { tradeRows } from "popagent/simulation/trade_rows.ts";
import { byRole } from "popagent/genome/role.ts";
import { createAccount, writeAccount } from "popagent/simulation/account.ts";
import { PLAN_WIDTH } from "popagent/simulation/plan.ts";
import { plantedPanel } from "popagent/experiments/leakage/planted_market.ts";
import { cuts, futures } from "popagent/experiments/leakage/trials.ts";
import {
  flagged,
  type Outputs,
  probe,
  report,
  type RowRecord,
  type RowSeries,
} from "popagent/experiments/leakage/probe.ts";
import { jobInput } from "../experiments/job_input.ts";
import { deskOf } from "popagent/experiments/leakage/run_outputs.ts";
import { populationConfig } from "../run_config.ts";

const FROM = 468, FIRST = 431, STREAMS = 20;
// Decisions at rows 431, 467, 503 ..., transfers at k = 2, 4 (rows 503, 575). The truth behind the planted oracle
// is that of the market these rows begin.
const panel = truncatePanel(plantedPanel(1000), 600);
const config = populationConfig({
  market: { mode: "planted", ic: 0.08, seed: 3, rows: 1000 },
  clock: { firstDecision: FIRST, reportFrom: FROM },
  population: { size: 3, transferEvery: 2, committeeShare: 9 / 81, transferTau: 0.4, diversityTrigger: 1.05 },
  seed: 16,
});

/** The strategies that choose with hindsight, and say so: the best of the field, and the middle one of 20 random streams. */
const HINDSIGHT = ["hindsight", "randomSwitching"];

function strategySeries({ strategies }: JobResult): RowSeries[] {
  return strategies.flatMap(({ name, series }) =>
    series
      ? BAR_BOOK_COLUMNS.map((column) => ({ name: `${name} ${column}`, values: series[column], from: FROM }))
      : []
  );
}

/** Checkpoints that note what each learner decided, and the genomes it went on with, at its decision rows. */
function watch(records: RowRecord[]): Checkpoints {
  return {
    ...noCheckpoints,
    append: (strategy, state, { events }) => {
      const { equity: _equity, lastRow: _lastRow, ...decided } = events[0] as IterationEvent;
      const { genomes } = state as { genomes: unknown };
      records.push(
        { name: `${strategy} event`, row: decided.row, value: decided },
        { name: `${strategy} genomes`, row: decided.row, value: genomes },
      );
    },
  };
}

/** All jobs of a run, its references and its placebo, as a run would do them on the rows there are. */
async function strategyOutputs(world: Panel): Promise<Outputs> {
  const desk = deskOf(world, config);
  const records: RowRecord[] = [];
  const input = jobInput(desk, config, { checkpoints: watch(records) });
  const population = await JOBS.population.run(input);
  const iterations = iterationsOf(population);
  const others = JOB_NAMES.filter((job) => job !== "population");
  const results = [
    population,
    ...await Promise.all(others.map((job) => JOBS[job].run({ ...input, iterations }))),
  ];
  return { series: [...results.flatMap(strategySeries), ...randomStreams(desk, iterations)], records };
}

/** Each stream of random teams by itself, as the placebo trades them before it knows which one lies in the middle. */
function randomStreams(desk: Desk, events: readonly IterationEvent[]): RowSeries[] {
  return Array.from({ length: STREAMS }, (_, stream) => {
    let account = writeAccount(createAccount(DECLARED_COINS.length, desk.startingEquity));
    const equity: number[] = [];
    for (const { k, row, lastRow, agents } of events) {
      const team = pipelineOf(byRole((role) => {
        const drawn =
          agents[role][rng("random switching", config.seed, k, role, stream).int(agents[role].length)]!;
        return { variant: drawn.variant, coordinates: drawn.genome };
      }));
      const mandate = { plan: planOf(desk, team), limits: limitsOf(desk, team) };
      const [after, bars] = tradeRows(
        desk.arena,
        account,
        mandate,
        { from: row + 1, to: lastRow + 1 },
        true,
      );
      account = after;
      equity.push(...bars.equity);
    }
    return { name: `random stream ${stream}`, values: Float64Array.from(equity), from: FIRST + 1 };
  });
}

Deno.test("every strategy: its account at or before t knows no row after t, but for those that say they choose in hindsight", async () => {
  let whole: Outputs | null = null;
  const verdict = await probe(panel, [
    ...cuts(panel, [485, 504, 540, 577]),
    ...futures(panel, [503], ["reversed", "otherCoin"]),
    ...futures(panel, [560], ["tenfold"]),
  ], async (world) => {
    const outputs = await strategyOutputs(world);
    if (world === panel) whole = outputs;
    return outputs;
  });
  const names = [...new Set(whole!.series.map(({ name }) => name.split(" ")[0]!))];
  console.log(
    `${verdict.trials} worlds, ${verdict.compared} values compared, strategies: ${names.join(" ")}`,
  );
  const blind = {
    ...verdict,
    violations: verdict.violations.filter(({ output }) => !HINDSIGHT.includes(output.split(" ")[0]!)),
  };
  assert.equal(blind.violations.length, 0, report(blind));
  assert.ok(
    flagged(verdict).includes("hindsight equity"),
    "the probe must see that the hindsight strategy knows the future",
  );

  const reported = whole!.series.find(({ name }) => name === "randomSwitching equity")!;
  assert.ok(
    whole!.series.some(({ name, values }) =>
      name.startsWith("random stream") &&
      values.slice(FROM - FIRST - 1).every((x, i) => x === reported.values[i])
    ),
    "the placebo is one of the blind streams",
  );
});

// Equity at or before t cannot see an order that fills at t+1, so the plans are looked at as well, at their own rows.
Deno.test("the managed references: their plans at or before t know no row after t", async () => {
  const resets = [FROM - 1, FROM + 41, FROM + 83];
  const verdict = await probe(panel, [...cuts(panel, resets), ...futures(panel, resets)], (world) => {
    const desk = deskOf(world, config);
    const width = DECLARED_COINS.length * PLAN_WIDTH;
    return {
      series: Object.entries({ timeSeriesMomentum, volatilityTargetedHold }).map(([name, mandate]) => ({
        name,
        values: mandate(desk, FROM).plan.values,
        width,
      })),
    };
  });
  assert.equal(verdict.violations.length, 0, report(verdict));
});
