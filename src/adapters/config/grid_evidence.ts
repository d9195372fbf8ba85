/** What a grid is to show, as its file says it. */
import { type EvidencePlan, evidencePlanSchema } from "../../experiments/evidence/evidence_plan.ts";
import { type JudgedGrid, planFaults } from "../../experiments/evidence/plan_faults.ts";
import { issueRule } from "./issue_rule.ts";
import type { GridReader } from "./grid_reader.ts";
import { suggestion } from "./read_value.ts";
import { writtenOf, type WrittenValue } from "./written.ts";

/** The part `evidence:` of a file; undefined where it is not there or breaks a rule, which is then complained of. */
export function evidenceIn(read: GridReader): EvidencePlan | undefined {
  const value = read.value("evidence");
  if (value === undefined) return undefined;
  const parsed = evidencePlanSchema.safeParse(plainOf(value));
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const { at, value: wrong } = reached(value, issue.path.map(String));
    read.refuse(["evidence", ...at].join("."), issueRule(issue), wrong);
  }
  return undefined;
}

/** Complains, each with its line, of what the evidence of a grid names that is not there or could never be judged. */
export function complainOfEvidence(read: GridReader, grid: JudgedGrid, evidence: EvidencePlan): void {
  const value = read.value("evidence")!;
  for (const { path, rule, wrong, choices } of planFaults(grid, evidence)) {
    const found = reached(value, path), there = found.value;
    // a default has no line of its own, and a key is not its value
    const said = there.kind === "text" && there.text === wrong ? there : writtenOf(wrong, there.origin);
    read.refuse(["evidence", ...path].join("."), rule, said, suggestion(wrong, choices));
  }
}

/** A written value as plain data: numbers and switches by the rules of YAML's core schema. */
function plainOf(value: WrittenValue): unknown {
  if (value.kind === "list") return value.items.map(plainOf);
  if (value.kind === "group") {
    return Object.fromEntries(value.entries.map(([key, one]) => [key, plainOf(one)]));
  }
  const { text, quoted } = value;
  if (quoted) return text;
  if (/^(true|false)$/.test(text)) return text === "true";
  if (/^(null|~|)$/.test(text)) return null;
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : text;
}

/** The value at a path, or the nearest above it. */
function reached(value: WrittenValue, path: readonly string[], at: readonly string[] = []): {
  readonly at: readonly string[];
  readonly value: WrittenValue;
} {
  const [first, ...rest] = path;
  const below = first === undefined
    ? undefined
    : value.kind === "group"
    ? value.entries.find(([key]) => key === first)?.[1]
    : value.kind === "list"
    ? value.items[Number(first)]
    : undefined;
  return below === undefined ? { at, value } : reached(below, rest, [...at, first!]);
}
