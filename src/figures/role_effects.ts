/** How much of what pipelines earn is whose doing: variance by role and by two roles together. */
import * as Plot from "@observablehq/plot";
import type { RoleEffects } from "../experiments/genealogy/role_effects.ts";
import type { RunResult } from "../experiments/result.ts";
import { ROLES } from "../genome/role.ts";
import { displayed } from "./displayed.ts";
import { type Figure, type Panel, PANEL_TITLE } from "./figure.ts";
import { count, decimal, percent, signed } from "./format.ts";
import { ROLE_NAMES } from "./role_name.ts";
import { runSubtitle } from "./run_subtitle.ts";
import type { Table } from "./table.ts";
import { FAINT, type FigureWidth, FONT_SIZE, INK, panelOptions, STRONG, widthOf } from "./theme.ts";

const HEIGHT = 210;
const COLOURS = ["#f5f5f3", "#b5d3ec", "#74aede"];

/** A matrix of roles, own effects on its diagonal and common ones beside it, and each role's Shapley share. */
export function roleEffectsFigure(
  result: RunResult,
  effects: RoleEffects,
  size: FigureWidth = "page",
): Figure {
  const across = size === "phone" ? 1 : 2, width = widthOf(size) / across;
  return displayed({
    name: "role_effects",
    title: "Whose doing is it what a pipeline earns?",
    subtitle: runSubtitle(result),
    caption:
      `Variance of the annual Sharpe ratios of all ${
        count(effects.pipelines)
      } combinations of declared agents (mean ` +
      `${decimal(effects.mean)}, sd ${
        decimal(effects.sd)
      }), taken apart by role. Left: on the diagonal what a role's agents ` +
      "make whoever is beside them, elsewhere what two roles make together beyond that; " +
      `${
        percent(effects.higher, 0)
      } take three roles or four. Right: Shapley shares, which deal common effects out evenly and ` +
      "add up to 100%. It describes one stretch of one market.",
    width: widthOf(size),
    height: HEIGHT * (size === "phone" ? 2 : 1),
    legend: [],
    panels: [
      matrixPanel(effects, { x: 0, y: 0, width, height: HEIGHT }),
      sharesPanel(effects, {
        x: size === "phone" ? 0 : width,
        y: size === "phone" ? HEIGHT : 0,
        width,
        height: HEIGHT,
      }),
    ],
  });
}

function matrixPanel(effects: RoleEffects, place: Pick<Panel, "x" | "y" | "width" | "height">): Panel {
  const names = ROLES.map((role) => ROLE_NAMES[role]);
  const cells = [
    ...ROLES.map((role) => ({ x: ROLE_NAMES[role], y: ROLE_NAMES[role], share: effects.roles[role].main })),
    ...effects.pairs.map(({ roles: [a, b], share }) => ({ x: ROLE_NAMES[a], y: ROLE_NAMES[b], share })),
  ];
  const most = Math.max(1e-9, ...cells.map(({ share }) => share));
  return {
    ...place,
    title: "Share of variance, alone and two together",
    plot: {
      ...panelOptions(place.width, place.height - PANEL_TITLE),
      marginLeft: 78,
      marginTop: 6,
      marginBottom: 30,
      x: { type: "band", domain: names, label: null, tickSize: 0, padding: 0.04 },
      y: { type: "band", domain: names, label: null, tickSize: 0, padding: 0.04 },
      color: { type: "linear", domain: [0, most / 2, most], range: COLOURS, clamp: true },
      marks: [
        Plot.cell(cells, { x: "x", y: "y", fill: "share", ariaDescription: "shares of variance" }),
        Plot.text(cells, {
          x: "x",
          y: "y",
          text: ({ share }: { readonly share: number }) => percent(share),
          fill: INK,
          fontSize: FONT_SIZE,
        }),
      ],
    },
  };
}

function sharesPanel({ roles }: RoleEffects, place: Pick<Panel, "x" | "y" | "width" | "height">): Panel {
  const bars = ROLES.map((role) => ({ role: ROLE_NAMES[role], ...roles[role] }));
  const most = Math.max(...bars.map(({ shapley }) => shapley));
  return {
    ...place,
    title: "Shapley share of each role",
    plot: {
      ...panelOptions(place.width, place.height - PANEL_TITLE),
      marginLeft: 78,
      marginTop: 6,
      marginRight: 24,
      marginBottom: 30,
      x: { domain: [0, most * 1.2], ticks: 4, tickFormat: (tick: number) => percent(tick, 0), label: null },
      y: { type: "band", domain: bars.map(({ role }) => role), label: null, tickSize: 0, padding: 0.3 },
      marks: [
        Plot.gridX({ ticks: 4, stroke: FAINT, strokeOpacity: 1 }),
        Plot.barX(bars, {
          x: "shapley",
          y: "role",
          fill: STRONG[0],
          fillOpacity: 0.75,
          ariaDescription: "shapley shares",
        }),
        Plot.text(bars, {
          x: "shapley",
          y: "role",
          text: ({ shapley }: { readonly shapley: number }) => percent(shapley),
          textAnchor: "start",
          dx: 5,
          fontSize: FONT_SIZE,
        }),
      ],
    },
  };
}

/** Every two roles, and the two agents of them that do most for one another, or against. */
export function roleEffectsTable(result: RunResult, { pairs, pairEffects, pipelines }: RoleEffects): Table {
  return displayed({
    name: "role_effects_table",
    title: "Roles two by two",
    caption:
      `Of ${
        count(pipelines)
      } pipelines. Interaction: Shapley interaction index in the game of variances (Grabisch and ` +
      "Roubens 1999), which counts what takes a third role too. Strongest pair: two agents that together earn more, or less, than " +
      `each does whoever is beside it, annual Sharpe ratio; the largest of many, so it flatters itself. ${
        runSubtitle(result)
      }`,
    columns: [
      { label: "Roles", align: "left", hint: "" },
      {
        label: "Together",
        align: "right",
        hint: "Share of the variance that is the two roles' common effect",
      },
      { label: "Interaction", align: "right", hint: "Shapley interaction index, as a share of the variance" },
      { label: "Strongest pair", align: "left", hint: "By the size of what they make together" },
      { label: "Effect", align: "right", hint: "Annual Sharpe ratio" },
    ],
    rows: [...pairs].sort((a, b) => b.index - a.index).map(({ roles: [a, b], share, index }) => {
      const strongest = pairEffects.find(({ pair: [one, other] }) => one.role === a && other.role === b);
      return {
        strong: false,
        cells: [
          `${ROLE_NAMES[a]}, ${ROLE_NAMES[b].toLowerCase()}`,
          percent(share),
          percent(index),
          strongest ? strongest.pair.map(({ variant }) => variant).join(" with ") : "–",
          strongest ? signed(strongest.effect) : "–",
        ],
      };
    }),
  });
}
