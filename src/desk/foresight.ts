/** Does a series foretell returns? Correlations with what came after, on windows that do not overlap. */
import { displayed } from "../figures/displayed.ts";
import type { Coin } from "../core/universe.ts";
import { decimal, signed } from "../figures/format.ts";
import type { Table } from "../figures/table.ts";
import { correlation } from "../stats/correlation.ts";
import { holm } from "../stats/multiple_testing.ts";
import { twoSidedStudent } from "../stats/student.ts";
import { coinAt } from "./columns.ts";
import type { Market } from "./market.ts";
import { requireMarket } from "./request_checks.ts";

/** What one series foretold. */
export interface Foresight {
  /** Its name. */
  readonly name: string;
  /** Windows that were looked at, which do not overlap. */
  readonly windows: number;
  /** Correlation of its value at a close with the return from the next open on (information coefficient); NaN if it never moved. */
  readonly ic: number;
  /** Two-sided p-value of "no correlation", Student's t; 1 if it never moved. */
  readonly p: number;
  /** The same after Holm's correction for all series that were asked about at once. */
  readonly holm: number;
}

/** Windows that a correlation needs. */
const LEAST = 20;

/**
 * Correlations of series with the returns that follow: the value at the close of row t with the return from the open
 * of row t+1 to that of row t+1+`horizon`, every `horizon` rows.
 *
 * @param series Values by name, each of shape [rows].
 * @param horizon Rows of a window, an integer >= 1; 6 are a day.
 * @param coin Whose return; the mean of all coins unless given.
 * @throws {RangeError} If a series has another length or the horizon is no such integer.
 */
export function foresight(
  market: Market,
  series: Readonly<Record<string, Float64Array>>,
  { horizon = 6, coin }: { readonly horizon?: number; readonly coin?: Coin } = {},
): Foresight[] {
  requireMarket(market);
  if (!Number.isInteger(horizon) || horizon < 1) {
    throw new RangeError(
      `Cannot look ahead as the horizon must be an integer >= 1: current value is ${horizon}`,
    );
  }
  const { rows, panel } = market;
  const opens = (coin === undefined ? panel.coins : [panel.coins[coinAt(market, coin)]!]).map(({ open }) =>
    open
  );
  const after = (row: number) =>
    opens.reduce((sum, open) => sum + open[row + 1 + horizon]! / open[row + 1]! - 1, 0) / opens.length;
  const found = Object.entries(series).map(([name, values]) => {
    if (values.length !== rows) {
      throw new RangeError(`Cannot look ahead as ${name} must have ${rows} values: it has ${values.length}`);
    }
    const xs: number[] = [], ys: number[] = [];
    for (let row = 0; row + 1 + horizon < rows; row += horizon) {
      if (!Number.isFinite(values[row]!)) continue;
      xs.push(values[row]!);
      ys.push(after(row));
    }
    const moves = xs.length >= LEAST && xs.some((x) => x !== xs[0]);
    const ic = moves ? correlation(xs, ys) : NaN;
    return { name, windows: xs.length, ic, p: moves ? correlationP(ic, xs.length) : 1 };
  });
  const corrected = holm(found.map(({ p }) => p));
  return found.map((one, i) => ({ ...one, holm: corrected[i]! }));
}

/** Two-sided p-value of a correlation of n independent pairs. */
function correlationP(r: number, n: number): number {
  return Math.abs(r) === 1 ? 0 : twoSidedStudent(r * Math.sqrt((n - 2) / (1 - r * r)), n - 2);
}

function pText(p: number): string {
  return p < 0.001 ? "<0.001" : decimal(p, 3);
}

/** What series foretold as a table; strong where Holm's p-value is below .05. */
export function foresightTable(found: readonly Foresight[]): Table {
  const hits = found.filter((one) => one.holm < 0.05).length;
  return displayed({
    name: "foresight",
    title: `${hits} of ${found.length} foretell the returns that follow`,
    caption:
      "Correlation of the value at a close with the return from the next open on, in windows that do not overlap. " +
      "Bold: below .05 after Holm's correction for all rows of this table.",
    columns: [
      { label: "Series", align: "left", hint: "What is read" },
      { label: "Correlation", align: "right", hint: "Information coefficient" },
      { label: "Windows", align: "right", hint: "Windows that do not overlap" },
      { label: "p", align: "right", hint: "Two-sided, of no correlation" },
      { label: "p (Holm)", align: "right", hint: "Corrected for all rows of the table" },
    ],
    rows: found.map(({ name, windows, ic, p, holm: corrected }) => ({
      cells: [name, signed(ic, 3), String(windows), pText(p), pText(corrected)],
      strong: corrected < 0.05,
    })),
  });
}

/**
 * What some groups of series foretold, in words, as Markdown.
 *
 * @param groups Findings by the name of what was asked about together.
 * @param horizon Rows of a window.
 */
export function foresightAnswer(
  groups: Readonly<Record<string, readonly Foresight[]>>,
  horizon: number,
): { readonly markdown: string } {
  const sentences = Object.entries(groups).map(([group, found]) => {
    const told = found.filter((one) => one.holm < 0.05);
    const strongest = found.filter(({ ic }) =>
      Number.isFinite(ic)
    ).toSorted((a, b) => Math.abs(b.ic) - Math.abs(a.ic))[0];
    const best = strongest === undefined
      ? ""
      : ` The largest correlation is that of ${strongest.name}, ${
        signed(strongest.ic, 3)
      } over ${strongest.windows} windows.`;
    const names = told.length === 0 ? "none" : told.map(({ name }) => `**${name}**`).join(", ");
    return `Of ${found.length} ${group}: ${names} foretold the next ${horizon} bars after correction.${best}`;
  });
  return displayed({
    markdown: `${
      sentences.join("\n\n")
    }\n\nA correlation is no profit: costs come off, and these rows were looked at.`,
  });
}
