/**
 * Keeps one kernel: starts the command it is given and ends it as soon as its own standard input ends, which it does
 * however whoever started it is itself ended, a kill included. Started as a program of its own, never imported.
 */
if (import.meta.main) {
  // Ctrl-C reaches every process of a terminal; the one that runs the notebook decides what becomes of the kernel.
  for (
    const signal of Deno.build.os === "windows"
      ? ["SIGINT"] as const
      : ["SIGINT", "SIGTERM", "SIGHUP"] as const
  ) {
    Deno.addSignalListener(signal, () => {});
  }
  const [command, ...args] = Deno.args;
  const kernel = new Deno.Command(command!, { args, stdin: "null", stdout: "null", stderr: "null" }).spawn();
  Deno.stdin.readable.pipeTo(new WritableStream()).then(() => kernel.kill("SIGKILL")).catch(() => {}); // it may have ended
  Deno.exit((await kernel.status).code);
}
