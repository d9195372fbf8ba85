import { Command } from "@commander-js/extra-typings";
import { UserError } from "../../core/user_error.ts";
import type { Panel } from "../../market/panel.ts";
import type { DerivedBars } from "../../market/derived_columns.ts";
import { QUALITY_DEFAULTS, type QualityFinding, qualityReport, type Severity } from "../../market/quality.ts";
import { barsOf, barsText, withDataFlags } from "../data_flags.ts";
import { say } from "../print.ts";
import { plainTable } from "../../report/text/plain_table.ts";

const SEVERITIES: readonly Severity[] = ["error", "warning", "note"];

const EXAMPLES = `
Files that cannot be read strictly (a missing column, a cell that is no number, a gap, a duplicate ...) are
refused with file, line and column before anything is reported. What can be read is then looked at:
  error    results on these rows mean nothing
  warning  look at it
  note     known to happen in good data
The exit code is 1 where there are errors, 0 otherwise, warnings and notes included. Nothing is ever repaired,
and the sealed months are read for their form only: they are not in the report.

Examples:
  deno task popagent data check                    data/bybit where there are bars, else the synthetic market
  deno task popagent data check --data data/bybit
  deno task popagent data check --synthetic null --seed 3 --json`;

/** popagent data check: the quality report. */
export function dataCheckCommand() {
  return withDataFlags(new Command("check"))
    .description("Report the quality of the bars; nothing is repaired")
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const panel = await barsOf(flags);
      const { derived, sealedRows } = await beside(panel);
      const report = qualityReport(panel, derived, { ...QUALITY_DEFAULTS, now: Date.now() });
      const findings = [...report.findings].sort((a, b) =>
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)
      );
      if (flags.json) say(JSON.stringify({ source: panel.source, sealedRows, ...report, findings }));
      else say([barsText(panel), ...sealedText(sealedRows), "", findingsText(findings)].join("\n"));
      const errors = findings.filter(({ severity }) => severity === "error").length;
      if (errors > 0) {
        throw new UserError(
          `Cannot trust these bars as no finding may be an error: current value is ${errors}. ` +
            "Correct the files or download them again.",
        );
      }
    });
}

/** What a folder of real bars holds beside its panel. */
async function beside(
  { source, coins, instruments }: Panel,
): Promise<{ readonly derived: readonly DerivedBars[]; readonly sealedRows: number }> {
  if (source.kind === "synthetic") return { derived: [], sealedRows: 0 };
  const { loadBybitPanel } = await import("../../adapters/bars/holdout.ts");
  return loadBybitPanel(source.folder, undefined, { coins: coins.map(({ coin }) => coin), instruments });
}

function sealedText(sealedRows: number): string[] {
  return sealedRows === 0 ? [] : [`The ${sealedRows} rows after them are sealed and not reported on.`];
}

function findingsText(findings: readonly QualityFinding[]): string {
  const counts = SEVERITIES.map((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return `${count} ${severity}${count === 1 ? "" : "s"}`;
  });
  const summary = `Findings: ${counts.join(", ")}. Nothing was repaired.`;
  if (findings.length === 0) return summary;
  const table = plainTable(
    [
      ["Severity", "left"],
      ["Issue", "left"],
      ["Coin", "left"],
      ["Column", "left"],
      ["Rows", "right"],
      ["First at (UTC)", "left"],
      ["Value there", "right"],
    ],
    findings.map((finding) => [
      finding.severity,
      finding.issue,
      finding.coin ?? "all",
      finding.column,
      String(finding.count),
      finding.firstTime,
      Number.isNaN(finding.firstValue) ? "none" : String(Number(finding.firstValue.toPrecision(6))),
    ]),
  );
  return `${table}\n\n${summary}`;
}
