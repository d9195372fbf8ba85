import { dirname } from "node:path";
import type { Command } from "@commander-js/extra-typings";
import { loadMarket } from "../adapters/bars/load_market.ts";
import { VARIANTS } from "../agents/catalogue.ts";
import type { PipelineRunConfig } from "../experiments/config.ts";
import { configuredPipeline } from "../experiments/pipeline_strategies.ts";
import { type PipelineRunOutcome, runPipeline } from "../experiments/pipeline_run.ts";
import { keepRun } from "../experiments/run.ts";
import { planRun } from "../experiments/run_plan.ts";
import type { Role } from "../genome/role.ts";
import type { Panel } from "../market/panel.ts";
import { evaluationText, pipelineLine, tradesText } from "../report/text/pipeline_text.ts";
import { resultText } from "../report/text/run_text.ts";
import { type ConfigFlags, type FlagSetting, withConfigFlags } from "./config_options.ts";
import { furtherMetrics, METRICS_FLAG } from "./metrics_flag.ts";
import { countOf } from "./counts.ts";
import { HOLDOUT_FILE, RUNS_FOLDER } from "./paths.ts";
import { say } from "./print.ts";
import { servicesOf } from "./services.ts";

/** Bytes of series that one pipeline and its references may keep. */
const MEMO_BYTES = 256 * 2 ** 20;

/** The flags of the commands that trade one pipeline. */
export interface PipelineFlags extends ConfigFlags {
  readonly analyst?: string | undefined;
  readonly researcher?: string | undefined;
  readonly trader?: string | undefined;
  readonly risk?: string | undefined;
  readonly opening?: string | undefined;
  readonly trades?: string | undefined;
  readonly out: string;
  readonly metrics: string;
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
    .option("--opening <id>", "see the sealed last 12 months by this opening (holdout open); it is logged")
    .option("--trades <count>", "list the pipeline's last fills")
    .option("--out <folder>", "where run folders go", RUNS_FOLDER)
    .option(...METRICS_FLAG)
    .option("--json", "print the result and the evaluator's findings as JSON instead of tables");
}

/** Flags of one pipeline as settings. */
export function pipelineSettings(flags: PipelineFlags): readonly FlagSetting[] {
  return [
    ["pipeline.analyst", flags.analyst, "--analyst"],
    ["pipeline.researcher", flags.researcher, "--researcher"],
    ["pipeline.trader", flags.trader, "--trader"],
    ["pipeline.risk", flags.risk, "--risk"],
  ];
}

/** Trades the configured pipeline beside its references, keeps the run and prints what came of it. */
export async function runPipelineCommand(
  command: "multi" | "run",
  config: PipelineRunConfig,
  flags: PipelineFlags,
): Promise<void> {
  configuredPipeline(config); // says what is wrong before any work, as all up to the run itself
  const trades = flags.trades === undefined ? 0 : countOf(flags.trades, "--trades");
  const further = furtherMetrics(flags.metrics);
  const request = { config, opening: flags.opening ?? null, holdoutLog: HOLDOUT_FILE, now: Date.now() };
  const plan = planRun(config, await loadMarket(request));
  const { outcome, report } = await keepRun(
    { command, plan },
    { checkpoints: false, resume: false },
    servicesOf(flags.out),
    () => runPipeline(command, plan, MEMO_BYTES),
  );
  const text = flags.json ? jsonOf(outcome, plan.panel, trades) : [
    ...blocksOf(outcome, config, plan.panel, trades),
    ...further(outcome.result),
    `Report: ${report}`,
  ].join("\n\n");
  say(text, dirname(report));
}

function jsonOf(
  { result, findings, fills }: PipelineRunOutcome,
  { openTime }: Panel,
  trades: number,
): string {
  const last = trades > 0 ? fills.slice(-trades) : [];
  const listed = last.map((fill) => ({ ...fill, time: openTime[fill.row]! }));
  return JSON.stringify({ ...result, ...findings, ...(trades > 0 ? { trades: listed } : {}) });
}

function blocksOf(
  { result, series, findings, fills }: PipelineRunOutcome,
  config: PipelineRunConfig,
  panel: Panel,
  trades: number,
): string[] {
  return [
    resultText(result, series),
    pipelineLine(config),
    evaluationText(config.pipeline.researcher, findings.evaluation),
    ...(trades > 0 ? [tradesText(fills, panel, trades)] : []),
  ];
}
