/**
 * Runs in a scratch copy of the house to which everything in extensions.ts was added, and prints what came of it:
 * do draws, field, figures, tables and files know of it without having been told? Arguments: modules of one's own.
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { resolveSettings } from "popagent/adapters/config/resolve_settings.ts";
import { readSettingsFile } from "popagent/adapters/config/settings_file.ts";
import { readRun, writeRun } from "popagent/adapters/runs/run_files.ts";
import type { RecordedEvent } from "popagent/events/event.ts";
import { populationRunConfig } from "popagent/experiments/config.ts";
import { iterationsOf } from "popagent/experiments/jobs/job.ts";
import type { JobResult } from "popagent/experiments/jobs/job_result.ts";
import { JOB_NAMES, type JobName, JOBS } from "popagent/experiments/jobs/registry.ts";
import { createDesk, marketOf } from "popagent/experiments/market.ts";
import { outcomeOfJobs } from "popagent/experiments/population_run.ts";
import { noCheckpoints } from "popagent/experiments/ports/checkpoints.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { creditTable } from "popagent/figures/credit_table.ts";
import { eventsTable } from "popagent/figures/events_table.ts";
import { notesTable, resultTable, tradingTable } from "popagent/figures/result_table.ts";
import { runFigures } from "popagent/figures/run_figures.ts";
import { runPage } from "popagent/report/html/run_page.ts";
import { figureSvg } from "popagent/report/svg/figure_svg.ts";
import { resultText } from "popagent/report/text/run_text.ts";

for (const own of Deno.args) await import(pathToFileURL(resolve(own)).href);

const file = "configs/six_coins.yaml";
const config = populationRunConfig(
  resolveSettings(await readSettingsFile(file), { learns: true }).settings,
);
const plan = planRun(config, marketOf(config).panel);
const desk = createDesk(plan.panel, config, 2 ** 28);
const input = { plan, desk, checkpoints: noCheckpoints, iterations: [], proposals: {}, onProgress: () => {} };
const population = await JOBS.population.run(input);
const jobs = new Map<JobName, JobResult>([["population", population]]);
for (const job of JOB_NAMES) {
  if (job !== "population") {
    jobs.set(job, await JOBS[job].run({ ...input, iterations: iterationsOf(population) }));
  }
}
const outcome = outcomeOfJobs(plan, jobs);
const pause: RecordedEvent = {
  type: "pause" as "iteration",
  row: 3,
  reason: "scratch",
} as unknown as RecordedEvent;
const record = { ...outcome, events: [...outcome.events, pause] };
const provenance = {
  startedAt: "2026-01-01T00:00:00Z",
  wallSeconds: 1,
  sequence: 1,
  git: null,
  versions: {},
};
await writeRun("run", record, provenance);
const stored = await readRun("run");

const tables = [resultTable, tradingTable, notesTable, creditTable].map((table) =>
  JSON.stringify(table(stored.result))
);
console.log(JSON.stringify({
  players: iterationsOf(population)[0]!.agents.analyst.map(({ variant }) => variant).concat(
    iterationsOf(population)[0]!.agents.researcher.map(({ variant }) => variant),
    iterationsOf(population)[0]!.agents.risk.map(({ variant }) => variant),
  ),
  fieldPipelines: stored.result.field!.pipelines,
  coins: plan.panel.coins.map(({ coin }) => coin),
  strategies: stored.result.strategies.map(({ name }) => name),
  storedEvents: stored.events.map(({ type }) => type),
  eventRows: eventsTable(stored.events).rows.map(({ cells }) => cells),
  tables: tables.join("\n"),
  text: resultText(stored.result, stored.series),
  figures: runFigures(stored).map((figure) => figureSvg(figure)).join("\n"),
  page: runPage(stored),
}));
