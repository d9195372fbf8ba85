import { displayed } from "./displayed.ts";
import * as Plot from "@observablehq/plot";
import { type Role, ROLES } from "../genome/role.ts";
import type { RunResult } from "../experiments/result.ts";
import type { RecordedEvent } from "../events/event.ts";
import type { IterationEvent } from "../events/iteration.ts";
import { type Figure, type Panel, PANEL_TITLE } from "./figure.ts";
import { decimal, percent } from "./format.ts";
import { iterationAxis, requireIterations, spans } from "./iteration_axis.ts";
import { agentLabels, ROLE_NAMES } from "./role_name.ts";
import { runSubtitle } from "./run_subtitle.ts";
import { fitText } from "./text.ts";
import { type FigureWidth, FONT_SIZE, INK, panelOptions, PAPER, widthOf } from "./theme.ts";
import { requireResult } from "./run_parts.ts";

const ROW_HEIGHT = 17;
const LEFT = { page: 150, column: 130, phone: 112 } as const;
const BOTTOM = 26;
const KEY_HEIGHT = 52;
/** Share of |credit| values within the colour scale; the rest take its end colours. */
const WITHIN = 0.98;
/** Diverging without red against green; the middle is almost white. */
const COLOURS = ["#8c3b04", "#d9812e", "#f3c896", "#f5f5f3", "#9fc3e4", "#3b7fbd", "#0a3e77"];

/** Credit of every agent at every iteration, one panel a role, one row an agent. */
export function creditHeatmapFigure(
  result: RunResult,
  all: readonly RecordedEvent[],
  size: FigureWidth = "page",
): Figure {
  requireResult(result, "seed");
  const events = requireIterations(all, "the credit heatmap");
  const limit = colourLimit(events);
  let y = KEY_HEIGHT;
  const panels = ROLES.map((role) => {
    const height = PANEL_TITLE + events[0]!.agents[role].length * ROW_HEIGHT + BOTTOM +
      (role === "risk" ? 16 : 0);
    const panel = rolePanel(events, role, size, limit, y, height);
    y += height;
    return panel;
  });
  return displayed({
    name: "credit_heatmap",
    title: "Credit of every agent over iterations",
    subtitle: runSubtitle(result),
    caption: "One cell is one agent at one iteration, in units of the score; one scale for all roles; " +
      `the ${
        percent(1 - WITHIN, 0)
      } of cells with the largest credit either way may lie beyond its ends. A line through a row ` +
      "marks negative credit, so that the sign can be read without colour. Rows keep their agent throughout: what an agent learns changes its genes, not its variant.",
    width: widthOf(size),
    height: y,
    legend: [],
    panels: [keyPanel(limit, size), ...panels],
  });
}

function rolePanel(
  events: readonly IterationEvent[],
  role: Role,
  size: FigureWidth,
  limit: number,
  y: number,
  height: number,
): Panel {
  const width = widthOf(size), left = LEFT[size];
  const agents = agentLabels(events[0]!.agents[role].map((agent) => agent.variant));
  const cells = events.flatMap((event) =>
    event.agents[role].map((reading, agent) => ({
      agent,
      x1: event.k - 0.5,
      x2: event.k + 0.5,
      credit: reading.credit,
    }))
  );
  const axis = iterationAxis(events, size === "page" ? 12 : 5);
  const last = role === "risk";
  return {
    x: 0,
    y,
    width,
    height,
    title: ROLE_NAMES[role],
    plot: {
      ...panelOptions(width, height - PANEL_TITLE),
      marginLeft: left,
      marginTop: 0,
      marginBottom: BOTTOM + (last ? 16 : 0),
      x: { ...axis, label: last ? axis.label : null },
      y: {
        type: "band",
        domain: agents.map((_, agent) => agent),
        padding: 0.06,
        label: null,
        tickSize: 0,
        tickFormat: (agent: number) => fitText(agents[agent]!, left - 16, FONT_SIZE),
      },
      color: { type: "linear", domain: colourStops(limit), range: COLOURS, clamp: true },
      marks: [
        Plot.barX(cells, {
          x1: "x1",
          x2: "x2",
          y: "agent",
          fill: "credit",
          insetRight: events.length < 200 ? 0.4 : 0,
          ariaDescription: `credit ${role}`,
        }),
        ...strike(negativeRuns(events, role), `negative credit ${role}`),
      ],
    },
  };
}

