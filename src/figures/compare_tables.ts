import { displayed } from "./displayed.ts";
import type { RunComparison } from "../experiments/compare_runs.ts";
import { count, day, decimal, signed } from "./format.ts";
import type { Table } from "./table.ts";
import { plainText } from "./text.ts";

/**
 * The settings in which two runs differ, a row each.
 *
 * @param a What the first run is called.
 * @param b What the second run is called.
 */
export function settingsTable({ settings }: RunComparison, a = "First", b = "Second"): Table {
  const text = (value: unknown) => value === undefined ? "–" : plainText(JSON.stringify(value));
  return displayed({
    name: "settings",
    title: settings.length === 0 ? "No setting differs" : "Settings that differ",
    caption: "What a run does not read stands at its default in both; – is read by the other run alone.",
    columns: [
      { label: "Setting", align: "left", hint: "Path of the setting" },
      { label: a, align: "left", hint: "Value in the first run" },
      { label: b, align: "left", hint: "Value in the second run" },
    ],
    rows: settings.map((one) => ({ cells: [one.path, text(one.a), text(one.b)], strong: false })),
  });
}

/**
 * Differences of Sharpe ratios, first run minus second, a row a strategy.
 *
 * @param a What the first run is called.
 * @param b What the second run is called.
 */
export function differencesTable(comparison: RunComparison, a = "First", b = "Second"): Table {
  const { strategies, bars, span } = comparison;
  const when = span === null ? "" : `, ${day(span.start)} to ${day(span.end)}`;
  return displayed({
    name: "differences",
    title: `Paired differences, first minus second, over the ${count(bars)} bars of both${when}`,
    caption:
      "SE (HAC), interval and p: Ledoit and Wolf's studentised block bootstrap of two Sharpe ratios on the same bars " +
      "(2008), as in a run's headline; no normal approximation. It is the error of one market and of these draws; p is not corrected for the number of rows.",
    columns: [
      { label: "Strategy", align: "left", hint: "What trades" },
      { label: plainText(a), align: "right", hint: "Its annual Sharpe ratio on the common bars" },
      { label: plainText(b), align: "right", hint: "Its annual Sharpe ratio on the common bars" },
      { label: "Difference", align: "right", hint: "First minus second" },
      { label: "SE", align: "right", hint: "Standard error of the difference (HAC)" },
      {
        label: "95% interval",
        align: "right",
        hint: "Studentised bootstrap, symmetric about the difference",
      },
      { label: "p", align: "right", hint: "Two-sided p-value of equal Sharpe ratios" },
    ],
    rows: strategies.map(({ label, difference, test, ...ratios }) => ({
      cells: [
        plainText(label),
        decimal(ratios.a),
        decimal(ratios.b),
        signed(difference),
        ...(test === null
          ? ["–", "–", "–"]
          : [decimal(test.se), `${decimal(test.low)} to ${decimal(test.high)}`, decimal(test.p, 3)]),
      ],
      strong: false,
    })),
  });
}
