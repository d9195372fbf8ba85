import { join } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { loadRows } from "../../adapters/bars/load_market.ts";
import { writeBenchmark } from "../../adapters/llm/benchmark_files.ts";
import { pipelineRunConfig } from "../../experiments/config.ts";
import { drawBenchmark } from "../../experiments/decisions/draw_benchmark.ts";
import { createDesk } from "../../experiments/market.ts";
import { configuredPipeline } from "../../experiments/pipeline_strategies.ts";
import { sourceText } from "../../figures/run_subtitle.ts";
import { PROMPT_KEYS } from "../../inventory/trader/prompts/catalogue.ts";
import { checkedOf, withConfigFlags } from "../config_options.ts";
import { countOf } from "../counts.ts";
import { say } from "../print.ts";

const EXAMPLES = `
Decision points are spread over the market's regimes and over coins, one coin at each, and frozen in a file with what
is known there, what came of it and what the rules-based desk makes of it. Sealed months stay sealed.

Examples:
  deno task popagent llm draw mine --synthetic planted --ic 0.1
  deno task popagent llm draw real --data data/bybit --points 400
  deno task llm run --model gpt-4.1 --benchmark data/llm/benchmarks/mine`;

const MEMO_BYTES = 256 * 2 ** 20;

/** popagent llm draw: a benchmark of one's own. */
export function llmDrawCommand() {
  return withConfigFlags(new Command("draw").argument("<name>", "what the benchmark is called"))
    .description("Draw the decisions of a benchmark from a market and freeze them")
    .option("--points <count>", "decision points", "240")
    .option("--prompt <key>", `who asks: ${PROMPT_KEYS.join(", ")}`, "trendShort")
    .option("--out <folder>", "where benchmarks go", "data/llm/benchmarks")
    .addHelpText("after", EXAMPLES)
    .action(async (name, flags) => {
      const config = pipelineRunConfig((await checkedOf(flags, [])).settings);
      const panel = await loadRows(config);
      const benchmark = drawBenchmark(createDesk(panel, config, MEMO_BYTES), configuredPipeline(config), {
        name,
        source: sourceText(panel.source),
        points: countOf(flags.points, "--points"),
        prompt: flags.prompt,
        seed: config.seed,
      });
      const folder = join(flags.out, name);
      await writeBenchmark(folder, benchmark);
      say(`${benchmark.points.length} decisions, ${benchmark.source}: ${folder}`);
    });
}
