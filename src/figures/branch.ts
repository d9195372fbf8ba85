/** A run beside its counterfactual branch: what came of what was left out. */
import * as Plot from "@observablehq/plot";
import type { Branch, BranchedAccount } from "../experiments/genealogy/branch.ts";
import { branchDifference } from "../experiments/genealogy/lesions.ts";
import type { RunResult } from "../experiments/result.ts";
import { type Role, ROLES } from "../genome/role.ts";
import { type AccountLine, closesOf } from "./account_line.ts";
import { accountLegend } from "./account_marks.ts";
import { accountPathsPanel, type PathMark } from "./account_paths.ts";
import { intervalText } from "./difference_rows.ts";
import { displayed } from "./displayed.ts";
import { type Figure, type Panel, PANEL_TITLE } from "./figure.ts";
import { count, pText, signed, signedPercent } from "./format.ts";
import { iterationAxis } from "./iteration_axis.ts";
import { runSubtitle } from "./run_subtitle.ts";
import type { Table } from "./table.ts";
import {
  cycle,
  FAINT,
  type FigureWidth,
  panelOptions,
  QUIET,
  SOFT,
  STRONG,
  VARIANT,
  widthOf,
} from "./theme.ts";
import { thinLine } from "./thin.ts";
import { timePanelOptions } from "./time_panel.ts";

const HEIGHT = 226, GAP_HEIGHT = 150, GENES_HEIGHT = 190;
const DASHES = ["none", "6,3", "2,3", "9,3,2,3"];

/** Equity of the run and of its branch, and how far their genes are apart. */
export function branchFigure(result: RunResult, branch: Branch, size: FigureWidth = "page"): Figure {
  const [first] = branch.accounts, width = widthOf(size), accounts = linesOf(branch, first!);
  const from = branch.openTime[branch.sameRows];
  const marks = from === undefined ? [] : [{ time: from, text: "from here they may differ" }];
  const place = { x: 0, y: 0, width, height: HEIGHT };
  return displayed({
    name: "branch",
    title: `The same run ${leftOutText(branch)}`,
    subtitle: runSubtitle(result),
    caption:
      `Above: equity of the ${
        first!.name
      } over its start, and how much more of that start the run has than its branch; up to ` +
      "the rule both are the same, bit for bit. Below: mean distance of each agent's genes from its own in the run, common " +
      "genes; a lesson that mattered for long leaves them apart. One branch is one path: what follows from it on other rows may " +
      "be the opposite.",
    width,
    height: HEIGHT + GAP_HEIGHT + GENES_HEIGHT,
    legend: [
      ...accountLegend(accounts),
      ...ROLES.map((role, i) => ({
        label: `genes: ${role}`,
        colour: cycle(VARIANT, i),
        shape: i === 0 ? "line" as const : "dashed" as const,
      })),
    ],
    panels: [
      accountPathsPanel(accounts, place, `Account: ${first!.name}`, marks, false),
      gapPanel(accounts, width, marks),
      genesPanel(branch, width),
    ],
  });
}

/** What became of each account. */
export function branchTable(result: RunResult, branch: Branch): Table {
  const { leftOut: { lessons, mutants } } = branch;
  return displayed({
    name: "branch_table",
    title: `The same run ${leftOutText(branch)}`,
    caption:
      `${count(lessons)} lessons and ${
        count(mutants)
      } mutants were left out. Differences are run less branch, over the ` +
      `${
        count(branch.openTime.length - branch.sameRows)
      } reported bars in which they may differ: above 0, the run did better ` +
      "for what it learned. Sharpe ratios are annual; intervals and p are Ledoit and Wolf's, of one path, uncorrected. " +
      runSubtitle(result),
    columns: [
      { label: "Account", align: "left", hint: "Deployed account" },
      { label: "Run", align: "right", hint: "Net return over the bars that may differ" },
      { label: "Branch", align: "right", hint: "The same of the branch" },
      { label: "Difference", align: "right", hint: "Of the two returns" },
      { label: "Sharpe diff.", align: "right", hint: "Annual Sharpe ratio, run less branch" },
      { label: "95% interval", align: "right", hint: "Studentised block bootstrap" },
      { label: "p", align: "right", hint: "Of no difference" },
    ],
    rows: branch.accounts.map((account, i) => ({
      strong: i === 0,
      cells: [account.name, ...accountCells(result, branch, account)],
    })),
  });
}

