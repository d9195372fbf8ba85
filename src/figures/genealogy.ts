import { displayed } from "./displayed.ts";
import * as Plot from "@observablehq/plot";
import { type Role, ROLES } from "../genome/role.ts";
import type { RunResult } from "../experiments/result.ts";
import type { RecordedEvent } from "../events/event.ts";
import type { IterationEvent } from "../events/iteration.ts";
import { type Figure, type Panel, PANEL_TITLE } from "./figure.ts";
import { changesText } from "./changes_table.ts";
import { iterationAxis, requireIterations } from "./iteration_axis.ts";
import { agentLabels, ROLE_NAMES } from "./role_name.ts";
import { runSubtitle } from "./run_subtitle.ts";
import { fitText } from "./text.ts";
import { FAINT, type FigureWidth, FONT_SIZE, panelOptions, PAPER, SOFT, STRONG, widthOf } from "./theme.ts";
import { requireResult } from "./run_parts.ts";

const ROW_HEIGHT = 19;
const LEFT = { page: 150, column: 130, phone: 112 } as const;
const TOP = 8;
const BOTTOM = 26;
const AXIS_LABEL = 16;

/** Who learned from whom and who was mutated when: a lane for every agent, a stroke for every lesson. */
export function genealogyFigure(
  result: RunResult,
  all: readonly RecordedEvent[],
  size: FigureWidth = "page",
): Figure {
  requireResult(result, "seed");
  const events = requireIterations(all, "the genealogy");
  let y = 0;
  const panels = ROLES.map((role) => {
    const height = PANEL_TITLE + TOP + events[0]!.agents[role].length * ROW_HEIGHT + BOTTOM +
      (role === ROLES.at(-1) ? AXIS_LABEL : 0);
    const panel = rolePanel(events, role, { size, y, height });
    y += height;
    return panel;
  });
  return displayed({
    name: "genealogy",
    title: "Who learned from whom, and who was mutated",
    subtitle: runSubtitle(result),
    caption:
      `${changesText(events)} A stroke joins the teacher (filled) with its students (hollow), who moved ` +
      "towards it in the iteration it stands at. A filled triangle is a mutant that raised the mean score of its " +
      "agent's partners, a hollow one was taken untested. A cross is a lesson, or to its right a mutant, that its " +
      "test refused. " +
      "Lanes keep their agent throughout: what it learns changes its genes, not its variant.",
    width: widthOf(size),
    height: y,
    legend: [
      { label: "teacher", colour: STRONG[0], shape: "dot" },
      { label: "student", colour: STRONG[0], shape: "ring" },
      { label: "mutation, tested", colour: STRONG[1], shape: "triangle" },
      { label: "mutation, untested", colour: STRONG[1], shape: "triangleRing" },
      { label: "refused", colour: SOFT, shape: "cross" },
    ],
    panels,
  });
}

function rolePanel(
  events: readonly IterationEvent[],
  role: Role,
  { size, y, height }: { readonly size: FigureWidth; readonly y: number; readonly height: number },
): Panel {
  const width = widthOf(size), left = LEFT[size];
  const agents = agentLabels(events[0]!.agents[role].map(({ variant }) => variant));
  const lanes = agents.map((_, agent) => agent);
  const lessons = events.flatMap(({ k, transfers }) =>
    transfers.filter((one) => one.role === role).map(({ teacher, student }) => ({ k, teacher, student }))
  );
  const mutations = events.flatMap((event) =>
    event.mutations.filter((one) => one.role === role)
      .map(({ agent, outcome }) => ({ k: event.k, agent, tested: outcome === "kept" }))
  );
  const refusals = events.flatMap(({ k, refused }) =>
    refused.filter((one) => one.role === role).map(({ agent, change }) => ({ k, agent, change }))
  );
  const axis = iterationAxis(events, size === "page" ? 12 : 5), isLast = role === ROLES.at(-1);
  return {
    x: 0,
    y,
    width,
    height,
    title: ROLE_NAMES[role],
    plot: {
      ...panelOptions(width, height - PANEL_TITLE),
      marginLeft: left,
      marginTop: TOP,
      marginBottom: BOTTOM + (isLast ? AXIS_LABEL : 0),
      x: { ...axis, label: isLast ? axis.label : null },
      y: {
        type: "point",
        domain: lanes,
        padding: 0.5,
        label: null,
        tickSize: 0,
        tickFormat: (agent: number) => fitText(agents[agent]!, left - 16, FONT_SIZE),
      },
      marks: [
        Plot.ruleY(lanes, { y: (agent: number) => agent, stroke: FAINT, strokeWidth: 1.5 }),
        Plot.link(lessons, {
          x1: "k",
          x2: "k",
          y1: "teacher",
          y2: "student",
          stroke: STRONG[0],
          strokeWidth: 1.1,
          ariaDescription: `lessons ${role}`,
        }),
        Plot.dot(lessons, {
          x: "k",
          y: "student",
          r: 2.6,
          fill: PAPER,
          stroke: STRONG[0],
          strokeWidth: 1.2,
          ariaDescription: `students ${role}`,
        }),
        Plot.dot(teachersOf(lessons), {
          x: "k",
          y: "teacher",
          r: 3.4,
          fill: STRONG[0],
          ariaDescription: `teachers ${role}`,
        }),
        Plot.dot(mutations, {
          x: "k",
          y: "agent",
          dx: 8,
          symbol: "triangle2",
          r: 3.4,
          fill: ({ tested }: { tested: boolean }) => tested ? STRONG[1] : PAPER,
          stroke: STRONG[1],
          strokeWidth: 1.2,
          ariaDescription: `mutations ${role}`,
        }),
        // a refused lesson stands where its student would, a refused mutant beside the one that may have been taken
        ...(["transfer", "mutation"] as const).map((change) =>
          Plot.dot(refusals.filter((one) => one.change === change), {
            x: "k",
            y: "agent",
            dx: change === "transfer" ? 0 : 17,
            symbol: "times",
            r: 2.4,
            stroke: SOFT,
            strokeWidth: 1.2,
            ariaDescription: `refused ${change} ${role}`,
          })
        ),
        ...(lessons.length + mutations.length + refusals.length > 0 ? [] : [
          Plot.text(["nothing was learned and nothing mutated"], {
            frameAnchor: "middle",
            fill: SOFT,
            stroke: PAPER,
            strokeWidth: 4,
            fontSize: FONT_SIZE,
          }),
        ]),
      ],
    },
  };
}

/** Each teacher of an iteration once. */
function teachersOf(lessons: readonly { readonly k: number; readonly teacher: number }[]) {
  const byPlace = new Map(lessons.map(({ k, teacher }) => [`${k} ${teacher}`, { k, teacher }]));
  return [...byPlace.values()];
}
