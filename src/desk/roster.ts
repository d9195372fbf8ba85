/** All agents of a role on the same bars: what each puts out, how alike they are, and what each earns. */
import { displayed } from "../figures/displayed.ts";
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
import { type Stages, stages, stageSeries, team, tradeTeam } from "./agents.ts";
import type { Backtest } from "./backtest.ts";
import { coinAt } from "./columns.ts";
import type { Market } from "./market.ts";
import { marketSource } from "./market_summary.ts";
import { requireKnown } from "../core/known_names.ts";
import { requireMarket } from "./request_checks.ts";

/** What shows best what a role does: a series, and what it is. */
interface Shown {
  readonly meaning: string;
  readonly read: (all: Stages, coin: Coin) => Float64Array;
}

const SHOWN: Readonly<Record<Role, Shown>> = {
  analyst: {
    meaning: "the trend that is read, about unit scale",
    read: (all, coin) => stageSeries(all, coin)["analysis.trend"]!,
  },
  researcher: {
    meaning: "the expected log return per bar over its middle horizon, in %",
    read: ({ market, forecast: { coins, horizons } }, coin) =>
      coins[coinAt(market, coin)]!.mean[1]!.map((mean) => 100 * mean / horizons[1]!),
  },
  trader: {
    meaning: "the wanted direction and strength, from −1 to 1",
    read: (all, coin) => stageSeries(all, coin)["plan.conviction"]!,
  },
  risk: {
    meaning: "the cap on gross notional over equity",
    read: (all, coin) => stageSeries(all, coin)["limits.maxGross"]!,
  },
};

const PLURAL = {
  analyst: "analysts",
  researcher: "researchers",
  trader: "traders",
  risk: "risk agents",
} as const;

/** What a role's agents put out for one coin, by variant; shape [rows] each. The other three roles are the default's. */
export function roster(market: Market, role: Role, coin: Coin): Readonly<Record<string, Float64Array>> {
  requireMarket(market);
  requireKnown("Cannot compare a role's agents as the role", role, ROLES);
  return Object.fromEntries(
    VARIANTS[role].map(({ name }) => [name, SHOWN[role].read(stages(market, team({ [role]: name })), coin)]),
  );
}

/** A role's agents as small plots on the same bars. */
export function rosterFigure(market: Market, role: Role, coin: Coin): Figure {
  const told = roster(market, role, coin);
  const variants: readonly Variant[] = VARIANTS[role];
  const series = variants.map(({ name, summary }) => ({ label: name, note: summary, values: told[name]! }));
  return displayed({
    ...seriesFigure(series, market.panel.openTime, {
      title: `${variants.length} ${PLURAL[role]} on ${coin}`,
      subtitle: marketSource(market),
      caption: `Each plot: ${
        SHOWN[role].meaning
      }. The other roles are the default's and all read the same bars.`,
    }),
    name: `roster-${role}`,
  });
}

/** The agents of every role, with what each does. */
export function agentsTable(): Table {
  return displayed({
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
  });
}

/**
 * How alike named series are: their correlations, over the rows on which both have values.
 *
 * @throws {RangeError} If they differ in length: rows of one are then not those of another.
 */
export function alikeTable(series: Readonly<Record<string, Float64Array>>): Table {
  const entries = Object.entries(series);
  const odd = entries.find(([, values]) => values?.length !== entries[0]![1]?.length);
  if (odd) {
    throw new RangeError(
      `Cannot tell how alike they are as all must have the same rows: ${odd[0]} has ${odd[1]?.length}, ${
        entries[0]![0]
      } ${entries[0]![1]?.length}`,
    );
  }
  return displayed({
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
  });
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
  requireMarket(market);
  requireKnown("Cannot trade a role's agents as the role", role, ROLES);
  return Object.fromEntries(
    VARIANTS[role].map(({ name }) => [name, tradeTeam(market, team({ [role]: name }))]),
  );
}
