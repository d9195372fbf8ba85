import { displayed } from "./displayed.ts";
import * as Plot from "@observablehq/plot";
import { type Role, ROLES } from "../genome/role.ts";
import type { RunResult } from "../experiments/result.ts";
import type { RecordedEvent } from "../events/event.ts";
import type { IterationEvent } from "../events/iteration.ts";
import { championsHover } from "./champions_hover.ts";
import { type Figure, type Panel, PANEL_TITLE } from "./figure.ts";
import { percent } from "./format.ts";
import { iterationAxis, mutationTimes, requireIterations, spans, transferTimes } from "./iteration_axis.ts";
import { agentLabels, ROLE_NAMES } from "./role_name.ts";
import { runSubtitle } from "./run_subtitle.ts";
import { fitText } from "./text.ts";
import {
  cycle,
  FAINT,
  type FigureWidth,
  FONT_SIZE,
  INK,
  panelOptions,
  PAPER,
  QUIET,
  VARIANT,
  widthOf,
} from "./theme.ts";
import { requireResult } from "./run_parts.ts";

const ROW_HEIGHT = 17;
const LEFT = { page: 150, column: 130, phone: 112 } as const;
const RIGHT = 44;
const TOP = 14;
const BOTTOM = 26;

/** Who is champion when: a lane for every agent, filled while it is its role's part of the champion team. */
export function championsFigure(
  result: RunResult,
  all: readonly RecordedEvent[],
  size: FigureWidth = "page",
): Figure {
  requireResult(result, "seed");
  const events = requireIterations(all, "champions");
  let y = 0;
  const panels = ROLES.map((role) => {
    const height = PANEL_TITLE + TOP + events[0]!.agents[role].length * ROW_HEIGHT + BOTTOM +
      (role === "risk" ? 16 : 0);
    const panel = rolePanel(events, role, size, y, height);
    y += height;
    return panel;
  });
  return displayed({
    name: "champions",
    title: "Champions of each role over iterations",
    subtitle: runSubtitle(result),
    caption:
      "A lane is filled while its agent is the best of its role and so trades in the champion team; the share of " +
      "iterations stands on the right. A ring is the teacher of a transfer, placed in its lane. Many short bars mean " +
      "that the ranking is not settled: the credits are closer than their noise.",
    width: widthOf(size),
    height: y,
    legend: [
      { label: "champion (colour by variant)", colour: VARIANT[0], shape: "square" },
      { label: "transfer, the ring is the teacher", colour: INK, shape: "ring" },
      { label: "mutation of the non-elite", colour: INK, shape: "triangle" },
    ],
    panels,
  });
}

function rolePanel(
  events: readonly IterationEvent[],
  role: Role,
  size: FigureWidth,
  y: number,
  height: number,
): Panel {
  const width = widthOf(size), left = LEFT[size];
  const variants = events[0]!.agents[role].map((agent) => agent.variant);
  const agents = agentLabels(variants), kinds = [...new Set(variants)];
  const lanes = agents.map((_, agent) => agent);
  const reigns = lanes.flatMap((agent) =>
    spans(events, (event) => event.champion[role] === agent)
      .map(({ first, last }) => ({ agent, from: first - 0.5, to: last + 0.5 }))
  );
  const lessons = events.flatMap((event) => {
    const teachers = new Set(
      event.transfers.filter((transfer) => transfer.role === role).map((transfer) => transfer.teacher),
    );
    return [...teachers].map((teacher) => ({ k: event.k, teacher }));
  });
  const share = (agent: number) =>
    events.filter((event) => event.champion[role] === agent).length / events.length;
  const axis = iterationAxis(events, size === "page" ? 12 : 5);
  const last = role === "risk";
  return {
    x: 0,
    y,
    width,
    height,
    title: ROLE_NAMES[role],
    hover: championsHover(events, role, agents),
    plot: {
      ...panelOptions(width, height - PANEL_TITLE),
      marginLeft: left,
      marginRight: RIGHT,
      marginTop: TOP,
      marginBottom: BOTTOM + (last ? 16 : 0),
      x: { ...axis, label: last ? axis.label : null },
      y: {
        type: "band",
        domain: lanes,
        padding: 0.16,
        label: null,
        tickSize: 0,
        tickFormat: (agent: number) => fitText(agents[agent]!, left - 16, FONT_SIZE),
      },
      marks: [
        Plot.barX(lanes, {
          x1: () => axis.domain[0],
          x2: () => axis.domain[1],
          y: (agent: number) => agent,
          fill: FAINT,
          fillOpacity: 0.55,
        }),
        Plot.ruleX(transferTimes(events, role), {
          stroke: QUIET,
          strokeWidth: 0.8,
          ariaDescription: `transfers ${role}`,
        }),
        Plot.barX(reigns, {
          x1: "from",
          x2: "to",
          y: "agent",
          fill: (reign: { agent: number }) => cycle(VARIANT, kinds.indexOf(variants[reign.agent]!)),
          ariaDescription: `champion ${role}`,
        }),
        Plot.dot(lessons, {
          x: "k",
          y: "teacher",
          r: 3.2,
          fill: PAPER,
          stroke: INK,
          strokeWidth: 1.3,
          ariaDescription: `teachers ${role}`,
        }),
        Plot.dot(mutationTimes(events, role), {
          x: (k: number) => k,
          frameAnchor: "top",
          dy: -6,
          symbol: "triangle2",
          r: 3,
          fill: INK,
          ariaDescription: `mutations ${role}`,
        }),
        Plot.text(lanes, {
          x: () => axis.domain[1],
          y: (agent: number) => agent,
          text: (agent: number) => percent(share(agent), 0),
          textAnchor: "start",
          dx: 8,
          fontSize: FONT_SIZE,
          fontWeight: "bold",
          ariaDescription: `share ${role}`,
        }),
      ],
    },
  };
}
