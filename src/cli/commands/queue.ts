import { Command } from "@commander-js/extra-typings";
import { countOf } from "../counts.ts";
import { onInterrupt } from "../interrupt.ts";
import { say } from "../print.ts";
import { environment, loadQueue, QUEUE_FLAG } from "../queue_command.ts";

const EXAMPLES = `
Examples:
  deno task queue --queue redis://127.0.0.1:6379                 look at its cells in a browser
  deno task queue --queue redis://127.0.0.1:6379 --port 8192`;

/** popagent queue: a page on which a queue is looked at. */
export function queueCommand() {
  return new Command("queue")
    .requiredOption("--queue <address>", QUEUE_FLAG)
    .option("--port <number>", "port on this machine", "8192")
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const queue = await loadQueue();
      const port = countOf(flags.port, "--port", 0, 65535);
      const board = await queue.serveBoard(
        queue.queueAddress(flags.queue, environment),
        port,
        crypto.randomUUID(),
      );
      say(`The queue is shown at ${board.url}\nThis machine alone can see it; Ctrl-C ends it.`);
      await new Promise(() => onInterrupt(board.close));
    });
}
