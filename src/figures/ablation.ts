import * as Plot from "@observablehq/plot";
import type { ClaimResult, Summary } from "../experiments/evidence/summarise.ts";
import { unitsText } from "../experiments/evidence/grid_units.ts";
import { armName, claimUnits, evidenceSubtitle, isOfArms, measuresText } from "./evidence_head.ts";
import { rulingText } from "./evidence_tables.ts";
import type { Figure } from "./figure.ts";
import { decimal, percent, pText, signed } from "./format.ts";
import { singlePanelFigure } from "./single_panel.ts";
import { textWidth } from "./text.ts";
import { FAINT, type FigureWidth, FONT_SIZE, INK, QUIET, SOFT, STRONG, WIDTHS } from "./theme.ts";

const ROW_HEIGHT = 30, TOP = 30, BOTTOM = 46;
/** Px that names and verdicts take beside the plot. */
const LEFT = { page: 190, column: 128, phone: 124 } as const, // at least
  RIGHT = { page: 250, column: 190, phone: 130 } as const;

/**
 * A grid's contrasts as a forest plot: effect and interval of each on each market, the margin of no effect as a band,
 * verdict and corrected p-value beside it.
 */
export function ablationFigure(summary: Summary, size: FigureWidth = "page"): Figure {
  const { claims, record: { registration: { evidence } } } = summary;
  const width = WIDTHS[size], rows = claims.map((claim) => ({ ...claim, row: rowOf(claim) }));
  const units = claimUnits(claims),
    widest = Math.max(...rows.map((row) => textWidth(labelOf(row), FONT_SIZE)));
  const within = reach(claims, evidence.margin);
  const cut = (value: number) => Math.max(within[0], Math.min(within[1], value));
  const isCut = claims.some(({ lower, upper }) => lower < within[0] || upper > within[1]);
  const colour = ({ ruling }: ClaimResult) =>
    ruling === "win" ? STRONG[0] : ruling === "lose" ? STRONG[1] : SOFT;
  const column = (text: (claim: ClaimResult) => string, dx: number, head: string) => [
    Plot.text(rows, {
      y: "row",
      frameAnchor: "right",
      textAnchor: "start",
      dx,
      text,
      fontSize: FONT_SIZE,
      fill: INK,
    }),
    Plot.text([head], {
      frameAnchor: "top-right",
      textAnchor: "start",
      dx,
      dy: -18,
      fontSize: FONT_SIZE,
      fill: SOFT,
    }),
  ];
  return singlePanelFigure(
    {
      name: "ablation",
      title: isOfArms(summary.record) ? "What each factor is worth" : "What the contrasts show",
      subtitle: evidenceSubtitle(summary.record),
      caption:
        `Difference in annual Sharpe ratio (${measuresText(summary.record)}): ${
          isOfArms(summary.record)
            ? "mean of the arms with the factor less mean of those without"
            : "what is claimed to be better less what it is held against"
        }, paired by ${unitsText(units, "by")}. Bars: ${
          percent(1 - evidence.alpha, 0)
        } interval, studentised bootstrap over ${unitsText(units)}. ` +
        `Band: differences within ±${
          decimal(evidence.margin)
        } are no effect. p: exact sign flips, Holm over ` +
        `${summary.record.registration.tests} ${summary.record.registration.tests === 1 ? "test" : "tests"}.${
          isCut ? " Intervals with an arrow go on beyond the plot." : ""
        }`,
    },
    TOP + BOTTOM + rows.length * ROW_HEIGHT,
    {
      width,
      marginLeft: Math.max(LEFT[size], 24 + widest),
      marginRight: RIGHT[size],
      marginTop: TOP,
      marginBottom: BOTTOM,
      x: {
        domain: within,
        label: "Effect, annual Sharpe ratio",
        labelAnchor: "center",
        labelArrow: "none",
        ticks: size === "phone" ? 2 : 5,
      },
      y: { type: "band", domain: rows.map(({ row }) => row), axis: null },
      marks: [
        Plot.rectX([0], {
          x1: -evidence.margin,
          x2: evidence.margin,
          fill: FAINT,
          ariaDescription: "margin of no effect",
        }),
        Plot.ruleX([0], { stroke: SOFT, strokeWidth: 1 }),
        Plot.ruleY(rows, {
          x1: ({ lower }: ClaimResult) => cut(lower),
          x2: ({ upper }: ClaimResult) => cut(upper),
          y: "row",
          stroke: colour,
          strokeWidth: 2,
          ariaDescription: "intervals",
        }),
        ...([["lower", -1], ["upper", 1]] as const).map(([end, side]) =>
          Plot.dot(rows.filter((claim) => cut(claim[end]) !== claim[end]), {
            x: within[side < 0 ? 0 : 1],
            y: "row",
            symbol: "triangle",
            rotate: 90 * side,
            r: 4,
            fill: colour,
            ariaDescription: "goes on",
          })
        ),
        Plot.dot(rows, {
          x: ({ effect }: ClaimResult) => cut(effect),
          y: "row",
          r: 4.5,
          fill: colour,
          stroke: colour,
          ariaDescription: "effects",
        }),
        Plot.text(rows, {
          y: "row",
          frameAnchor: "left",
          textAnchor: "end",
          dx: -14,
          text: labelOf,
          fontSize: FONT_SIZE,
          fill: INK,
        }),
        ...column(({ effect }) => signed(effect), 14, "Effect"),
        ...(size === "phone" ? [] : column(({ holmP }) => pText(holmP), 58, "p")),
        ...column(
          (claim) => rulingText(claim) ?? "no verdict",
          size === "phone" ? 56 : size === "column" ? 108 : 114,
          "Verdict",
        ),
        Plot.ruleY([], { stroke: QUIET }),
      ],
    },
    undefined,
    width,
  );
}

const labelOf = ({ name, market }: ClaimResult) => `${armName(name)}, ${market}`;
const rowOf = ({ name, market }: ClaimResult) => `${name}/${market}`;

/** Both ends of the axis: every effect is in; intervals of few markets may be cut at twice the largest effect. */
function reach(claims: readonly ClaimResult[], margin: number): [number, number] {
  const most = Math.max(margin, ...claims.map(({ effect }) => Math.abs(effect)));
  const low = Math.min(-margin, ...claims.map(({ lower }) => lower));
  const high = Math.max(margin, ...claims.map(({ upper }) => upper));
  return [Math.max(low, -2 * most) * 1.06, Math.min(high, 2 * most) * 1.06];
}
