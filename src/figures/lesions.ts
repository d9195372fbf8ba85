/** What each role's learning was worth: the run less the same run in which the role learned nothing. */
import type { Lesion } from "../experiments/genealogy/lesions.ts";
import type { RunResult } from "../experiments/result.ts";
import { differenceRowsFigure, intervalText } from "./difference_rows.ts";
import { displayed } from "./displayed.ts";
import type { Figure } from "./figure.ts";
import { count, decimal, pText, signed, signedPercent } from "./format.ts";
import { ROLE_NAMES } from "./role_name.ts";
import { runSubtitle } from "./run_subtitle.ts";
import type { Table } from "./table.ts";
import type { FigureWidth } from "./theme.ts";

/** Differences of Sharpe ratios, the run less each lesion, account by account. */
export function lesionsFigure(
  result: RunResult,
  lesions: readonly Lesion[],
  size: FigureWidth = "page",
): Figure {
  const rows = lesions.flatMap(({ role, accounts }) =>
    accounts.flatMap(({ name, estimate }) =>
      estimate === null ? [] : [{ label: `${ROLE_NAMES[role]} learns (${name})`, hollow: false, ...estimate }]
    )
  );
  return differenceRowsFigure(rows, {
    name: "lesions",
    title: "What the learning of each role was worth",
    subtitle: runSubtitle(result),
    caption:
      "Annual net Sharpe ratio of the run less that of the same run in which one role keeps its first genes, over the bars " +
      "that may differ, with the 95% interval of a studentised block bootstrap. Right of the rule: it did better for what the role " +
      "learned. Accounts that came out the same are left out. One path each, uncorrected.",
    axis: "Difference of annual Sharpe ratios",
  }, size);
}

/** The same in numbers. */
export function lesionsTable(result: RunResult, lesions: readonly Lesion[]): Table {
  return displayed({
    name: "lesions_table",
    title: "The run without what one role learned",
    caption: `Differences are run less lesion; p is of one path, uncorrected. ${runSubtitle(result)}`,
    columns: [
      { label: "Role", align: "left", hint: "That keeps its first genes" },
      { label: "Left out", align: "left", hint: "Lessons and mutants" },
      { label: "Account", align: "left", hint: "Deployed account" },
      { label: "Return", align: "right", hint: "Difference of net returns" },
      { label: "Sharpe", align: "right", hint: "Difference of annual Sharpe ratios" },
      { label: "95% interval", align: "right", hint: "Of that" },
      { label: "p", align: "right", hint: "Of no difference" },
    ],
    rows: lesions.flatMap(({ role, leftOut, accounts }) =>
      accounts.map(({ name, returned, same, estimate }, i) => ({
        strong: false,
        cells: [
          i === 0 ? ROLE_NAMES[role] : "",
          i === 0 ? `${count(leftOut.lessons)} lessons, ${count(leftOut.mutants)} mutants` : "",
          name,
          signedPercent(returned),
          ...(estimate === null ? [same ? decimal(0) : "–", same ? "the same" : "–", "–"] : [
            signed(estimate.difference),
            intervalText(estimate),
            pText(estimate.p),
          ]),
        ],
      }))
    ),
  });
}
