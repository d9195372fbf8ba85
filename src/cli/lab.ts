/** deno task lab: opens JupyterLab on the notebooks, the Deno kernel installed, or says in one line how to get it. */
import { resolve } from "node:path";
import { say, tell } from "./print.ts";

const MISSING =
  "JupyterLab is not installed: `pip install jupyterlab` (or `uv tool install jupyterlab`) brings it, then run `deno task lab` again.";

/** Runs a program to its end. @returns Its exit code; null if there is no such program. */
async function run(command: string, args: readonly string[], quiet: boolean): Promise<number | null> {
  const stream = quiet ? "null" as const : "inherit" as const;
  try {
    const child = new Deno.Command(command, {
      args: [...args],
      stdin: stream,
      stdout: stream,
      stderr: stream,
    }).spawn();
    const pass = () => child.kill("SIGTERM");
    Deno.addSignalListener("SIGTERM", pass);
    Deno.addSignalListener("SIGINT", ignore); // the terminal sends it to both, and JupyterLab asks before it ends
    const { code } = await child.status;
    Deno.removeSignalListener("SIGTERM", pass);
    Deno.removeSignalListener("SIGINT", ignore);
    return code;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

function ignore(): void {}

/** @param args Handed on to JupyterLab. @returns The exit code. */
export async function main(args: readonly string[]): Promise<number> {
  if (await run("jupyter", ["lab", "--version"], true) !== 0) {
    tell(MISSING);
    return 1;
  }
  if (await run(Deno.execPath(), ["jupyter", "--install", "--force"], true) !== 0) {
    tell("The Deno kernel could not be installed: `deno jupyter --install --force` says why.");
    return 1;
  }
  const bars = Deno.env.get("POPAGENT_DATA");
  if (bars) Deno.env.set("POPAGENT_DATA", resolve(bars)); // a kernel runs in the notebook's folder
  say("The Deno kernel is installed. JupyterLab opens notebooks/; Ctrl-C ends it.");
  return await run("jupyter", ["lab", "--notebook-dir", "notebooks", ...args], false) ?? 1;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
