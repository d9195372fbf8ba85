/** A winner's schedule replayed on one agent: its account beside the champion's, and beside its first and last genes. */
import { type Replay, REPLAYS } from "../experiments/genealogy/replay_schedule.ts";
import type { RunResult } from "../experiments/result.ts";
import { ROLES } from "../genome/role.ts";
import { accountLegend } from "./account_marks.ts";
import { accountPathsPanel } from "./account_paths.ts";
import { displayed } from "./displayed.ts";
import { type Figure, PANEL_TITLE } from "./figure.ts";
import { count, decimal, percent, signedPercent } from "./format.ts";
import { ROLE_NAMES } from "./role_name.ts";
import { runSubtitle } from "./run_subtitle.ts";
import type { Table } from "./table.ts";
import { type FigureWidth, widthOf } from "./theme.ts";

const HEIGHT = 300;

/** Equity of the champion, of one agent with the winner's schedule, and of the winner's first and last genes. */
export function replayFigure(result: RunResult, replay: Replay, size: FigureWidth = "page"): Figure {
  const accounts = replay.schedules.map(({ name, series }) => ({
    label: REPLAYS[name],
    openTime: replay.openTime,
    equity: series.equity,
    start: series.startingEquity,
  }));
  const width = widthOf(size), place = { x: 0, y: 0, width, height: HEIGHT + PANEL_TITLE };
  return displayed({
    name: "replay",
    title: "Does the winner's schedule make the difference, or what it ends with?",
    subtitle: runSubtitle(result),
    caption: `${winnerText(replay)} ${HINDSIGHT}`,
    width,
    height: HEIGHT + PANEL_TITLE,
    legend: accountLegend(accounts),
    panels: [accountPathsPanel(accounts, place, "Equity over its start")],
  });
}

const HINDSIGHT =
  "The winner is known at the end alone, so all but the champion's own account is hindsight: it explains and proves nothing.";

/** What each of them came to. */
export function replayTable(result: RunResult, replay: Replay): Table {
  return displayed({
    name: "replay_table",
    title: "The winner's schedule on a single agent",
    caption: `${winnerText(replay)} ${HINDSIGHT} ${runSubtitle(result)}`,
    columns: [
      { label: "What is traded", align: "left", hint: "By one account of its own, with all costs" },
      { label: "Changes", align: "right", hint: "Windows at which its genes changed, the first included" },
      { label: "Net return", align: "right", hint: "Over the reported rows" },
      { label: "Sharpe", align: "right", hint: "Annual, net" },
      { label: "SE", align: "right", hint: "Standard error of the Sharpe ratio" },
      { label: "Drawdown", align: "right", hint: "Largest" },
    ],
    rows: replay.schedules.map(({ name, metrics, changes }) => ({
      strong: name === "schedule",
      cells: [
        REPLAYS[name],
        count(changes.length),
        signedPercent(metrics.totalReturn),
        decimal(metrics.sharpe),
        decimal(metrics.sharpeError),
        percent(metrics.maxDrawdown),
      ],
    })),
  });
}

/** Who won, and which roles follow the schedule. */
function winnerText({ lineages, roles }: Replay): string {
  const names = ROLES.map((role) => `${role} ${lineages[role].at(-1)!.genome.variant}`).join(", ");
  const copies = ROLES.filter((role) =>
    lineages[role].some(({ agent }) => agent !== lineages[role].at(-1)!.agent)
  );
  const followed = roles.length === ROLES.length
    ? ""
    : ` Of the schedule, ${
      roles.map((role) => ROLE_NAMES[role]).join(", ") || "no role"
    } alone is followed; the others keep their first genes.`;
  const copied = copies.length > 0
    ? ` Ancestors of ${copies.join(", ")} were other agents, which it copied.`
    : "";
  return `Winner: ${names}.${followed}${copied}`;
}
