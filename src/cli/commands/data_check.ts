import { Command } from "@commander-js/extra-typings";
import { loadMarketWhole } from "../../adapters/bars/load_market.ts";
import { UserError } from "../../core/user_error.ts";
import { QUALITY_DEFAULTS, type QualityFinding, qualityReport, type Severity } from "../../market/quality.ts";
import { barsText, dataConfig, withDataFlags } from "../data_flags.ts";
import { HOLDOUT_FILE } from "../paths.ts";
import { say } from "../print.ts";
import { plainTable } from "../../report/text/plain_table.ts";

const SEVERITIES: readonly Severity[] = ["error", "warning", "note"];

const EXAMPLES = `
Files that cannot be read strictly (a missing column, a cell that is no number, a gap, a duplicate ...) are
refused with file, line and column before anything is reported. What can be read is then looked at:
  error    results on these rows mean nothing
  warning  look at it
  note     known to happen in good data
The exit code is 1 where there are errors, 0 otherwise, warnings and notes included. Nothing is ever repaired.
Of the sealed months the form is checked (every cell by the rules of the reader, every time, whether the last bar
had closed); their values are in the report where --opening opens them.

Examples:
  deno task popagent data check                    data/bybit where there are bars, else the synthetic market
  deno task popagent data check --data data/bybit
  deno task popagent data check --data data/bybit --opening 3f2a90cc11
  deno task popagent data check --synthetic null --seed 3 --json`;

/** popagent data check: the quality report. */
export function dataCheckCommand() {
  return withDataFlags(new Command("check"))
    .description("Report the quality of the bars; nothing is repaired")
    .option(
      "--opening <id>",
      "see the sealed last 12 months too, by this opening (holdout open); it is logged",
    )
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const now = Date.now(), config = await dataConfig(flags);
      const request = { config, opening: flags.opening ?? null, holdoutLog: HOLDOUT_FILE, now };
      const { panel, derived, form } = await loadMarketWhole(request);
      const report = qualityReport(panel, derived, { ...QUALITY_DEFAULTS, now }, form);
      const findings = [...report.findings].sort((a, b) =>
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)
      );
      const { source, missing } = panel;
      if (flags.json) say(JSON.stringify({ source, missing, ...report, findings }));
      else say([barsText(panel), "", findingsText(findings)].join("\n"));
      const errors = findings.filter(({ severity }) => severity === "error").length;
      if (errors > 0) {
        throw new UserError(
          `Cannot trust these bars as no finding may be an error: current value is ${errors}. ` +
            "Correct the files or download them again.",
        );
      }
    });
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
      Number.isNaN(finding.firstValue) ? "none" : String(finding.firstValue),
    ]),
  );
  return `${table}\n\n${summary}`;
}
