import * as Plot from "@observablehq/plot";
import { type AccountLine, accountStyle, closesOf } from "./account_line.ts";
import { closesHover } from "./closes_hover.ts";
import type { LegendEntry } from "./figure.ts";
import type { LinesHover } from "./hover.ts";
import { type Point, thinLine } from "./thin.ts";

/** Keys of accounts in the order in which they are given. */
export function accountLegend(accounts: readonly AccountLine[]): LegendEntry[] {
  return accounts.map(({ label }, i) => {
    const { colour, shape } = accountStyle(i);
    return { label, colour, shape };
  });
}

/** Points of each account's values, as many as a plot of this width in px shows. */
export function accountPoints(
  accounts: readonly AccountLine[],
  values: readonly Float64Array[],
  width: number,
): Point[][] {
  return accounts.map((account, i) => thinLine(closesOf(account), values[i]!, width / 3));
}

/** A line an account, the first on top. */
export function accountLineMarks(lines: readonly (readonly Point[])[], what: string): Plot.Markish[] {
  return lines.map((points, i) => {
    const { colour, width, dash } = accountStyle(i);
    return Plot.line(points, {
      stroke: colour,
      strokeWidth: width,
      strokeDasharray: dash,
      ariaDescription: `${what} ${i}`,
    });
  }).reverse();
}

/** What a pointer reads of each account's values, from a row on. */
export function accountHover(
  accounts: readonly AccountLine[],
  values: readonly Float64Array[],
  text: (value: number) => string,
  from = 0,
): LinesHover {
  const lines = accounts.map(({ label }, i) => ({
    label,
    colour: accountStyle(i).colour,
    values: values[i]!,
  }));
  return closesHover(accounts[0]!.openTime, lines, text, from);
}
