/// <reference lib="deno.worker" />
/** Runs cells one after another in a Web Worker. Rows and desk are kept while the market stays the same. */
import type { LanguageRequest } from "../../experiments/ports/jobs.ts";
import process from "node:process";
import { canonicalJson } from "../../core/hash.ts";
import { runCell } from "../../experiments/grid/run_cell.ts";
import type { CellCost, CellOutcome, CellRequest } from "../../experiments/ports/cells.ts";
import { noCheckpoints } from "../../experiments/ports/checkpoints.ts";
import type { PopulationRunConfig } from "../../experiments/config.ts";
import { planRun, type RunPlan } from "../../experiments/run_plan.ts";
import type { Panel } from "../../market/panel.ts";
import { loadRowsBy } from "../bars/load_market.ts";
import { asUserError } from "../files/system_error.ts";
import { checkpointFiles } from "../runs/checkpoint_files.ts";
import { keptByKey, keptDesk } from "./kept_desk.ts";

/** What a worker of a pool is handed. */
export interface CellTask {
  readonly request: CellRequest;
  /** Bytes of shared series that it may keep. */
  readonly memoBytes: number;
  /** How language models are asked. */
  readonly language?: LanguageRequest | undefined;
}

/** What a worker answers: progress any number of times, then an outcome or an error. */
export type CellReply =
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "outcome"; readonly outcome: CellOutcome; readonly cost: CellCost }
  | {
    readonly kind: "error";
    readonly name: string;
    readonly message: string;
    readonly stack: string;
    /** True where this machine lacks the rows that the cell reads: another may have them. */
    readonly refused: boolean;
  };

/** A name, not written out where it is imported: Deno would read all that it imports before the worker starts. */
const LANGUAGE = "../llm/open_asked.ts";

const keptRows = keptByKey<Panel>();

async function run({ request, memoBytes, language }: CellTask): Promise<CellOutcome> {
  const { checkpoints } = request;
  const plan = await planned(request).catch((error: Error) => {
    throw Object.assign(error, { refused: true });
  });
  return await runCell(request, {
    plan,
    desk: await keptDesk(plan, memoBytes),
    checkpoints: checkpoints === null ? noCheckpoints : checkpointFiles(checkpoints),
    openModel: async (one) => {
      const { openAsked } = await import(LANGUAGE) as typeof import("../llm/open_asked.ts");
      return await openAsked(one, language);
    },
    onProgress: (done, total) => reply({ kind: "progress", done, total }),
  });
}

/** A cell's run on its rows, which must be those that it was planned on. */
async function planned(
  { key, config, rowsHash, opening }: CellRequest,
): Promise<RunPlan<PopulationRunConfig>> {
  const { data, market, universe, news } = config;
  const rows = await keptRows(
    canonicalJson({ data, market, universe, news }),
    () => loadRowsBy(config, opening),
  );
  const plan = planRun(config, rows);
  if (plan.panel.hash !== rowsHash) {
    throw new RangeError(
      `Cannot run the cell ${key.slice(0, 10)} as its rows must have the hash ${rowsHash}: those that its ` +
        `configuration names have ${plan.panel.hash}`,
    );
  }
  return plan;
}

function reply(message: CellReply): void {
  self.postMessage(message);
}

/** CPU seconds of this thread so far. */
function cpuSeconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
}

self.onmessage = async ({ data }: MessageEvent<CellTask>) => {
  const cpu = cpuSeconds(), wall = performance.now();
  try {
    const outcome = await run(data);
    const cost = { cpuSeconds: cpuSeconds() - cpu, wallSeconds: (performance.now() - wall) / 1000 };
    reply({ kind: "outcome", outcome, cost });
  } catch (error) {
    const shown = asUserError(error) ?? error; // here, where the system's error still is one
    const { name, message, stack = "" } = shown instanceof Error ? shown : new Error(String(shown));
    const { refused = false } = error as { readonly refused?: boolean };
    reply({ kind: "error", name, message, stack, refused });
  }
};
