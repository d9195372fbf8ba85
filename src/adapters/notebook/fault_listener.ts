/** MIME type under which the kernel tells what no cell caught; no front end shows it. */
export const FAULT_TYPE = "application/vnd.popagent.fault";

/**
 * Code for a kernel before the first cell: rejected promises that nobody handles and errors in timers, of which the
 * kernel says nothing, are published.
 */
export const FAULT_LISTENER = `(() => {
  const tell = (kind, error) => {
    const text = error instanceof Error ? error.name + ": " + error.message : String(error);
    const at = /<anonymous>:(\\d+):\\d+/.exec(error?.stack ?? "");
    const data = { ${
  JSON.stringify(FAULT_TYPE)
}: kind + text + (at ? " (line " + at[1] + " of its cell)" : "") };
    Deno.jupyter.broadcast("display_data", { data, metadata: {}, transient: {} });
  };
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    tell("a rejected promise that nobody handled, ", event.reason);
  });
  addEventListener("error", (event) => {
    event.preventDefault();
    tell("an error outside any cell, ", event.error ?? event.message);
  });
})();`;
