import { displayed } from "./displayed.ts";
import * as Plot from "@observablehq/plot";
import * as z from "zod";
import { type Role, ROLES } from "../genome/role.ts";
import type { RunResult } from "../experiments/result.ts";
import type { RecordedEvent } from "../events/event.ts";
import type { DiversityReading, IterationEvent } from "../events/iteration.ts";
import { type Figure, type Panel, PANEL_TITLE } from "./figure.ts";
import { decimal } from "./format.ts";
import { iterationAxis, mutationTimes, requireIterations, transferTimes } from "./iteration_axis.ts";
import { ROLE_NAMES } from "./role_name.ts";
import { runSubtitle } from "./run_subtitle.ts";
import { FAINT, type FigureWidth, INK, panelOptions, QUIET, STRONG, widthOf } from "./theme.ts";
import { requireResult } from "./run_parts.ts";

/** Below this effective number the agents of a role count as near clones. */
const COLLAPSE = 1.5;

const LEFT = 44;
const HEIGHTS = [180, 160, 178] as const;

/** The three measures that are drawn, one row each. */
const MEASURES = [
  { key: "parameter", label: "Distance of genomes (0 to 1)", least: 0 },
  { key: "behaviour", label: "Distance of outputs (sd)", least: 0 },
  { key: "effective", label: "Effective number of agents", least: 1 },
] as const satisfies readonly { key: keyof DiversityReading; label: string; least: number }[];
type Measure = typeof MEASURES[number];

/** How unlike the agents of each role are: three measures by four roles, each panel on its own scale. */
export function diversityFigure(
  result: RunResult,
  all: readonly RecordedEvent[],
  size: FigureWidth = "page",
): Figure {
  requireResult(result, "seed");
  const events = requireIterations(all, "diversity");
  const trigger = triggerOf(result);
  const columns = size === "page" ? ROLES.length : 2, width = widthOf(size) / columns;
  const block = HEIGHTS.reduce((sum, height) => sum + height, 0); // all measures of as many roles as stand side by side
  const tops = HEIGHTS.map((_, row) => HEIGHTS.slice(0, row).reduce((sum, height) => sum + height, 0));
  const triggerKey = trigger === null
    ? []
    : [{ label: `trigger: ${decimal(trigger)} of the start`, colour: STRONG[1], shape: "dashed" as const }];
  return displayed({
    name: "diversity",
    title: "Diversity of the agents of each role",
    subtitle: runSubtitle(result),
    caption:
      "Rows: mean pairwise distance in common genes; mean pairwise distance of outputs on the reference states, " +
      "in sd of each channel; effective number of agents (Vendi score), with the alarm for near clones at " +
      `${COLLAPSE}. Every panel has its own scale. A transfer is expected to pull the first row down; mutation lifts it.`,
    width: widthOf(size),
    height: block * ROLES.length / columns,
    legend: [
      { label: "measure", colour: STRONG[0], shape: "thick" },
      ...triggerKey,
      { label: `near clones: ${COLLAPSE}`, colour: INK, shape: "dashed" },
      { label: "transfer", colour: QUIET, shape: "line" },
      { label: "mutation of the non-elite", colour: STRONG[1], shape: "triangle" },
    ],
    panels: MEASURES.flatMap((measure, row) =>
      ROLES.map((role, column) =>
        measurePanel(
          events,
          measure,
          role,
          trigger,
          column % columns,
          width,
          row,
          tops[row]! + block * Math.floor(column / columns),
        )
      )
    ),
  });
}

const mutatingSchema = z.object({
  population: z.object({ mutation: z.enum(["trigger", "tested"]), diversityTrigger: z.number() }),
});

/** Share of a role's starting parameter distance below which its non-elite mutate; null in a run where nothing does. */
function triggerOf({ config }: RunResult): number | null {
  const parsed = mutatingSchema.safeParse(config);
  return parsed.success ? parsed.data.population.diversityTrigger : null;
}

function measurePanel(
  events: readonly IterationEvent[],
  measure: Measure,
  role: Role,
  trigger: number | null,
  column: number,
  width: number,
  row: number,
  y: number,
): Panel {
  const height = HEIGHTS[row]!;
  const firstRow = row === 0, lastRow = row === HEIGHTS.length - 1;
  const points = events.map((event) => [event.k, event.diversity[role][measure.key]] as const);
  const threshold = measure.key === "parameter" && trigger !== null ? trigger * points[0]![1] : null;
  const alarm = measure.key === "effective" ? [COLLAPSE] : [];
  const most = measure.key === "effective" ? events[0]!.agents[role].length : 0;
  const highest = Math.max(...points.map(([, value]) => value), threshold === null ? 0 : threshold, most);
  const domain = [
    measure.least,
    highest > measure.least ? measure.least + (highest - measure.least) * 1.06 : measure.least + 1,
  ];
  const axis = iterationAxis(events, 4);

  return {
    x: column * width,
    y,
    width,
    height,
    title: firstRow ? ROLE_NAMES[role] : "",
    plot: {
      ...panelOptions(width, firstRow ? height - PANEL_TITLE : height),
      marginLeft: LEFT,
      marginTop: 32,
      marginBottom: lastRow ? 40 : 22,
      x: { ...axis, label: lastRow ? axis.label : null },
      y: { domain, ticks: 4, label: column === 0 ? measure.label : null, labelArrow: "none" },
      marks: [
        Plot.gridY({ ticks: 4, stroke: FAINT, strokeOpacity: 1 }),
        Plot.ruleX(transferTimes(events, role), {
          stroke: QUIET,
          strokeWidth: 0.7,
          ariaDescription: `transfers ${role}`,
        }),
        Plot.ruleY(threshold === null ? [] : [threshold], {
          stroke: STRONG[1],
          strokeWidth: 1.4,
          strokeDasharray: "5,3",
          ariaDescription: `trigger ${role}`,
        }),
        Plot.ruleY(alarm, { stroke: INK, strokeDasharray: "5,3", ariaDescription: `near clones ${role}` }),
        points.length > 1
          ? Plot.line(points, {
            stroke: STRONG[0],
            strokeWidth: 1.8,
            ariaDescription: `${measure.key} ${role}`,
          })
          : Plot.dot(points, { fill: STRONG[0], r: 3, ariaDescription: `${measure.key} ${role}` }),
        Plot.dot(mutationTimes(events, role), {
          x: (k: number) => k,
          frameAnchor: "top",
          symbol: "triangle2",
          r: 3,
          fill: STRONG[1],
          ariaDescription: `mutations ${role}`,
        }),
      ],
    },
  };
}
