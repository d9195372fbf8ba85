/** All agents of a role on the same bars: what each puts out, how alike they are, and what each earns. */
import { VARIANTS } from "../agents/catalogue.ts";
import type { Variant } from "../agents/variant.ts";
import type { Coin } from "../core/universe.ts";
import type { Figure } from "../figures/figure.ts";
import { decimal } from "../figures/format.ts";
import { ROLE_NAMES } from "../figures/role_name.ts";
import { seriesFigure } from "../figures/series.ts";
import type { Table } from "../figures/table.ts";
import { type Role, ROLES } from "../genome/role.ts";
import { correlation } from "../stats/correlation.ts";
import { stages, stageSeries, team, tradeTeam } from "./agents.ts";
import type { Backtest } from "./backtest.ts";
import type { Market } from "./market.ts";
import { marketSource } from "./market_summary.ts";

/** The series that shows what a role does, by its name in `stageSeries`, and what it is. */
const SHOWN: Readonly<Record<Role, readonly [series: string, meaning: string]>> = {
  analyst: ["analysis.trend", "the trend that is read, about unit scale"],
  researcher: ["forecast.mean.6", "the expected log return of the next six bars"],
  trader: ["plan.conviction", "the wanted direction and strength, from −1 to 1"],
  risk: ["limits.maxGross", "the cap on gross notional over equity"],
};

/** What a role's agents put out for one coin, by variant; shape [rows] each. The other three roles are the default's. */
export function roster(market: Market, role: Role, coin: Coin): Readonly<Record<string, Float64Array>> {
  return Object.fromEntries(VARIANTS[role].map(({ name }) => {
    const series = stageSeries(stages(market, team({ [role]: name })), coin);
    return [name, series[SHOWN[role][0]]!];
  }));
}

/** A role's agents as small plots on the same bars. */
export function rosterFigure(market: Market, role: Role, coin: Coin): Figure {
  const told = roster(market, role, coin);
  const variants: readonly Variant[] = VARIANTS[role];
  const series = variants.map(({ name, summary }) => ({ label: name, note: summary, values: told[name]! }));
  return {
    ...seriesFigure(series, market.panel.openTime, {
      title: `${ROLE_NAMES[role]} on ${coin}`,
      subtitle: marketSource(market),
      caption: `Each plot: ${SHOWN[role][1]}. The other roles are the default's and all read the same bars.`,
    }),
    name: `roster-${role}`,
  };
}

/** The agents of every role, with what each does. */
export function agentsTable(): Table {
  return {
    name: "agents",
    title: `${ROLES.reduce((sum, role) => sum + VARIANTS[role].length, 0)} agents`,
    caption: "One of each role makes a pipeline.",
    columns: [
      { label: "Role", align: "left", hint: "What it is for" },
      { label: "Agent", align: "left", hint: "Its name" },
      { label: "What it does", align: "left", hint: "In a few words" },
    ],
    rows: ROLES.flatMap((role) =>
      (VARIANTS[role] as readonly Variant[]).map(({ name, summary }, i) => ({
        cells: [i === 0 ? ROLE_NAMES[role] : "", name, summary],
        strong: false,
      }))
    ),
  };
}

/** How alike named series are: their correlations, over the rows on which both have values. */
export function alikeTable(series: Readonly<Record<string, Float64Array>>): Table {
  const entries = Object.entries(series);
  return {
    name: "alike",
    title: "How alike they are",
    caption: "Correlations over the rows that both have; – where one never moves.",
    columns: [
      { label: "", align: "left", hint: "One of two" },
      ...entries.map(([name]) => ({ label: name, align: "right" as const, hint: "The other" })),
    ],
    rows: entries.map(([name, values], i) => ({
      cells: [name, ...entries.map(([, other], j) => i === j ? "1" : decimal(likeness(values, other)))],
      strong: false,
    })),
  };
}

/** Correlation of two series; NaN where one never moves. */
function likeness(a: Float64Array, b: Float64Array): number {
  const rows = [...a.keys()].filter((row) => Number.isFinite(a[row]!) && Number.isFinite(b[row]!));
  const x = rows.map((row) => a[row]!), y = rows.map((row) => b[row]!);
  const moves = (values: readonly number[]) => values.some((value) => value !== values[0]);
  return moves(x) && moves(y) ? correlation(x, y) : NaN;
}

/** Every agent of a role in an account of its own, beside the default's other three; by variant. */
export function tradeRole(market: Market, role: Role): Readonly<Record<string, Backtest>> {
  return Object.fromEntries(
    VARIANTS[role].map(({ name }) => [name, tradeTeam(market, team({ [role]: name }))]),
  );
}
