import { Command } from "@commander-js/extra-typings";
import type { StoredRun } from "../../adapters/runs/run_files.ts";
import { settingDifferences } from "../../experiments/compare_runs.ts";
import { pipelineRunConfig, populationRunConfig, settingsSchema } from "../../experiments/config.ts";
import { runSubtitle } from "../../figures/run_subtitle.ts";
import { resultText } from "../../report/text/run_text.ts";
import { say } from "../print.ts";
import { RUN_NAME, storedRun, withRuns } from "../stored_run.ts";

const EXAMPLES = `
Examples:
  deno task popagent runs show latest
  deno task popagent runs show population-s1-3f
  deno task popagent runs show 3f2a --json`;

/** popagent runs show: one finished run. */
export function runsShowCommand() {
  return withRuns(new Command("show").argument("<run>", RUN_NAME))
    .description("Show a run: where it came from, its settings beside the defaults, its result")
    .option("--json", "print result and provenance as JSON instead of text")
    .addHelpText("after", EXAMPLES)
    .action(async (name, flags) => {
      const run = await storedRun(flags.runs, name);
      const { result, provenance } = run;
      say(flags.json ? JSON.stringify({ directory: run.directory, result, provenance }) : showText(run));
    });
}

function showText({ directory, result, series, provenance }: StoredRun): string {
  const { startedAt, wallSeconds, git, versions, trial } = provenance;
  const settings = settingDifferences(result.config, defaultsOf(result.command)).map(({ path, a, b }) =>
    `  ${path}: ${JSON.stringify(a)} (default ${JSON.stringify(b) ?? "none"})`
  );
  return [
    runSubtitle(result),
    `Folder:   ${directory}`,
    `Started:  ${startedAt.slice(0, 16).replace("T", " ")} UTC, ${Math.round(wallSeconds)} s` +
    (trial === undefined ? "" : `, trial ${JSON.stringify(trial)}`),
    `Made by:  ${Object.entries(versions).map(([of, version]) => `${of} ${version}`).join(", ")}; ` +
    (git === null ? "no git checkout" : `commit ${git.commit.slice(0, 10)}`),
    `Rows:     ${result.rowsHash.slice(0, 16)}, configuration ${result.configHash.slice(0, 16)}`,
    settings.length === 0 ? "Settings: all at their defaults" : "Settings that are not at their defaults:",
    ...settings,
    "",
    resultText(result, series),
  ].join("\n");
}

function defaultsOf(command: "population" | "multi" | "run"): unknown {
  const defaults = settingsSchema.parse({});
  return JSON.parse(
    JSON.stringify((command === "population" ? populationRunConfig : pipelineRunConfig)(defaults)),
  );
}
