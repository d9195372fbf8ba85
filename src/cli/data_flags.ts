import type { Command } from "@commander-js/extra-typings";
import { loadRows } from "../adapters/bars/load_market.ts";
import { absencesOf } from "../experiments/absences.ts";
import { warningsOf } from "../experiments/assemble.ts";
import type { MarketConfig } from "../experiments/config.ts";
import { sourceKind } from "../figures/run_subtitle.ts";
import { printable } from "../core/printable.ts";
import { formatTime } from "../core/time.ts";
import { BAR_MS } from "../core/universe.ts";
import type { Panel } from "../market/panel.ts";
import { SYNTHETIC_MODES } from "../market/synthetic/worlds.ts";
import { collect, settingsOf } from "./config_options.ts";
import { paragraph } from "../report/text/paragraph.ts";

/** The flags of commands that look at bars. */
export interface DataFlags {
  readonly config?: string | undefined;
  readonly data?: string | undefined;
  readonly synthetic?: string | undefined;
  readonly ic?: string | undefined;
  readonly seed?: string | undefined;
  readonly rows?: string | undefined;
  readonly set: readonly string[];
}

/** Adds the flags that say which bars are looked at: real ones where they are, else the synthetic market. */
export function withDataFlags<Args extends unknown[]>(command: Command<Args>) {
  return command
    .option("-c, --config <file>", "YAML file of settings, e.g. configs/multi_asset.yaml")
    .option("-d, --data <folder>", "real bars: the folder of Bybit_{BTC,ETH,SOL,DOGE,XRP}.csv")
    .option("--synthetic <mode>", `synthetic market instead: ${SYNTHETIC_MODES.join(", ")}`)
    .option("--ic <number>", "information coefficient of a planted market")
    .option("--seed <integer>", "seed of the synthetic market")
    .option("--rows <count>", "rows of the synthetic market; 2190 are a year")
    .option(
      "--set <key=value>",
      "any setting by its path, e.g. --set data.folder=elsewhere",
      collect,
      [] as readonly string[],
    )
    .option("--json", "print JSON instead of text");
}

/** The configuration of a command that looks at bars. */
export function dataConfig({ seed, rows, ...flags }: DataFlags): Promise<MarketConfig> {
  return settingsOf(flags, [["market.seed", seed, "--seed"], ["market.rows", rows, "--rows"]]);
}

/** The bars such a command looks at. Real ones come without their sealed months, which data check alone opens. */
export async function barsOf(flags: DataFlags): Promise<Panel> {
  return loadRows(await dataConfig(flags));
}

/**
 * Which bars are looked at, in lines: warnings first, then where they come from and how many there are, how many more
 * are sealed, and what they do not have.
 */
export function barsText(panel: Panel): string {
  const { source, coins, rows, openTime } = panel;
  const place = source.kind === "bybit"
    ? `${sourceKind(source)}${source.unsealed ? ", SEALED ROWS OPENED" : ""} in ${printable(source.folder)}: `
    : source.ic > 0
    ? `Information coefficient ${source.ic}: `
    : "";
  const span = `${formatTime(openTime[0]!)} to ${formatTime(openTime[rows - 1]!)} UTC`;
  const whose = coins.length === 1 ? coins[0]!.coin : `${coins.length} coins`;
  return [
    ...warningsOf(panel).map((warning) => `!! ${warning}`),
    `${place}${rows} rows of ${whose}, ${span} (opens of ${BAR_MS / 3_600_000}-hour bars).`,
    ...sealedText(source),
    ...absencesOf(panel, true),
  ].map((line) => paragraph(line)).join("\n");
}

/** How many rows of a folder are sealed; nothing of a synthetic market. */
function sealedText(source: Panel["source"]): string[] {
  if (source.kind !== "bybit" || source.sealedRows === 0) return [];
  const { sealedRows, unsealed } = source;
  return [
    unsealed
      ? `The last ${sealedRows} of them were sealed and are open now.`
      : `The ${sealedRows} rows after them are sealed.`,
  ];
}
