/**
 * Paper sessions under faults: is an order ever lost or doubled, do the books agree with the exchange to the cent?
 *
 *   deno task paper-trials                  200 histories in process, two of them by a population, then 20 processes killed and on a full disk
 *   deno task paper-trials --histories 3    as many, from --seed on; --processes 0 leaves those out; --keep stores nothing
 *   deno task paper-trials --processes 20 --histories 0
 *
 * The result goes to tests/results/paper_trials.json; a part that is left out keeps what is stored of it.
 */
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import type { FAULTS } from "./paper_faults.ts";
import { type ManyHistories, summed } from "./paper_histories.ts";
import { type ProcessReport, processTrials } from "./paper_processes.ts";
import { pipelined } from "./paper_pipeline.ts";
import { faultsOf, type HistoryReport, runHistory } from "./paper_script.ts";

/** What came of the histories in process. */
export interface HistoriesReport extends ManyHistories {
  /** Those of them in which a population decides and learns, the others following a script. */
  readonly pipelines: number;
  readonly faults: Readonly<Record<(typeof FAULTS)[number], number>>;
}

/** What is stored. */
export interface PaperTrials {
  readonly inProcess: HistoriesReport | null;
  readonly processes: ProcessReport | null;
}

/** Runs histories of seeds first, first + 1 ... @param pipelines So many of them, the first, are traded by a population. */
export async function histories(first: number, many: number, pipelines: number): Promise<HistoriesReport> {
  const reports: HistoryReport[] = [];
  for (let seed = first; seed < first + many; seed++) {
    reports.push(await runHistory(seed, seed < first + pipelines ? { trader: pipelined(seed) } : {}));
  }
  return {
    ...summed(reports, 14 * 24 * 60),
    pipelines: Math.min(many, pipelines),
    faults: faultsOf(reports),
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      histories: { type: "string", default: "200" },
      pipelines: { type: "string", default: "2" },
      processes: { type: "string", default: "20" },
      seed: { type: "string", default: "1" },
      keep: { type: "boolean", default: false },
    },
  });
  const path = fileURLToPath(new URL("../tests/results/paper_trials.json", import.meta.url));
  let stored: PaperTrials = { inProcess: null, processes: null };
  try {
    stored = JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const many = Number(values.histories), started = Number(values.processes), seed = Number(values.seed);
  if (many > 0) stored = { ...stored, inProcess: await histories(seed, many, Number(values.pipelines)) };
  if (started > 0) stored = { ...stored, processes: await processTrials(started, seed) };
  if (!values.keep) await Deno.writeTextFile(path, `${JSON.stringify(stored, null, 2)}\n`);
  console.log(JSON.stringify(stored, null, 2));
}
