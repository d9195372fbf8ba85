import type { ForecastQuality } from "../../agents/evaluator.ts";
import { formatTime } from "../../core/time.ts";
import { BAR_MS } from "../../core/universe.ts";
import type { PipelineRunConfig } from "../../experiments/config.ts";
import { tradedCoins } from "../../experiments/market.ts";
import { count, decimal, percent, signed } from "../../figures/format.ts";
import type { Panel } from "../../market/panel.ts";
import type { Fill } from "../../simulation/trace.ts";
import { paragraph } from "./paragraph.ts";
import { plainTable } from "./plain_table.ts";

const HOURS_PER_BAR = BAR_MS / 3_600_000;

/** Which pipeline trades which coins, in one line. */
export function pipelineLine(config: PipelineRunConfig): string {
  const { analyst, researcher, trader, risk } = config.pipeline;
  return paragraph(
    `Pipeline: ${analyst} analyst -> ${researcher} researcher -> ${trader} trader -> ${risk} risk, ` +
      `declared genomes, trading ${tradedCoins(config).join(", ")}.`,
  );
}

/** What the evaluator says of the researcher's forecasts, each number beside what it is to be judged by. */
export function evaluationText(researcher: string, quality: ForecastQuality | null): string {
  if (!quality) {
    return "Forecasts: no outcome has matured within the reported rows, so there is nothing to judge.";
  }
  const { calibration, interval, pinballOfPast } = quality;
  const rows: readonly (readonly [string, string, string])[] = [
    [
      "Calibration error of P(rise)",
      decimal(calibration.ece, 4),
      `calibrated forecasts stay below ${decimal(calibration.quantile95, 4)} in 95% of draws; p ${
        decimal(calibration.p, 3)
      } if outcomes were independent`,
    ],
    ["Brier score of P(rise)", decimal(quality.brier, 4), "a coin flip has 0.2500; lower is better"],
    [
      "Pinball loss, % of price",
      decimal(100 * quality.pinball, 4),
      pinballOfPast === null
        ? "lower is better"
        : `quantiles of each coin's own past: ${decimal(100 * pinballOfPast, 4)}; lower is better`,
    ],
    [
      `Inside the ${percent(interval.nominal, 0)} interval`,
      percent(interval.covered),
      `should be ${percent(interval.nominal, 0)}; mean width ${percent(interval.width)} of price`,
    ],
    ["Share of rises", percent(quality.baseRate), "what P(rise) had to match on average"],
  ];
  const { horizon } = quality;
  const title = `Forecasts of the ${researcher} researcher ${count(horizon)} bars ahead (${
    count(horizon * HOURS_PER_BAR)
  } h), ${count(quality.count)} outcomes that share no bar of a coin`;
  const table = plainTable([["Measure", "left"], ["Value", "right"], ["To be read beside", "left"]], rows);
  return `${paragraph(title)}\n${table}`;
}

/** The last fills of an account, newest last. Times are those at which a fill's bar opened. */
export function tradesText(
  fills: readonly Fill[],
  { coins, openTime }: Pick<Panel, "coins" | "openTime">,
  last: number,
): string {
  if (fills.length === 0) return "Trades: none.";
  const shown = fills.slice(-last);
  const rows = shown.map((fill) => [
    formatTime(openTime[fill.row]!),
    coins[fill.coin]!.coin,
    fill.kind,
    String(fill.quantity),
    String(fill.price),
    decimal(fill.fee),
    decimal(fill.slippage),
    signed(fill.realised),
  ]);
  const title = `Trades: the last ${count(shown.length)} of ${count(fills.length)} fills ` +
    "(UTC; quantity in coins, bought > 0; fee, slippage and realised profit in USDT)";
  const table = plainTable([
    ["Bar", "left"],
    ["Coin", "left"],
    ["Fill", "left"],
    ["Quantity", "right"],
    ["Price", "right"],
    ["Fee", "right"],
    ["Slippage", "right"],
    ["Realised", "right"],
  ], rows);
  return `${paragraph(title)}\n${table}`;
}
