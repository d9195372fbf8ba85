/**
 * Sessions on a local Bybit server with a fault a minute: is an order ever lost or doubled, do the books agree to the cent?
 *
 *   deno task paper-bybit-trials                  thirty histories of two days
 *   deno task paper-bybit-trials --histories 3    as many, from --seed on; --keep stores nothing
 *
 * The result goes to tests/results/paper_bybit_trials.json.
 */
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { BYBIT_BARS, type BybitReport, runBybitHistory } from "./paper_bybit_script.ts";
import { type ManyHistories, summed } from "./paper_histories.ts";
import { BYBIT_FAULTS, type BybitFault } from "./paper_bybit_wire.ts";

/** What came of the histories. */
export interface BybitTrials extends ManyHistories {
  /** Executions that the exchange did by itself. */
  readonly own: number;
  readonly faults: Readonly<Record<BybitFault, number>>;
}

/** Runs histories of seeds first, first + 1 ... */
export async function bybitTrials(
  first: number,
  many: number,
  onHistory: (report: BybitReport) => void = () => {},
): Promise<BybitTrials> {
  const reports: BybitReport[] = [];
  for (let seed = first; seed < first + many; seed++) {
    const report = await runBybitHistory(seed);
    reports.push(report);
    onHistory(report);
  }
  const sum = (of: (one: BybitReport) => number) => reports.reduce((total, one) => total + of(one), 0);
  return {
    ...summed(reports, BYBIT_BARS * 240),
    own: sum(({ own }) => own),
    faults: Object.fromEntries(
      BYBIT_FAULTS.map((name) => [name, sum(({ faults }) => faults[name])]),
    ) as Record<BybitFault, number>,
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      histories: { type: "string", default: "30" },
      seed: { type: "string", default: "1" },
      keep: { type: "boolean", default: false },
    },
  });
  const found = await bybitTrials(Number(values.seed), Number(values.histories), (report) => {
    const { seed, lost, doubled, unsettled, alarms, cents, differences } = report;
    console.error(JSON.stringify({ seed, lost, doubled, unsettled, alarms, cents, differences }));
  });
  console.log(JSON.stringify(found, null, 2));
  if (!values.keep) {
    const path = fileURLToPath(new URL("../tests/results/paper_bybit_trials.json", import.meta.url));
    await Deno.writeTextFile(path, `${JSON.stringify(found, null, 2)}\n`);
  }
}
