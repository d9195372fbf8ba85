import { type ChangeCounts, countChanges, totalChanges } from "../events/change_counts.ts";
import type { IterationEvent } from "../events/iteration.ts";
import type { RunResult } from "../experiments/result.ts";
import { ROLES } from "../genome/role.ts";
import { displayed } from "./displayed.ts";
import { count } from "./format.ts";
import { ROLE_NAMES } from "./role_name.ts";
import type { Row, Table } from "./table.ts";
import { requireResult } from "./run_parts.ts";

/** How often genomes changed, in a sentence or two. */
export function changesText(
  iterations: readonly Pick<IterationEvent, "transfers" | "mutations" | "refused">[],
): string {
  const { transfers, mutations } = totalChanges(countChanges(iterations));
  const { kept, refused, untested, tried } = mutations;
  const notes = [
    ...(tried > 0 ? [`${count(tried)} mutants tested: ${count(kept)} kept, ${count(refused)} refused`] : []),
    ...(tried > 0 ? [`${count(untested)} taken untested`] : []),
    ...(transfers.refused > 0 ? [`${count(transfers.refused)} lessons refused`] : []),
  ];
  return `${count(transfers.taken)} transfers and ${count(kept + untested)} mutations` +
    (notes.length > 0 ? ` (${notes.join("; ")}).` : ".");
}

/**
 * How often genomes were to change and did, a row for each role and one for all; without rows for a run in which
 * nothing learns.
 */
export function changesTable(result: Pick<RunResult, "changes">): Table {
  requireResult(result, "changes");
  const { changes } = result;
  return displayed({
    name: "changes",
    title: "Changes of genomes",
    caption:
      "A tested change is kept if the mean score of its agent's partners rises on the rows so far. Untested mutants were " +
      "taken where diversity was low, or for the worst agent of a role in which nobody mutated. All counts an iteration " +
      "once for each role.",
    columns: [
      { label: "Role", align: "left", hint: "Role of the agents" },
      { label: "Lessons", align: "right", hint: "Transfers that were taken" },
      { label: "Refused", align: "right", hint: "Transfers that their test refused" },
      { label: "Mutants tested", align: "right", hint: "Mutants that were tested" },
      { label: "Kept", align: "right", hint: "Mutants that raised the mean score of their agent's partners" },
      { label: "Not kept", align: "right", hint: "Mutants tested less those kept" },
      { label: "Untested", align: "right", hint: "Mutants taken without passing a test" },
      { label: "Iterations", align: "right", hint: "Iterations in which somebody of the role mutated" },
    ],
    rows: changes === null ? [] : [
      ...ROLES.map((role) => rowOf(ROLE_NAMES[role], changes[role])),
      { ...rowOf("All", totalChanges(changes)), strong: true },
    ],
  });
}

function rowOf(label: string, { transfers, mutations }: ChangeCounts): Row {
  const { tried, kept, refused, untested, fired } = mutations;
  const counts = [transfers.taken, transfers.refused, tried, kept, refused, untested, fired];
  return { cells: [label, ...counts.map((one) => count(one))], strong: false };
}
