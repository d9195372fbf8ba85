import { displayed } from "./displayed.ts";
import * as Plot from "@observablehq/plot";
import { type Role, ROLES } from "../genome/role.ts";
import type { RunResult } from "../experiments/result.ts";
import type { RecordedEvent } from "../events/event.ts";
import type { AgentReading, IterationEvent } from "../events/iteration.ts";
import { type EndLabel, endLabels, labelRoom, leaderEnd } from "./end_labels.ts";
import { type Figure, type Panel, PANEL_TITLE } from "./figure.ts";
import { decimal } from "./format.ts";
import { iterationAxis, paddedDomain, requireIterations, transferTimes } from "./iteration_axis.ts";
import { ROLE_NAMES } from "./role_name.ts";
import { runSubtitle } from "./run_subtitle.ts";
import { FAINT, type FigureWidth, INK, panelOptions, SOFT, STRONG, widthOf, WIDTHS } from "./theme.ts";
import { requireResult } from "./run_parts.ts";

const SCORE_HEIGHT = 290;
const ROLE_HEIGHT = 215;
const ROW_GAP = 14;
const MARGIN = { left: 62, top: 26, bottom: 40 };

/** Learning over iterations: scores of the drawn pipelines and the champion, then the credit of each role's agents. */
export function learningCurvesFigure(
  result: RunResult,
  all: readonly RecordedEvent[],
  size: FigureWidth = "page",
): Figure {
  requireResult(result, "seed");
  const events = requireIterations(all, "learning curves");
  const columns = size === "page" ? ROLES.length : 2, width = widthOf(size) / columns;
  const credits = events.flatMap((event) =>
    ROLES.flatMap((role) => event.agents[role].map((agent) => agent.credit))
  );
  return displayed({
    name: "learning_curves",
    title: "Scores of pipelines and credit of agents over iterations",
    subtitle: runSubtitle(result),
    caption:
      "Above: score at each decision, reading the past only. Mean and best are over the pipelines drawn, in sample: " +
      "they rise by selection alone. The best " +
      "is known only after the draw and is never traded. Below: credit in units of the score; the band spans all " +
      "agents of the role, the best agent is the one with the highest agent score (credit and novelty together). " +
      "Ticks on the lower axis mark transfers. Scores re-read a growing past, so neighbouring iterations are not independent.",
    width: widthOf(size),
    height: SCORE_HEIGHT + ROW_GAP + ROLE_HEIGHT * ROLES.length / columns,
    legend: [
      { label: "best agent of the role", colour: STRONG[0], shape: "thick" },
      { label: "mean of the role", colour: INK, shape: "dashed" },
      { label: "range over its agents", colour: FAINT, shape: "square" },
    ],
    panels: [
      scorePanel(events, widthOf(size)),
      ...ROLES.map((role, i) =>
        creditPanel(
          events,
          role,
          { x: (i % columns) * width, row: Math.floor(i / columns), width },
          paddedDomain(credits),
        )
      ),
    ],
  });
}

