import * as Plot from "@observablehq/plot";
import { agentOf } from "../agents/agent.ts";
import { geneSet } from "../agents/variant.ts";
import type { RecordedEvent } from "../events/event.ts";
import type { IterationEvent } from "../events/iteration.ts";
import type { RunResult } from "../experiments/result.ts";
import type { Gene } from "../genome/gene.ts";
import { naturalValue } from "../genome/genome.ts";
import type { Role } from "../genome/role.ts";
import { displayed } from "./displayed.ts";
import { type Figure, type Panel, PANEL_TITLE } from "./figure.ts";
import { significant } from "./format.ts";
import { iterationAxis, mutationTimes, requireIterations, transferTimes } from "./iteration_axis.ts";
import { agentLabels, ROLE_NAMES } from "./role_name.ts";
import { requireResult } from "./run_parts.ts";
import { runSubtitle } from "./run_subtitle.ts";
import { smallPanels } from "./small_panels.ts";
import { cycle, FAINT, type FigureWidth, INK, panelOptions, SOFT, STRONG, VARIANT } from "./theme.ts";

const HEIGHT = 178, LABELLED = 18;
const DASHES = ["none", "6,3", "2,3", "9,3,2,3", "12,3"];

/** Every common gene of a role over iterations, a panel a gene, a line an agent; genes move where it is taught or mutates. */
export function genomePathsFigure(
  result: RunResult,
  all: readonly RecordedEvent[],
  role: Role,
  size: FigureWidth = "page",
): Figure {
  requireResult(result, "seed");
  const events = requireIterations(all, "genome paths");
  const agents = events[0]!.agents[role];
  const genes =
    geneSet(agentOf(role, { variant: agents[0]!.variant, coordinates: agents[0]!.genome }).variant).common;
  const { across, placeOf, whole } = smallPanels(genes.length, HEIGHT, size);
  const labels = agentLabels(agents.map(({ variant }) => variant));
  return displayed({
    name: `genome_paths_${role}`,
    title: `${ROLE_NAMES[role]}: paths of genes`,
    subtitle: runSubtitle(result),
    caption:
      "Common genes of each agent in their natural units, on the scale on which they mutate. Ticks on the lower axis " +
      "mark lessons, on the upper axis mutants. Lines that run together: the role is becoming one agent; the genes that are an " +
      "agent's own are not shown, nobody teaches them.",
    width: placeOf(0).width * across,
    height: whole + LABELLED,
    legend: labels.map((label, i) => ({
      label,
      colour: cycle(VARIANT, i),
      shape: i === 0 ? "line" as const : "dashed" as const,
    })),
    panels: genes.map((gene, g) => {
      const lowest = g + across >= genes.length, place = placeOf(g);
      return genePanel(
        events,
        role,
        gene,
        g,
        { ...place, height: place.height + (lowest ? LABELLED : 0) },
        lowest,
      );
    }),
  });
}

function genePanel(
  events: readonly IterationEvent[],
  role: Role,
  gene: Gene,
  index: number,
  place: Pick<Panel, "x" | "y" | "width" | "height">,
  lowest: boolean,
): Panel {
  const axis = iterationAxis(events, place.width > 250 ? 6 : 4), height = place.height - PANEL_TITLE;
  const lines = events[0]!.agents[role].map((_, agent) =>
    events.map((event) => [event.k, event.agents[role][agent]!.genome[index]!] as const)
  );
  const ends = [0, 0.5, 1];
  return {
    ...place,
    title: words(gene.name),
    plot: {
      ...panelOptions(place.width, height),
      marginTop: 10,
      marginLeft: 50,
      marginBottom: lowest ? 40 : 24,
      x: { ...axis, label: lowest ? axis.label : null },
      y: {
        domain: [-0.04, 1.04],
        ticks: ends,
        tickFormat: (at: number) => significant(naturalValue(gene, at), 2),
        tickSize: 0,
        label: null,
      },
      marks: [
        Plot.gridY(ends, { stroke: FAINT, strokeOpacity: 1 }),
        ...lines.map((points, agent) =>
          Plot.line(points, {
            stroke: cycle(VARIANT, agent),
            strokeWidth: 1.5,
            strokeDasharray: cycle(DASHES, agent),
            curve: "step-after",
            ariaDescription: `${gene.name} ${agent}`,
          })
        ).reverse(),
        Plot.ruleX(transferTimes(events, role), {
          x: (k: number) => k + 1,
          stroke: INK,
          y1: -0.04,
          y2: 0.02,
          ariaDescription: `lessons ${gene.name}`,
        }),
        Plot.ruleX(mutationTimes(events, role), {
          x: (k: number) => k + 1,
          stroke: STRONG[1],
          y1: 0.98,
          y2: 1.04,
          ariaDescription: `mutants ${gene.name}`,
        }),
        ...(events.length > 1 ? [] : [Plot.dot(lines.map(([point]) => point!), { fill: SOFT, r: 2 })]),
      ],
    },
  };
}

/** "middleLookback" as it is read. */
function words(name: string): string {
  const text = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
