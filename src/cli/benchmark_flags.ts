/** What the commands of the decision benchmark have in common. */
import type { Command } from "@commander-js/extra-typings";
import { COMMITTED_BENCHMARK } from "../adapters/llm/benchmark_files.ts";
import { fromHere } from "../adapters/files/from_here.ts";
import type { AskRequest } from "../experiments/decisions/ask_benchmark.ts";
import { countOf } from "./counts.ts";

/** Points asked plainly, and those asked in every other way too: 205 questions. */
const POINTS = "96", PROBED = "18";

/** Adds the flag that says which benchmark is meant. */
export function withBenchmarkFolder<Args extends unknown[], Options extends Record<string, unknown>>(
  command: Command<Args, Options>,
) {
  return command.option(
    "--benchmark <folder>",
    "a benchmark that was drawn",
    fromHere(COMMITTED_BENCHMARK),
  );
}

/** Adds the flags that say which questions of which benchmark are asked. */
export function withBenchmark<Args extends unknown[], Options extends Record<string, unknown>>(
  command: Command<Args, Options>,
) {
  return withBenchmarkFolder(command)
    .option("--points <count>", "points that are asked, from the first on", POINTS)
    .option("--probed <count>", "points that are asked in every other way too", PROBED);
}

/** How much of a benchmark is asked. */
export function askRequest(
  flags: { readonly points: string; readonly probed: string; readonly maxTokens: string },
): AskRequest {
  return {
    points: countOf(flags.points, "--points"),
    probed: flags.probed === "0" ? 0 : countOf(flags.probed, "--probed"),
    maxTokens: countOf(flags.maxTokens, "--max-tokens"),
  };
}
