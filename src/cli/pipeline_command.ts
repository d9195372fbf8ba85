import { join } from "node:path";
import type { Command } from "@commander-js/extra-typings";
import { writeFileAtomic } from "../adapters/atomic_file.ts";
import { loadMarket } from "../adapters/load_market.ts";
import { rowsOfRun } from "../adapters/population_run.ts";
import { createRunFolder, finishRun, type RunFolder } from "../adapters/run_folder.ts";
import { recordTrial } from "../adapters/trial_ledger.ts";
import { UserError } from "../adapters/user_error.ts";
import { VARIANTS } from "../agents/catalogue.ts";
import type { Role } from "../genome/role.ts";
import { canonicalJson, hashJson } from "../core/hash.ts";
import { assembleRun } from "../experiments/assemble.ts";
import type { RunConfig } from "../experiments/config.ts";
import { runWindow } from "../experiments/jobs.ts";
import { createDesk } from "../experiments/market.ts";
import { configuredPipeline, pipelineStrategies } from "../experiments/pipeline_strategies.ts";
import { trialKey } from "../experiments/trials.ts";
import type { Panel } from "../market/panel.ts";
import { type ConfigFlags, numeric, withConfigFlags } from "./config_options.ts";
import { HOLDOUT_FILE, RUNS_FOLDER, TRIALS_FILE } from "./paths.ts";
import { evaluationText, pipelineLine, tradesText } from "./pipeline_text.ts";
import { resultText } from "./result_table.ts";

/** Bytes of series that one pipeline and its references may keep. */
const MEMO_BYTES = 256 * 2 ** 20;
/** The evaluator's findings beside result.json; deterministic as it is. */
const EVALUATION_FILE = "evaluation.json";

/** The flags of the commands that trade one pipeline. */
export interface PipelineFlags extends ConfigFlags {
  readonly analyst?: string | undefined;
  readonly researcher?: string | undefined;
  readonly trader?: string | undefined;
  readonly risk?: string | undefined;
  readonly holdout?: string | undefined;
  readonly trades?: string | undefined;
  readonly out: string;
  readonly json?: boolean | undefined;
}

const names = (role: Role) => VARIANTS[role].map(({ name }) => name).join(", ");

/** Adds the flags of one pipeline to a command. */
export function withPipelineFlags<Args extends unknown[]>(command: Command<Args>) {
  return withConfigFlags(command)
    .option("--analyst <variant>", names("analyst"))
    .option("--researcher <variant>", names("researcher"))
    .option("--trader <variant>", names("trader"))
    .option("--risk <variant>", names("risk"))
    .option("--holdout <reason>", "open the sealed last 12 months, for this reason; it is logged")
    .option("--trades <count>", "list the pipeline's last fills")
    .option("--out <folder>", "where run folders go", RUNS_FOLDER)
    .option("--json", "print the result and the evaluator's findings as JSON instead of tables");
}

/** Flags of one pipeline as settings. */
export function pipelineSettings(flags: PipelineFlags): readonly (readonly [string, unknown])[] {
  return [
    ["pipeline.analyst", flags.analyst],
    ["pipeline.researcher", flags.researcher],
    ["pipeline.trader", flags.trader],
    ["pipeline.risk", flags.risk],
  ];
}

/** Trades the configured pipeline beside its references, writes the run folder and prints what came of it. */
export async function runPipeline(
  command: "multi" | "run",
  config: RunConfig,
  flags: PipelineFlags,
): Promise<void> {
  const pipeline = configuredPipeline(config); // says what is wrong before any work, as all up to the folder
  const trades = flags.trades === undefined ? 0 : wholeNumber(flags.trades, "--trades");
  const request = { config, holdout: flags.holdout ?? null, holdoutLog: HOLDOUT_FILE, now: Date.now() };
  const panel = rowsOfRun(await loadMarket(request), config);
  const window = runWindow(panel.rows, config);

  const startedAt = Date.now();
  const folder = await createRunFolder({ root: flags.out, command, config, panel, resume: false });
  await orNothing(folder, async () => {
    const trial = countTrial(command, config, panel);
    const desk = createDesk(panel, config, MEMO_BYTES);
    const { job, evaluation, fills } = pipelineStrategies(desk, pipeline, window);
    const { result, series } = assembleRun({
      command,
      config,
      panel,
      jobs: [job],
      reported: window,
      headline: "pipeline",
    });
    await writeFileAtomic(join(folder.directory, EVALUATION_FILE), `${canonicalJson(evaluation)}\n`);
    await finishRun(folder, { result, series, events: [], config, trial, startedAt, finishedAt: Date.now() });
    const last = trades > 0 ? fills.slice(-trades) : [];
    if (flags.json) {
      const listed = last.map((fill) => ({ ...fill, time: panel.openTime[fill.row]! }));
      console.log(JSON.stringify({ ...result, evaluation, ...(trades > 0 ? { trades: listed } : {}) }));
      return;
    }
    const blocks = [
      resultText(result),
      pipelineLine(config),
      evaluationText(config.pipeline.researcher, evaluation),
      ...(trades > 0 ? [tradesText(fills, panel, trades)] : []),
      `Report: ${join(folder.directory, "report.html")}`,
    ];
    console.log(blocks.join("\n\n"));
  });
}

/** A flag that counts something. */
function wholeNumber(text: string, flag: string): number {
  const value = numeric(text);
  if (typeof value === "number" && Number.isInteger(value) && value >= 1) return value;
  throw new UserError(`Cannot read ${flag} as it must be an integer >= 1: current value is ${text}`);
}

/** Runs what fills a run folder; if it fails, the folder goes. */
async function orNothing(folder: RunFolder, fill: () => Promise<void>): Promise<void> {
  try {
    await fill();
  } catch (error) {
    await Deno.remove(folder.directory, { recursive: true });
    throw error;
  }
}

/** Counts the trial before its result is known. One configuration gives each command a trial of its own. */
function countTrial(command: string, config: RunConfig, panel: Panel): number {
  return recordTrial(TRIALS_FILE, {
    key: hashJson({ command, trial: trialKey(config, panel.hash, runWindow(panel.rows, config)) }),
    time: new Date().toISOString(),
    command,
    rowsHash: panel.hash,
    seed: config.seed,
  });
}
