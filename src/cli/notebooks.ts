/**
 * deno task notebooks: runs notebooks in real kernels, type-checks their cells, and writes their outputs or compares
 * them with the stored ones. A program of its own, as it starts others: commands that users run on data never do.
 */
import { basename, join, resolve } from "node:path";
import { Command, CommanderError } from "commander";
import { writeFileAtomic } from "../adapters/files/atomic_file.ts";
import { checkCells, removeCellFiles } from "../adapters/notebook/check_cells.ts";
import { keepsOutputs, notebookText, readNotebook } from "../adapters/notebook/notebook_file.ts";
import { NotebookError, runNotebook } from "../adapters/notebook/run_notebook.ts";
import { UserError } from "../core/user_error.ts";
import { firstDifference } from "./notebook_difference.ts";
import { onInterrupt } from "./interrupt.ts";
import { mistakeOf } from "./mistakes.ts";
import { say, tell } from "./print.ts";

const NOTEBOOKS_FOLDER = "notebooks";
/** Where real bars are; outputs made from them are not stored. */
const REAL_BARS = "POPAGENT_DATA";

const EXAMPLES = `
Examples:
  deno task notebooks                     run all and store their outputs
  deno task notebooks --check             run all and compare with what is stored
  deno task notebooks --only 00,01        those whose names begin so
  POPAGENT_DATA=data/bybit deno task notebooks   on real bars; their outputs are not stored`;

interface Flags {
  readonly check?: true;
  readonly only?: string;
  readonly cellSeconds: string;
  readonly seconds: string;
}

/** Builds the program. */
export function notebooksProgram(): Command {
  return new Command("notebooks")
    .argument("[folder]", "where the notebooks are", NOTEBOOKS_FOLDER)
    .description("Runs notebooks in clean Deno kernels, type-checks their cells, and stores their outputs")
    .option("--check", "compare with the stored outputs and write nothing")
    .option("--only <names>", "notebooks whose names begin so, parted by commas")
    .option("--cell-seconds <count>", "longest time of one cell", "120")
    .option("--seconds <count>", "longest time of one notebook", "600")
    .addHelpText("after", EXAMPLES)
    .exitOverride();
}

/** Runs a command line. @returns The exit code: 0, or 1 if a notebook failed or differs. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const program = notebooksProgram().parse([...args], { from: "user" });
    return await runAll(program.args[0] ?? NOTEBOOKS_FOLDER, program.opts<Flags & Record<string, unknown>>());
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    tell(mistakeOf(error) ?? Deno.inspect(error));
    return 1;
  }
}

async function runAll(folder: string, flags: Flags): Promise<number> {
  const paths = await notebooksIn(folder, flags.only);
  const [cellTimeout, timeout] = [
    milliseconds(flags.cellSeconds, "--cell-seconds"),
    milliseconds(flags.seconds, "--seconds"),
  ];
  const restore = onInterrupt(() => removeCellFiles(folder)); // kernels end with this process
  const faults = await checkCells(paths);
  for (const fault of faults) tell(fault);
  let failed = faults.length > 0;
  for (const path of paths) {
    const start = performance.now();
    const state = await runOne(path, { cellTimeout, timeout }, flags.check === true);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    (state.good ? say : tell)(`${basename(path)}: ${state.text} (${seconds} s)`);
    failed ||= !state.good;
  }
  restore();
  return failed ? 1 : 0;
}

interface State {
  readonly good: boolean;
  readonly text: string;
}

async function runOne(
  path: string,
  times: { readonly cellTimeout: number; readonly timeout: number },
  check: boolean,
): Promise<State> {
  const stored = await Deno.readTextFile(path);
  const folder = Deno.env.get(REAL_BARS);
  const env = folder ? { [REAL_BARS]: resolve(folder) } : { [REAL_BARS]: "" }; // a kernel runs in the notebook's folder
  let text: string;
  try {
    const cells = await runNotebook(path, { env, ...times });
    text = notebookText(stored, cells.map(({ outputs }) => outputs));
  } catch (error) {
    if (!(error instanceof NotebookError)) throw error;
    return { good: false, text: error.message };
  }
  if (folder) return { good: true, text: "ran on real bars; its outputs are not stored" };
  const kept = keepsOutputs(readNotebook(stored)) ? "" : "; it keeps no outputs";
  if (text === stored) return { good: true, text: `ran; as it is stored${kept}` };
  if (check) return { good: false, text: `differs from what is stored: ${firstDifference(stored, text)}` };
  await writeFileAtomic(path, text);
  return { good: true, text: `ran and was written${kept}` };
}

async function notebooksIn(folder: string, only: string | undefined): Promise<string[]> {
  const beginnings = only?.split(",").map((name) => name.trim());
  const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name)
    .filter((name) => name.endsWith(".ipynb"))
    .filter((name) => beginnings?.some((beginning) => name.startsWith(beginning)) ?? true)
    .sort();
  if (names.length === 0) {
    throw new UserError(
      `Cannot run notebooks as ${folder} must hold one${
        only ? ` whose name begins with ${only}` : ""
      }: it holds none`,
    );
  }
  return names.map((name) => join(folder, name));
}

function milliseconds(text: string, flag: string): number {
  const seconds = Number(text);
  if (!(seconds > 0)) {
    throw new UserError(`Cannot run notebooks as ${flag} must be above 0: current value is ${text}`);
  }
  return 1000 * seconds;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
