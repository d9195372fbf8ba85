/** Genealogy as a drawing: whose genes every agent carries, and who gave them to whom. */
import * as Plot from "@observablehq/plot";
import { agentOf } from "../agents/agent.ts";
import { geneSet } from "../agents/variant.ts";
import type { RecordedEvent } from "../events/event.ts";
import type { IterationEvent } from "../events/iteration.ts";
import { type Ancestry, ancestryOf } from "../experiments/genealogy/ancestry.ts";
import { lineageOf } from "../experiments/genealogy/lineage.ts";
import type { RunResult } from "../experiments/result.ts";
import { type Role, ROLES } from "../genome/role.ts";
import { displayed } from "./displayed.ts";
import { type Figure, type Panel, PANEL_TITLE } from "./figure.ts";
import { iterationAxis, requireIterations } from "./iteration_axis.ts";
import { agentLabels, ROLE_NAMES } from "./role_name.ts";
import { requireResult } from "./run_parts.ts";
import { runSubtitle } from "./run_subtitle.ts";
import { fitText } from "./text.ts";
import {
  cycle,
  type FigureWidth,
  FONT_SIZE,
  INK,
  panelOptions,
  PAPER,
  STRONG,
  VARIANT,
  widthOf,
} from "./theme.ts";

const LANE = 34, TOP = 6, BOTTOM = 26, AXIS_LABEL = 16;
/** Share of a lane that its band fills; edges run in between. */
const BAND = 0.56;
const LEFT = { page: 150, column: 120, phone: 104 } as const;

/**
 * A band for every agent, coloured by whose genes it carries; an arc for every lesson, from the teacher to the student, as
 * heavy as its tau; a triangle for every mutant; a bold edge along the ancestors of the agent that leads at the end.
 */
export function lineageFigure(
  result: RunResult,
  all: readonly RecordedEvent[],
  size: FigureWidth = "page",
): Figure {
  requireResult(result, "seed");
  const events = requireIterations(all, "the lineage");
  let y = 0;
  const panels = ROLES.map((role) => {
    const isLast = role === ROLES.at(-1);
    const height = PANEL_TITLE + TOP + events[0]!.agents[role].length * LANE + BOTTOM +
      (isLast ? AXIS_LABEL : 0);
    const panel = rolePanel(events, role, { size, y, height, isLast });
    y += height;
    return panel;
  });
  const most = Math.max(...ROLES.map((role) => events[0]!.agents[role].length));
  return displayed({
    name: "lineage",
    title: "Whose genes every agent carries, and who gave them to whom",
    subtitle: runSubtitle(result),
    caption:
      "A band is an agent; its colours are the founders' shares in its common genes, each role's agents in the order in " +
      "which they stand. A lesson (arc, heavier for more) mixes in the teacher's shares by as much of the way as the student " +
      "moved. Triangles are mutants: they change genes, not whose they are. The bold line follows the ancestors of the agent " +
      "of each role that leads at the end.",
    width: widthOf(size),
    height: y,
    legend: [
      ...Array.from({ length: Math.min(most, VARIANT.length) }, (_, i) => ({
        label: `founder ${i + 1}`,
        colour: cycle(VARIANT, i),
        shape: "square" as const,
      })),
      { label: "leader's ancestors", colour: INK, shape: "thick" },
      { label: "mutant", colour: STRONG[1], shape: "triangle" },
    ],
    panels,
  });
}

function rolePanel(
  events: readonly IterationEvent[],
  role: Role,
  { size, y, height, isLast }: {
    readonly size: FigureWidth;
    readonly y: number;
    readonly height: number;
    readonly isLast: boolean;
  },
): Panel {
  const width = widthOf(size), left = LEFT[size], agents = events[0]!.agents[role];
  const labels = agentLabels(agents.map(({ variant }) => variant));
  const genome = { variant: agents[0]!.variant, coordinates: agents[0]!.genome };
  const common = geneSet(agentOf(role, genome).variant).common.length;
  const axis = iterationAxis(events, size === "page" ? 12 : 5);
  const span = Math.max(0.9, events.length / 40); // of an arc, iterations: it would be a stroke on a long run
  const lessons = events.flatMap(({ k, transfers }) =>
    transfers.filter((one) => one.role === role).map(({ teacher, student, tau }) => ({
      x1: k + 1 - span,
      x2: k + 1 - span / 8,
      y1: edgeOf(teacher, student),
      y2: edgeOf(student, teacher),
      weight: 0.7 + 2.3 * tau,
    }))
  );
  const mutants = events.flatMap(({ k, mutations }) =>
    mutations.filter((one) => one.role === role).map(({ agent }) => ({ x: k + 1, y: agent - BAND / 2 - 0.1 }))
  );
  const leader = lineageOf(events, role, events.at(-1)!.champion[role]!).flatMap(({ k, agent }) =>
    [[k, agent], [k + 1, agent]] as const
  );
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
      x: { ...axis, domain: [axis.domain[0], axis.domain[1] + 0.5], label: isLast ? axis.label : null },
      y: {
        domain: [-0.5, agents.length - 0.5],
        ticks: agents.map((_, agent) => agent),
        reverse: true,
        label: null,
        tickSize: 0,
        tickFormat: (agent: number) => fitText(labels[agent]!, left - 16, FONT_SIZE),
      },
      marks: [
        Plot.rect(bandsOf(ancestryOf(events, role, common), events), {
          x1: "x1",
          x2: "x2",
          y1: "y1",
          y2: "y2",
          fill: "colour",
          fillOpacity: 0.8,
          ariaDescription: `bands ${role}`,
        }),
        Plot.line(leader, {
          stroke: PAPER,
          strokeWidth: 5,
        }),
        Plot.line(leader, {
          stroke: INK,
          strokeWidth: 2.4,
          ariaDescription: `leader ${role}`,
        }),
        Plot.link(lessons, {
          x1: "x1",
          x2: "x2",
          y1: "y1",
          y2: "y2",
          curve: "bump-x",
          stroke: INK,
          strokeOpacity: 0.75,
          strokeWidth: "weight",
          markerEnd: "arrow",
          ariaDescription: `lessons ${role}`,
        }),
        Plot.dot(mutants, {
          x: "x",
          y: "y",
          symbol: "triangle2",
          r: 2.8,
          fill: STRONG[1],
          stroke: PAPER,
          strokeWidth: 0.6,
          ariaDescription: `mutants ${role}`,
        }),
      ],
    },
  };
}

/** Where an arc leaves or enters a band: at the side on which the other agent is. */
function edgeOf(own: number, other: number): number {
  return own + Math.sign(other - own) * BAND / 2;
}

/** Stretches of one colour: a rectangle for each founder's share while it stays the same. */
function bandsOf(ancestry: Ancestry, events: readonly IterationEvent[]) {
  const bands: { x1: number; x2: number; y1: number; y2: number; colour: string }[] = [];
  ancestry[0]!.forEach((_, agent) => {
    for (let start = 0; start < ancestry.length;) {
      let end = start + 1;
      const shares = ancestry[start]![agent]!;
      while (end < ancestry.length && ancestry[end]![agent] === shares) end++;
      let at = agent - BAND / 2;
      shares.forEach((share, founder) => {
        const next = at + share * BAND;
        if (share > 0.001) {
          bands.push({
            x1: events[start]!.k,
            x2: events[end - 1]!.k + 1,
            y1: at,
            y2: next,
            colour: cycle(VARIANT, founder),
          });
        }
        at = next;
      });
      start = end;
    }
  });
  return bands;
}
