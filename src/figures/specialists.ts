/** Agents by regime: what each earns there beyond its role's mean. */
import * as Plot from "@observablehq/plot";
import type { RoleSpecialists, Specialists } from "../experiments/genealogy/specialists.ts";
import type { RunResult } from "../experiments/result.ts";
import { displayed } from "./displayed.ts";
import { type Figure, type Panel, PANEL_TITLE } from "./figure.ts";
import { count, decimal, percent, pText, signed } from "./format.ts";
import { agentLabels, ROLE_NAMES } from "./role_name.ts";
import { runSubtitle } from "./run_subtitle.ts";
import { fitText } from "./text.ts";
import type { Table } from "./table.ts";
import { type FigureWidth, FONT_SIZE, INK, panelOptions, widthOf } from "./theme.ts";

const ROW = 24, TOP = 24, BOTTOM = 8, NOTE = 18, GAP = 14;
const LEFT = { page: 118, column: 96, phone: 104 } as const,
  ACROSS = { page: 2, column: 2, phone: 1 } as const;
/** Diverging without red against green, light enough in all cells for dark numbers. */
const COLOURS = ["#e09a55", "#f3c896", "#f5f5f3", "#b5d3ec", "#74aede"];
const BP = 1e4;

/** A matrix a role, agent by regime, in basis points a bar; beside its name how far it can be trusted. */
export function specialistsFigure(result: RunResult, found: Specialists, size: FigureWidth = "page"): Figure {
  const across = ACROSS[size], width = widthOf(size) / across;
  const limit = Math.max(1e-9, ...found.roles.flatMap(({ advantage }) => advantage.flat().map(Math.abs))) *
    BP;
  const agents = Math.max(...found.roles.map(({ variants }) => variants.length));
  const height = PANEL_TITLE + NOTE + TOP + agents * ROW + BOTTOM + GAP;
  return displayed({
    name: `specialists_${found.kind}`,
    title: "Who earns where: agents by regime",
    subtitle: runSubtitle(result),
    caption:
      `Mean net return of each agent's teams less the role's mean in that regime, basis points a bar; regimes as they were ` +
      `known when each bar opened (${
        found.regimes.map((name, i) => `${name} ${count(found.bars[i]!)}`).join(", ")
      } bars). ` +
      "Reliability: of what is neither the agent's nor the regime's alone, odd against even iterations (Spearman-Brown); near 0 " +
      "or below, the pattern does not repeat. p: share of shifted regime labels with as much of it.",
    width: widthOf(size),
    height: height * Math.ceil(found.roles.length / across),
    legend: [],
    panels: found.roles.map((role, i) =>
      rolePanel(role, found.regimes, limit, LEFT[size], {
        x: (i % across) * width,
        y: Math.floor(i / across) * height,
        width,
        height,
      })
    ),
  });
}

function rolePanel(
  { role, variants, advantage, reliability, p }: RoleSpecialists,
  regimes: readonly string[],
  limit: number,
  left: number,
  place: Pick<Panel, "x" | "y" | "width" | "height">,
): Panel {
  const labels = agentLabels(variants), height = place.height - PANEL_TITLE;
  const cells = advantage.flatMap((own, agent) =>
    own.map((value, regime) => ({ agent, regime: regimes[regime]!, value: value * BP }))
  );
  const note = `reliability ${reliability === null ? "–" : decimal(reliability)}, p ${pText(p)}`;
  return {
    ...place,
    title: ROLE_NAMES[role],
    plot: {
      ...panelOptions(place.width, height),
      marginLeft: left,
      marginTop: NOTE + TOP,
      marginRight: 16,
      marginBottom: height - NOTE - TOP - labels.length * ROW,
      x: { type: "band", domain: [...regimes], axis: "top", label: null, tickSize: 0, padding: 0.03 },
      y: {
        type: "band",
        domain: labels.map((_, agent) => agent),
        label: null,
        tickSize: 0,
        padding: 0.06,
        tickFormat: (agent: number) => fitText(labels[agent]!, left - 14, FONT_SIZE),
      },
      color: {
        type: "linear",
        domain: COLOURS.map((_, i) => limit * (2 * i / (COLOURS.length - 1) - 1)),
        range: COLOURS,
        clamp: true,
      },
      marks: [
        Plot.text([note], {
          frameAnchor: "top-left",
          dy: -NOTE - TOP + 4,
          dx: -left + 7,
          fontSize: FONT_SIZE,
          ariaDescription: "note",
        }),
        Plot.cell(cells, { x: "regime", y: "agent", fill: "value", ariaDescription: `advantage ${role}` }),
        Plot.text(cells, {
          x: "regime",
          y: "agent",
          text: ({ value }: { readonly value: number }) => signed(value),
          fill: INK,
          fontSize: FONT_SIZE,
        }),
      ],
    },
  };
}

/** What may be said of specialists, a row a role. */
export function specialistsTable(result: RunResult, found: Specialists): Table {
  return displayed({
    name: `specialists_${found.kind}_table`,
    title: "Is anybody a specialist?",
    caption:
      "Agents: of what their teams earn by regime. Champion's choice: which agent led in which regime; told: share of the " +
      "regime's entropy that the choice tells (division of labour, Gorelick et al. 2004), and Cramer's V, both above 0 by chance: " +
      `p is by labels shifted round the circle, uncorrected. ${runSubtitle(result)}`,
    columns: [
      { label: "Role", align: "left", hint: "" },
      { label: "Reliability", align: "right", hint: "Split-half, of agents by regime" },
      { label: "p (agents)", align: "right", hint: "As much by shifted labels" },
      { label: "Best by regime", align: "left", hint: "The agent with the largest advantage in each" },
      { label: "Told", align: "right", hint: "Of the regime, by the champion's choice" },
      { label: "V", align: "right", hint: "Cramer's V of the champion's choice" },
      { label: "p (choice)", align: "right", hint: "As much by shifted labels" },
    ],
    rows: found.roles.map(({ role, variants, advantage, reliability, p, choice, choiceP }) => ({
      strong: false,
      cells: [
        ROLE_NAMES[role],
        reliability === null ? "–" : decimal(reliability),
        pText(p),
        found.regimes.map((regime, i) => `${regime}: ${bestIn(agentLabels(variants), advantage, i)}`).join(
          "; ",
        ),
        percent(choice.regimeTold),
        decimal(choice.cramersV),
        pText(choiceP),
      ],
    })),
  });
}

function bestIn(labels: readonly string[], advantage: RoleSpecialists["advantage"], regime: number): string {
  const own = advantage.map((one) => one[regime]!);
  return labels[own.indexOf(Math.max(...own))]!;
}
