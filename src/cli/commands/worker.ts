import { Command } from "@commander-js/extra-typings";
import { cellCode } from "../../adapters/ledger/cell_code.ts";
import { createCellPool } from "../../adapters/workers/cell_pool.ts";
import { UserError } from "../../core/user_error.ts";
import { countOf } from "../counts.ts";
import { onInterrupt } from "../interrupt.ts";
import { parseMemory } from "../memory.ts";
import { tell } from "../print.ts";
import { environment, loadQueue, QUEUE_FLAG, SHARE, SHARE_FLAG, sharedPlace } from "../queue_command.ts";
import { parseWorkers } from "../workers.ts";

const EXAMPLES = `
Examples:
  deno task worker --queue redis://127.0.0.1:6379                       two cells at a time
  deno task worker --queue redis://127.0.0.1:6379 --workers 8 --share data/shared`;

/** popagent worker: runs the cells of a queue. */
export function workerCommand() {
  return new Command("worker")
    .requiredOption("--queue <address>", QUEUE_FLAG)
    .option("--workers <count>", "cells at a time, one a core", "2")
    .option("--share <place>", SHARE_FLAG, SHARE)
    .option("--memory <mib>", "memory that series of all cells may take (half of what is free)")
    .option("--lock <seconds>", "without a sign of life for so long, its cells are given to others", "30")
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const queue = await loadQueue();
      const workers = parseWorkers(flags.workers);
      const address = queue.queueAddress(flags.queue, environment);
      const pool = createCellPool({ workers, memoBytes: parseMemory(flags.memory) / workers });
      const code = await cellCode(), name = `${Deno.hostname()}:${Deno.pid}`;
      const serving = await queue.serveCells({
        address,
        shared: await sharedPlace(queue, flags.share),
        code,
        cells: pool,
        name,
        lockSeconds: countOf(flags.lock, "--lock", 2, 3600),
        onNotice: tell,
      });
      tell(
        `The worker ${name} serves ${address.shown}, ${workers} ${
          workers === 1 ? "cell" : "cells"
        } at a time, source ${code.slice(0, 10)}. Ctrl-C ends it.`,
      );
      const restore = onInterrupt(async () => {
        serving.stop();
        await serving.ended;
        tell("Stopped. Cells that were under way wait for other workers.");
      });
      const refusal = await serving.ended;
      restore();
      pool.close();
      if (refusal !== null) throw new UserError(refusal);
    });
}
