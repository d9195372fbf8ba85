import { displayed } from "./displayed.ts";
import { type Role, ROLES } from "../genome/role.ts";
import { eventsOfType, type RecordedEvent } from "../events/event.ts";
import type { IterationEvent } from "../events/iteration.ts";
import { count, day, decimal } from "./format.ts";
import { changesText } from "./changes_table.ts";
import { agentLabels, ROLE_NAMES } from "./role_name.ts";
import type { Row, Table } from "./table.ts";
import { plainText } from "./text.ts";
import { requireEvents } from "./run_parts.ts";

/**
 * Who learned from whom and who was mutated, in order of time.
 *
 * @param limit Rows that are listed, an integer >= 0; the caption counts the rest.
 */
export function genealogyTable(all: readonly RecordedEvent[], limit = 40): Table {
  requireEvents(all);
  const events = eventsOfType(all, "iteration");
  const rows = events.flatMap((event) => [
    ...lessonRows(event),
    ...mutationRows(event),
    ...refusalRows(event),
  ]);
  const rest = Math.max(0, rows.length - limit);
  return displayed({
    name: "genealogy_list",
    title: "Genealogy",
    caption: `${changesText(events)} ` +
      (rest > 0
        ? `Of them the first ${count(rows.length - rest)} are listed, ${
          count(rest)
        } more are in events.jsonl. `
        : "") +
      "Gene change: root mean squared change of the genome in normalised coordinates. Output distance: to the lesson, " +
      "before and after, where the operator measures it. Partners: mean score per bar of the teams that judge the agent, " +
      "as it was and changed, where it was tested.",
    columns: [
      { label: "Iteration", align: "right", hint: "Iteration k" },
      { label: "Decision", align: "left", hint: "Close of the decision's row, UTC" },
      { label: "Event", align: "left", hint: "Transfer operator, or mutation; and what its test said" },
      { label: "From", align: "left", hint: "The teacher" },
      { label: "To", align: "left", hint: "The student, or the mutated agent" },
      {
        label: "tau",
        align: "right",
        hint: "Strength of the transfer: 0 keeps the student, 1 copies the teacher",
      },
      { label: "Gene change", align: "right", hint: "Root mean squared change in normalised coordinates" },
      { label: "Output distance", align: "right", hint: "To the lesson, before and after" },
      { label: "Partners", align: "right", hint: "Mean score of the agent's partners, before and after" },
    ],
    rows: rows.slice(0, limit),
  });
}

function lessonRows(event: IterationEvent): Row[] {
  return event.transfers.map((transfer) =>
    row(
      event,
      transfer.role,
      plainText(transfer.operator),
      nameOf(event, transfer.role, transfer.teacher),
      transfer.student,
      [
        decimal(transfer.tau, 3),
        decimal(geneChange(transfer.before, transfer.after), 3),
        transfer.outputDistance === null
          ? "–"
          : transfer.outputDistance.map((value) => decimal(value, 3)).join(" → "),
        scoresText(transfer.scores),
      ],
    )
  );
}

function mutationRows(event: IterationEvent): Row[] {
  return event.mutations.map(({ role, agent, before, after, outcome, tries, scores }) =>
    row(event, role, `mutation, ${outcome}${tries > 1 ? ` (${tries} tries)` : ""}`, "–", agent, [
      "–",
      decimal(geneChange(before, after), 3),
      "–",
      scoresText(scores),
    ])
  );
}

function refusalRows(event: IterationEvent): Row[] {
  return event.refused.map(({ change, role, agent, before, after, scores }) =>
    row(event, role, `${change}, refused`, "–", agent, [
      "–",
      decimal(geneChange(before, after), 3),
      "–",
      scoresText(scores),
    ])
  );
}

function scoresText(scores: readonly [number, number] | null): string {
  return scores === null ? "–" : scores.map((value) => decimal(value, 4)).join(" → ");
}

function row(
  event: IterationEvent,
  role: Role,
  what: string,
  from: string,
  to: number,
  rest: readonly string[],
): Row {
  const cells = [
    String(event.k),
    day(event.time),
    what,
    from,
    nameOf(event, role, to),
    ...rest,
  ];
  return { cells, strong: false };
}

/** The agent by its role and its variant: "researcher arimax". */
function nameOf(event: IterationEvent, role: Role, agent: number): string {
  return `${role} ${agentLabels(event.agents[role].map((reading) => plainText(reading.variant)))[agent]!}`;
}

function geneChange(before: readonly number[], after: readonly number[]): number {
  const sum = before.reduce((total, gene, i) => total + (after[i]! - gene) ** 2, 0);
  return before.length > 0 ? Math.sqrt(sum / before.length) : 0;
}

/** Shares of iterations in which each role raised the alarm for near clones; empty text if none did. */
export function collapseText(all: readonly RecordedEvent[]): string {
  const events = eventsOfType(all, "iteration");
  const raised = ROLES.map((role) => ({
    role,
    times: events.filter((event) => event.collapse.includes(role)).length,
  }))
    .filter(({ times }) => times > 0);
  if (raised.length === 0) return "";
  const list = raised.map(({ role, times }) => `${ROLE_NAMES[role]} in ${count(times)}`).join(", ");
  return `Agents became near clones (effective number below 1.5): ${list} of ${
    count(events.length)
  } iterations.`;
}
