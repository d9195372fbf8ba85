/** Runs the code cells of a notebook, in order, in a clean kernel. */
import { basename, dirname, resolve } from "node:path";
import { type CellOutput, startKernel } from "./kernel.ts";
import { codeCells } from "./notebook_file.ts";

/** A code cell that was run. */
export interface CellRun {
  readonly source: string;
  readonly outputs: readonly CellOutput[];
}

/** Settings of a run of a notebook. */
export interface NotebookOptions {
  /** Variables added to the kernel's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Longest time a cell may take, ms. */
  readonly cellTimeout: number;
  /** Longest time all cells may take together, ms; no bound where it is not given. */
  readonly timeout?: number;
}

/** A cell that raised an error, left one behind that nobody caught, or took too long. */
export class NotebookError extends Error {
  override readonly name = "NotebookError";
  constructor(message: string, readonly cells: readonly CellRun[]) {
    super(message);
  }
}

/** Time after the last cell in which promises and timers may still fail, ms. */
const AFTERMATH = 300;

/**
 * Runs every code cell of a notebook from a clean kernel, in order, in the notebook's folder. The file is
 * not changed.
 *
 * @returns The cells with their outputs.
 * @throws {NotebookError} At the first cell that raises an error, leaves one uncaught or takes too long; it names
 *   notebook and cell and holds the cells so far.
 */
export async function runNotebook(path: string, options: NotebookOptions): Promise<CellRun[]> {
  const sources = codeCells(await Deno.readTextFile(path));
  const kernel = await startKernel(dirname(resolve(path)), options.env);
  const cells: CellRun[] = [];
  const place = () => `code cell ${cells.length} of ${basename(path)}`;
  const requireNoFault = () => {
    const [fault] = kernel.faults();
    if (fault !== undefined) {
      throw new NotebookError(`Cannot run ${place()} as by its end there was ${fault}`, cells);
    }
  };
  try {
    await kernel.ready(options.cellTimeout);
    const end = performance.now() + (options.timeout ?? Infinity);
    for (const source of sources) {
      const left = Math.min(options.cellTimeout, end - performance.now());
      const outputs = left > 0 ? await kernel.execute(source, left) : null;
      cells.push({ source, outputs: outputs ?? [] });
      if (outputs === null) {
        const rule = left < options.cellTimeout
          ? `the notebook must end within ${options.timeout} ms`
          : `it must end within ${options.cellTimeout} ms`;
        throw new NotebookError(`Cannot run ${place()} as ${rule}`, cells);
      }
      const error = outputs.find((output) => output.type === "error");
      if (error) throw new NotebookError(`Cannot run ${place()} as it raised ${errorText(error)}`, cells);
      requireNoFault();
    }
    await new Promise((resolve) => setTimeout(resolve, AFTERMATH));
    requireNoFault();
    return cells;
  } finally {
    await kernel.stop();
  }
}

function errorText({ content }: CellOutput): string {
  return `${content.ename}: ${content.evalue}`;
}
