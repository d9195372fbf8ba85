/** Exit code of a program stopped by SIGINT, by convention. */
const INTERRUPTED = 130;

/** Calls `stop` on Ctrl-C or SIGTERM, then exits. @returns A function that takes the handler off again. */
export function onInterrupt(stop: () => void | Promise<void>): () => void {
  let stopping = false;
  const handler = async () => {
    if (stopping) Deno.exit(INTERRUPTED); // asked twice: at once
    stopping = true;
    await stop();
    Deno.exit(INTERRUPTED);
  };
  Deno.addSignalListener("SIGINT", handler);
  Deno.addSignalListener("SIGTERM", handler);
  return () => {
    Deno.removeSignalListener("SIGINT", handler);
    Deno.removeSignalListener("SIGTERM", handler);
  };
}
