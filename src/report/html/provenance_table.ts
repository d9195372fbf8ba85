import type { Provenance } from "../../experiments/provenance.ts";
import type { RunResult } from "../../experiments/result.ts";
import { day, decimal } from "../../figures/format.ts";
import { sourceText } from "../../figures/run_subtitle.ts";
import type { Table } from "../../figures/table.ts";
import { plainText } from "../../figures/text.ts";

const number = (value: number | null, digits: number) => value === null ? "–" : decimal(value, digits);

/** What the best of the field, chosen after the fact, is worth. */
function fieldFacts({ field }: RunResult): [string, string][] {
  if (!field) return [];
  return [
    [
      "Probability that the best half-sample pipeline is below the median after (PBO)",
      number(field.overfitting, 3),
    ],
    [`Deflated Sharpe ratio of the hindsight best of ${field.pipelines}`, number(field.deflatedSharpe, 3)],
  ];
}

/** Where the numbers came from, one fact a row; what else a provenance holds follows what every run has. */
export function provenanceTable(result: RunResult, provenance: Provenance): Table {
  const { startedAt, wallSeconds, git, versions, ...others } = provenance;
  const { from, to, start, end } = result.reported;
  const facts: [string, string][] = [
    ["Command", result.command],
    ["Data", sourceText(result.source)],
    ["Reported rows", `${from} to ${to}, opening ${day(start)} to ${day(end)} (UTC)`],
    ["Hash of the rows", result.rowsHash],
    ["Hash of the config", result.configHash],
    ["Seed", String(result.seed)],
    ["Iterations", String(result.iterations)],
    ["Population mean (annual Sharpe ratio, out of sample), last third", number(result.populationMean, 3)],
    ["Mean score of the drawn teams (in sample), last third", number(result.populationMeanInSample, 5)],
    ...fieldFacts(result),
    ["Commit", git === null ? "not a git checkout" : git.commit],
    ...(git === null ? [] : [["Tree of src in git", git.sourceTree] as [string, string]]),
    ["Started", startedAt],
    ["Wall time", `${decimal(wallSeconds, 1)} s`],
    ...Object.entries(versions).map(([name, version]): [string, string] => [`Version of ${name}`, version]),
    ...Object.entries(others).flatMap(([name, value]) => flatten(name, value)),
  ];
  return {
    name: "provenance",
    title: "What was run",
    caption: "",
    columns: [
      { label: "Fact", align: "left", hint: "What is stated" },
      { label: "Value", align: "left", hint: "As stored beside the result" },
    ],
    rows: facts.map(([name, value]) => ({ cells: [plainText(name), plainText(value)], strong: false })),
  };
}

function flatten(path: string, value: unknown): [string, string][] {
  if (value === null || typeof value !== "object") return [[path, String(value)]];
  return Object.entries(value).flatMap(([name, item]) => flatten(`${path}.${name}`, item));
}