/** The line that marks negative credit, with a light edge so that it shows on the darkest cells too. */
function strike(runs: readonly { agent: number; from: number; to: number }[], name: string): Plot.Markish[] {
  const place = { x1: "from", x2: "to", y: "agent" };
  return [
    Plot.ruleY(runs, { ...place, stroke: PAPER, strokeOpacity: 0.6, strokeWidth: 2.6 }),
    Plot.ruleY(runs, { ...place, stroke: INK, strokeWidth: 1, ariaDescription: name }),
  ];
}

/** Spans of iterations over which an agent's credit stays below 0. */
function negativeRuns(
  events: readonly IterationEvent[],
  role: Role,
): { agent: number; from: number; to: number }[] {
  return events[0]!.agents[role].flatMap((_, agent) =>
    spans(events, (event) => event.agents[role][agent]!.credit < 0)
      .map(({ first, last }) => ({ agent, from: first - 0.35, to: last + 0.35 }))
  );
}

/** A strip of the scale's colours with its axis: a legend in plain SVG. */
function keyPanel(limit: number, size: FigureWidth): Panel {
  const steps = 60;
  const width = 330;
  const strip = Array.from({ length: steps }, (_, i) => {
    const x1 = limit * (2 * i / steps - 1);
    return { x1, x2: x1 + 2 * limit / steps, credit: x1 + limit / steps };
  });
  const digits = Math.max(0, 2 - Math.ceil(Math.log10(limit)));
  return {
    x: size === "page" ? LEFT.page - 20 : 0,
    y: 0,
    width,
    height: KEY_HEIGHT,
    title: "",
    plot: {
      ...panelOptions(width, KEY_HEIGHT),
      marginLeft: 20,
      marginRight: 20,
      marginTop: 18,
      marginBottom: 20,
      x: {
        domain: [-limit, limit],
        ticks: [-limit, 0, limit],
        tickFormat: (tick: number) => (tick === 0 ? "0" : decimal(tick, digits)),
        tickSize: 3,
        label: null,
      },
      y: { type: "band", domain: [0], axis: null },
      color: { type: "linear", domain: colourStops(limit), range: COLOURS },
      marks: [
        Plot.rect(strip, {
          x1: "x1",
          x2: "x2",
          fill: "credit",
          insetRight: -0.4,
          ariaDescription: "colour key",
        }),
        ...strike([{ agent: 0, from: -limit, to: 0 }], "negative key"),
        Plot.text(["Credit (units of the score)"], { frameAnchor: "top-left", dy: -14, fontSize: FONT_SIZE }),
      ],
    },
  };
}

/** The |credit| that the colour scale ends at: the WITHIN quantile rounded up to two digits, or 1 if that is 0. */
function colourLimit(events: readonly IterationEvent[]): number {
  const sizes = events.flatMap((event) =>
    ROLES.flatMap((role) => event.agents[role].map((agent) => Math.abs(agent.credit)))
  );
  sizes.sort((a, b) => a - b);
  const limit = sizes[Math.ceil(WITHIN * sizes.length) - 1]!;
  if (limit === 0) return 1;
  const unit = 10 ** (Math.floor(Math.log10(limit)) - 1);
  return Math.ceil(limit / unit) * unit;
}

function colourStops(limit: number): number[] {
  return COLOURS.map((_, i) => limit * (2 * i / (COLOURS.length - 1) - 1));
}