function scorePanel(events: readonly IterationEvent[], width: number): Panel {
  const last = events.at(-1)!;
  const label = (text: string, value: number, colour: string, bold: boolean): EndLabel => ({
    text,
    figure: decimal(value, 3),
    value,
    colour,
    bold,
  });
  const labels = [
    label("Best drawn", last.bestScore, SOFT, false),
    label("Champion", last.championScore, STRONG[0], true),
    label("Mean of drawn, in sample", last.meanScore, STRONG[1], true),
  ];
  const marginRight = labelRoom(labels);
  const axis = iterationAxis(events, width === WIDTHS.page ? 12 : 4);
  const labelX = leaderEnd(axis.domain[0], axis.domain[1], width - MARGIN.left - marginRight);
  const domain = paddedDomain(
    events.flatMap((event) => [event.bestScore, event.championScore, event.meanScore]),
  );
  const curve = (value: (event: IterationEvent) => number, colour: string, width: number, name: string) =>
    lineOrDot(events.map((event) => [event.k, value(event)]), colour, width, "none", name);
  return {
    x: 0,
    y: 0,
    width,
    height: SCORE_HEIGHT,
    title: "Pipelines",
    plot: {
      ...panelOptions(width, SCORE_HEIGHT - PANEL_TITLE),
      marginLeft: MARGIN.left,
      marginTop: MARGIN.top,
      marginBottom: MARGIN.bottom,
      marginRight,
      x: { ...axis, domain: [axis.domain[0], labelX] },
      y: { domain, label: "Score (of the past so far, per bar)", ticks: 5 },
      marks: [
        Plot.gridY({ ticks: 5, stroke: FAINT, strokeOpacity: 1 }),
        Plot.ruleY(domain[0] < 0 ? [0] : [], { stroke: SOFT, strokeWidth: 0.8 }),
        ...curve((event) => event.bestScore, SOFT, 1, "best score"),
        ...curve((event) => event.meanScore, STRONG[1], 2, "mean score"),
        ...curve((event) => event.championScore, STRONG[0], 2, "champion score"),
        ...endLabels(labels, {
          type: "linear",
          domain,
          bottom: SCORE_HEIGHT - PANEL_TITLE - MARGIN.bottom,
          top: MARGIN.top,
          lastX: last.k,
          labelX,
        }),
      ],
    },
  };
}

function creditPanel(
  events: readonly IterationEvent[],
  role: Role,
  { x, row, width }: { readonly x: number; readonly row: number; readonly width: number },
  domain: readonly [number, number],
): Panel {
  const readings = events.map((event) => {
    const agents = event.agents[role];
    const credits = agents.map((agent) => agent.credit);
    return {
      k: event.k,
      low: Math.min(...credits),
      high: Math.max(...credits),
      mean: credits.reduce((sum, credit) => sum + credit, 0) / credits.length,
      best: bestAgent(agents).credit,
    };
  });
  const first = x === 0;
  return {
    x,
    y: SCORE_HEIGHT + ROW_GAP + row * ROLE_HEIGHT,
    width,
    height: ROLE_HEIGHT,
    title: ROLE_NAMES[role],
    plot: {
      ...panelOptions(width, ROLE_HEIGHT - PANEL_TITLE),
      marginLeft: first ? MARGIN.left : 46,
      marginTop: MARGIN.top,
      marginBottom: MARGIN.bottom,
      x: iterationAxis(events, 4),
      y: { domain: [...domain], label: first ? "Credit (units of the score)" : null, ticks: 4 },
      marks: [
        Plot.gridY({ ticks: 4, stroke: FAINT, strokeOpacity: 1 }),
        Plot.areaY(readings, {
          x: "k",
          y1: "low",
          y2: "high",
          fill: SOFT,
          fillOpacity: 0.22,
          ariaDescription: `credit range ${role}`,
        }),
        Plot.ruleY([0], { stroke: SOFT, strokeWidth: 0.8 }),
        ...lineOrDot(readings.map((entry) => [entry.k, entry.mean]), INK, 1.2, "5,3", `mean credit ${role}`),
        ...lineOrDot(
          readings.map((entry) => [entry.k, entry.best]),
          STRONG[0],
          2,
          "none",
          `best credit ${role}`,
        ),
        Plot.tickX(transferTimes(events, role), {
          x: (k: number) => k,
          stroke: INK,
          insetTop: ROLE_HEIGHT - PANEL_TITLE - MARGIN.top - MARGIN.bottom - 6,
          ariaDescription: `transfers ${role}`,
        }),
      ],
    },
  };
}

/** A line through points; a single point, which a line would not show, is a dot. */
function lineOrDot(
  points: readonly (readonly [number, number])[],
  colour: string,
  width: number,
  dash: string,
  name: string,
): Plot.Markish[] {
  return points.length > 1
    ? [
      Plot.line(points, { stroke: colour, strokeWidth: width, strokeDasharray: dash, ariaDescription: name }),
    ]
    : [Plot.dot(points, { fill: colour, r: 1.5 + width, ariaDescription: name })];
}

function bestAgent(agents: readonly AgentReading[]): AgentReading {
  return agents.reduce((best, agent) => (agent.score > best.score ? agent : best));
}
