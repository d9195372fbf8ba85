import type { RunComparison } from "../../experiments/compare_runs.ts";
import type { RunResult } from "../../experiments/result.ts";
import { differencesTable, settingsTable } from "../../figures/compare_tables.ts";
import type { Table } from "../../figures/table.ts";
import { plainTable } from "./plain_table.ts";

/** Two runs compared, as text: what they are, what differs in their settings, and by how much their results differ. */
export function compareText(
  comparison: RunComparison,
  a: { readonly id: string; readonly result: RunResult },
  b: { readonly id: string; readonly result: RunResult },
): string {
  const settings = settingsTable(comparison, "First", "Second"), differences = differencesTable(comparison);
  const warnings = [...new Set([...a.result.warnings, ...b.result.warnings])].filter((text) =>
    /SYNTHETIC|sealed/.test(text)
  );
  return [
    ...warnings.map((warning) => `!! ${warning}`),
    ...(comparison.sameRows ? [] : [
      "!! The two ran on different bars: what follows pairs them by time, and means nothing where the bars are of " +
      "different worlds.",
    ]),
    `First:  ${a.id}`,
    `Second: ${b.id}`,
    "",
    settings.title,
    ...(settings.rows.length > 0 ? [tableText(settings)] : []),
    "",
    differences.title,
    ...(differences.rows.length > 0 ? [tableText(differences), differences.caption] : ["No bar is in both."]),
    ...aloneText("first", comparison.alone.a),
    ...aloneText("second", comparison.alone.b),
  ].join("\n");
}

function tableText({ columns, rows }: Table): string {
  return plainTable(
    columns.map(({ label, align }) => [label, align] as const),
    rows.map(({ cells }) => cells),
  );
}

function aloneText(which: string, labels: readonly string[]): string[] {
  return labels.length === 0 ? [] : [`Only in the ${which}: ${labels.join(", ")}.`];
}