function accountCells(result: RunResult, branch: Branch, account: BranchedAccount): string[] {
  const { run, branch: other, returned, same, estimate } = branchDifference(branch, account, result.seed);
  const returns = [signedPercent(run), signedPercent(other), signedPercent(returned)];
  if (estimate === null) return [...returns, ...(same ? ["0.00", "the same", "–"] : ["–", "–", "–"])];
  const { difference, p } = estimate;
  return [...returns, signed(difference), intervalText(estimate), pText(p)];
}

function linesOf(branch: Branch, { stored, branch: other }: BranchedAccount): AccountLine[] {
  const { openTime } = branch, start = other.startingEquity;
  return [
    { label: "The run as it was", openTime, equity: stored, start },
    { label: `The branch ${leftOutText(branch)}`, openTime, equity: other.equity, start },
  ];
}

/** "without the transfer at 10". */
export function leftOutText({ intervention: { without, at, roles } }: Pick<Branch, "intervention">): string {
  const what = without === "learning"
    ? roles ? `what ${roles.join(", ")} learned` : "what was learned"
    : without === "transfer"
    ? "the transfer"
    : "the mutation";
  const when = at.length <= 4 ? at.join(", ") : `${at.slice(0, 3).join(", ")} and ${at.length - 3} more`;
  return `without ${what} at ${when}`;
}

/** Run less branch, as a share of what both started with. */
function gapPanel(accounts: readonly AccountLine[], width: number, marks: readonly PathMark[]): Panel {
  const [run, other] = accounts as [AccountLine, AccountLine];
  const gap = run.equity.map((value, t) => (value - other.equity[t]!) / run.start);
  const most = Math.max(0.001, ...gap.map(Math.abs));
  return {
    x: 0,
    y: HEIGHT,
    width,
    height: GAP_HEIGHT,
    title: "Run less branch",
    plot: {
      ...timePanelOptions(run.openTime, width, GAP_HEIGHT - PANEL_TITLE),
      marginLeft: 52,
      y: {
        domain: [-most * 1.1, most * 1.1],
        ticks: 3,
        tickFormat: (tick: number) => signedPercent(tick, most < 0.02 ? 1 : 0),
        tickSize: 0,
        label: null,
      },
      marks: [
        Plot.gridY({ ticks: 3, stroke: FAINT, strokeOpacity: 1 }),
        Plot.ruleY([0], { stroke: SOFT, strokeWidth: 0.8 }),
        Plot.ruleX(marks, { x: "time", stroke: QUIET, strokeWidth: 1.2 }),
        Plot.areaY(thinLine(closesOf(run), gap, width / 3), {
          x: "0",
          y1: 0,
          y2: "1",
          fill: STRONG[0],
          fillOpacity: 0.45,
          ariaDescription: "run less branch",
        }),
      ],
    },
  };
}

function genesPanel({ iterations, distances, intervention: { at } }: Branch, width: number): Panel {
  const points = (role: Role) => distances[role].map((value, i) => [iterations[i]!.k, value] as const);
  return {
    x: 0,
    y: HEIGHT + GAP_HEIGHT,
    width,
    height: GENES_HEIGHT,
    title: "Distance of genes from the run's",
    plot: {
      ...panelOptions(width, GENES_HEIGHT - PANEL_TITLE),
      marginTop: 8,
      marginLeft: 52,
      marginBottom: 40,
      x: iterationAxis(iterations, 8),
      y: { ticks: 3, label: null, tickSize: 0, nice: true, zero: true },
      marks: [
        Plot.gridY({ ticks: 3, stroke: FAINT, strokeOpacity: 1 }),
        Plot.ruleX(at.slice(0, 40), { x: (k: number) => k, stroke: QUIET, strokeWidth: 1 }),
        ...ROLES.map((role, i) =>
          Plot.line(points(role), {
            stroke: cycle(VARIANT, i),
            strokeWidth: 1.6,
            strokeDasharray: DASHES[i]!,
            curve: "step-after",
            ariaDescription: `distance ${role}`,
          })
        ),
      ],
    },
  };
}
