import { Command } from "@commander-js/extra-typings";
import { COMMITTED_BENCHMARK, readBenchmarkFolder } from "../../adapters/llm/benchmark_files.ts";
import { fromHere } from "../../adapters/files/from_here.ts";
import { compareModels, type ModelComparison } from "../../experiments/decisions/compare_models.ts";
import { decisionTables } from "../../figures/decision_tables.ts";
import { markdownTable } from "../../report/text/markdown_table.ts";
import { paragraph } from "../../report/text/paragraph.ts";
import { textTable } from "../../report/text/run_text.ts";
import { say } from "../print.ts";

const EXAMPLES = `
Reads what llm run kept, and the network is not touched. Without a folder it is the benchmark that is committed. Every
row says whether its decisions lie before, around or after the model's stated cutoff, or in a synthetic market, which no
model can have read of. Simulated models are programs with known faults, there to see whether the metrics find them.

Examples:
  deno task popagent llm compare                        the committed benchmark
  deno task popagent llm compare data/llm/benchmarks/mine
  deno task popagent llm compare --no-simulated --markdown   real models alone, as docs hold them
  deno task popagent llm compare --json                 every number, unrounded`;

/** popagent llm compare: how good models decide. */
export function llmCompareCommand() {
  return new Command("compare")
    .argument("[folder]", "a benchmark and the answers beside it", fromHere(COMMITTED_BENCHMARK))
    .description("Compare models by the quality of their decisions, without the network")
    .option("--no-simulated", "leave simulated models out")
    .option("--markdown", "print Markdown instead of text")
    .option("--json", "print JSON instead of text")
    .addHelpText("after", EXAMPLES)
    .action(async (folder, flags) => {
      const { benchmark, models } = await readBenchmarkFolder(folder);
      const shown = models.filter(({ model }) => flags.simulated || !model.simulated);
      const comparison = compareModels(benchmark, shown);
      if (flags.json) return say(JSON.stringify(comparison));
      say(flags.markdown ? comparisonMarkdown(comparison) : comparisonText(comparison));
    });
}

/** Every table as Markdown; docs/DECISION_BENCHMARK.md holds that of who was asked. */
function comparisonMarkdown(comparison: ModelComparison): string {
  return decisionTables(comparison).map(markdownTable).join("\n");
}

/** Warnings first, then every table under its title. */
function comparisonText(comparison: ModelComparison): string {
  const { benchmark, deciders } = comparison;
  const warnings = [
    ...(benchmark.synthetic ? [`${benchmark.source}: the market is made up.`] : []),
    ...(deciders.some(({ simulated }) => simulated)
      ? ["Models marked SIMULATED are programs with planted faults, no language models."]
      : []),
  ];
  const tables = decisionTables(comparison).map((table) =>
    [table.title, paragraph(table.caption), textTable(table)].join("\n")
  );
  return [warnings.map((warning) => paragraph(`!! ${warning}`)).join("\n"), ...tables].join("\n\n");
}
