import { join } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { RESULTS_FOLDER } from "../../adapters/evidence/places.ts";
import { requireSameRegistration } from "../../adapters/evidence/registrations.ts";
import { reproduction } from "../../adapters/ledger/reproduction.ts";
import { shardOf } from "../../experiments/grid/grid.ts";
import { gridEndText } from "../../report/text/grid_text.ts";
import { countOf } from "../counts.ts";
import { GRID_CALLED, gridFile, plannedGrid, runGridJob } from "../grid_command.ts";
import { OPENING_FLAG } from "../grid_opening.ts";
import { say } from "../print.ts";
import { parseWorkers } from "../workers.ts";
import { requireNoFailure } from "./experiment_run.ts";

const EXAMPLES = `
Examples:
  deno task experiment shard configs/experiments/smoke.yaml --index 0 --count 3
  deno task experiment merge data/shards/smoke-0-of-3 data/shards/smoke-1-of-3 data/shards/smoke-2-of-3`;

/** popagent experiment shard: a part of a grid, in a store of its own. */
export function experimentShardCommand() {
  return new Command("shard")
    .argument("<grid>", GRID_CALLED)
    .description("Run one of several parts of a grid, in a store of its own that merge takes in")
    .requiredOption("--index <number>", "which part, counted from 0")
    .requiredOption("--count <number>", "how many parts there are")
    .option(
      "--store <folder>",
      "where this part's ledger and results are (data/shards/<grid>-<index>-of-<count>)",
    )
    .option("--workers <count>", "Web Workers; results do not depend on it", "2")
    .option("--opening <id>", OPENING_FLAG)
    .addHelpText("after", EXAMPLES)
    .action(async (called, flags) => {
      const file = gridFile(called);
      const workers = parseWorkers(flags.workers);
      const plan = await plannedGrid(file, flags.opening);
      await requireSameRegistration(RESULTS_FOLDER, plan.grid);
      const mine = shardOf(plan.cells, countOf(flags.index, "--index", 0), countOf(flags.count, "--count"));
      const usual = join("data", "shards", `${plan.grid.name}-${flags.index}-of-${flags.count}`);
      const store = flags.store ?? usual;
      const end = await runGridJob({
        plan,
        file,
        store,
        workers,
        mine,
        reproduction: (label) => reproduction(file, label, store),
      });
      say(`${gridEndText(plan.grid.name, end)}\nThis part is in ${store}.`, store);
      requireNoFailure(end.run.failed.length);
    });
}
