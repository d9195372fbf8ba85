import * as Plot from "@observablehq/plot";
import { type FigureHead, requireHead } from "./account_line.ts";
import { endLabels, labelHeight, labelRoom, leaderEnd } from "./end_labels.ts";
import type { Figure } from "./figure.ts";
import { percent, signedPercent } from "./format.ts";
import { closesHover } from "./closes_hover.ts";
import { singlePanelFigure } from "./single_panel.ts";
import { plainText } from "./text.ts";
import { cycle, FAINT, SOFT, VARIANT, widthOf } from "./theme.ts";
import { thinLine } from "./thin.ts";
import { BAR_MS } from "../core/universe.ts";
import { timePanelOptions } from "./time_panel.ts";

/** What a coin brought to an account. */
export interface CoinProfit {
  /** Its symbol. */
  readonly coin: string;
  /** Net profit that each bar added, USDT, fees and funding paid; shape [n]. */
  readonly profit: Float64Array;
}

/** Profits of all coins of an account. */
export interface CoinProfits {
  /** The account's name in legends. */
  readonly label: string;
  /** Open time of each bar, ms UTC, ascending; shape [n], n >= 1. */
  readonly openTime: Float64Array;
  /** Equity before the first bar, USDT, > 0. */
  readonly start: number;
  /** One entry a coin. */
  readonly coins: readonly CoinProfit[];
}

const MARGIN = { left: 58, top: 12, bottom: 46 };

/** Sum of each coin's net profit over time, as a share of the starting equity, labelled where it ends. */
export function coinProfitFigure(profits: CoinProfits, head: FigureHead): Figure {
  requireProfits(profits);
  const { openTime, start, coins } = profits;
  requireHead(head);
  const width = widthOf(head.width ?? "page");
  const closes = openTime.map((time) => time + BAR_MS);
  const lines = coins.map(({ coin, profit }, i) => {
    let sum = 0;
    const share = profit.map((value) => (sum += value) / start);
    return {
      label: plainText(coin),
      share,
      colour: cycle(VARIANT, i),
      dash: ["none", "6,3", "2,3"][Math.floor(i / VARIANT.length) % 3]!,
      total: share.at(-1)!,
    };
  });
  const values = lines.flatMap(({ share }) => [...thinLine(closes, share, 200)].map(([, y]) => y));
  const low = Math.min(-0.01, ...values), high = Math.max(0.01, ...values), air = (high - low) / 20;
  const domain = [low - air, high + air] as const;
  const labels = lines.map(({ label, total }) => ({ text: label, figure: signedPercent(total) }));
  const height = Math.max(300, labelHeight(lines.length) + MARGIN.top + MARGIN.bottom + 10);
  const marginRight = labelRoom(labels);
  const options = timePanelOptions(openTime, width, height);
  const first = openTime[0]!, last = closes.at(-1)!;
  const labelX = leaderEnd(first, last, width - MARGIN.left - marginRight);
  const all = lines.reduce((sum, { total }) => sum + total, 0);
  return singlePanelFigure(
    {
      name: "coin_profit",
      title: `Profit by coin: ${plainText(profits.label)}`,
      subtitle: head.subtitle,
      caption:
        "Sum of each coin's net profit, fees, slippage and funding paid, as a share of the starting equity " +
        `(profits are not compounded, so that coins add up: ${signedPercent(all)} in all).`,
    },
    height,
    {
      ...options,
      marginRight,
      x: { ...options.x, domain: [new Date(first), new Date(labelX)] },
      y: {
        domain: [...domain],
        ticks: 6,
        tickFormat: (tick: number) => percent(tick, high - low < 0.1 ? 1 : 0),
        tickSize: 0,
        label: null,
      },
      marks: [
        Plot.gridY({ ticks: 6, stroke: FAINT, strokeOpacity: 1 }),
        Plot.ruleY([0], { stroke: SOFT, strokeWidth: 0.8 }),
        ...lines.map(({ share, colour, dash, label }) =>
          Plot.line([[first, 0], ...thinLine(closes, share, width / 3)] as [number, number][], {
            stroke: colour,
            strokeWidth: 1.6,
            strokeDasharray: dash,
            ariaDescription: `profit ${label}`,
          })
        ),
        ...endLabels(
          lines.map(({ total, colour }, i) => ({ ...labels[i]!, value: total, colour, bold: false })),
          {
            type: "linear",
            domain,
            bottom: height - MARGIN.bottom,
            top: MARGIN.top,
            lastX: last,
            labelX,
          },
        ),
      ],
    },
    closesHover(
      openTime,
      lines.map(({ label, colour, share }) => ({ label, colour, values: share })),
      (value) => signedPercent(value),
    ),
    width,
  );
}

function requireProfits({ label, openTime, start, coins }: CoinProfits): void {
  const odd = coins.find(({ profit }) => profit.length !== openTime.length || !profit.every(Number.isFinite));
  const fault = coins.length === 0 || openTime.length === 0
    ? "there must be at least one coin and one bar: there is none"
    : odd
    ? `every coin must have a finite profit for each of ${openTime.length} bars: ${
      plainText(odd.coin)
    } has not`
    : start > 0
    ? null
    : `the start must be above 0: current value is ${start}`;
  if (fault) throw new RangeError(`Cannot draw profits by coin of "${plainText(label)}" as ${fault}`);
}
