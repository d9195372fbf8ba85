/** What is made of bars before any feature: funding, longer bars; and the makers of synthetic bars and news themselves. */
import { BAR_MS } from "../../core/universe.ts";
import { fundingPer8Hours, settlementsOf } from "../../market/funding.ts";
import { COLUMN_NAMES, type Panel } from "../../market/panel.ts";
import { NEWS_COLUMN_NAMES } from "../../market/panel_news.ts";
import { resample } from "../../market/resample.ts";
import { syntheticMarket } from "../../market/synthetic/synthetic_market.ts";
import { isPlanted, SYNTHETIC_MODES } from "../../market/synthetic/worlds.ts";
import { panelWithItems, syntheticItems } from "../market_news.ts";
import type { Computation, RowRecord, RowSeries } from "./probe.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Strength of planted edges, and of how many made-up items one informs. */
const IC = 0.08, INFORMATIVE = 0.5;
/** Rows in which what a story weighs falls by half: two days. */
const HALF_LIFE = 12;

/** Funding and its settlements, and daily bars at the row by which each is whole. */
export const dataOutputs: Computation = (panel) => {
  return {
    series: [
      ...panel.coins.flatMap(({ coin }, i) => [
        { name: `${coin} funding per 8 h`, values: fundingPer8Hours(panel, i) },
        { name: `${coin} settlements`, values: Float64Array.from(settlementsOf(panel, i)) },
      ]),
    ],
    records: dailyBars(panel),
  };
};

/** Daily bars of each coin, each known when its last row closes. */
function dailyBars({ coins, openTime }: Panel): RowRecord[] {
  const first = openTime[0]!, perDay = DAY_MS / BAR_MS;
  if (openTime.length < 2 * perDay) return [];
  return coins.flatMap((bars) => {
    const { openTime: days, columns } = resample(openTime, bars, DAY_MS);
    return [...days].map((day, i) => ({
      name: `${bars.coin} day`,
      row: (day - first) / BAR_MS + perDay - 1,
      value: [columns.open[i], columns.high[i], columns.low[i], columns.close[i], columns.turnover![i]],
    }));
  });
}

/**
 * Every synthetic world made anew with as many rows as the panel has: its bars, what its maker knows, and its news. What is probed is that
 * a longer market begins with the shorter one, so it is for cuts alone: no future can be put into a maker.
 */
export const makerOutputs: Computation = ({ rows, source }) => {
  const seed = source.kind === "synthetic" ? source.seed : 0;
  return {
    series: SYNTHETIC_MODES.flatMap((mode): RowSeries[] => {
      const market = syntheticMarket({ seed, rows, mode, ic: isPlanted(mode) ? IC : 0 });
      const { truth, panel } = market, { news } = withMadeUpNews(panel);
      return [
        ...panel.coins.flatMap((bars, i) => [
          ...COLUMN_NAMES.map((name) => ({ name: `${mode} ${bars.coin} ${name}`, values: bars[name] })),
          { name: `${mode} ${bars.coin} planted mean`, values: truth.m[i]! },
          { name: `${mode} ${bars.coin} predictable sd`, values: truth.predictableSd[i]! },
          { name: `${mode} ${bars.coin} drift`, values: truth.drift[i]! },
          ...NEWS_COLUMN_NAMES.map((name) => ({
            name: `${mode} ${bars.coin} news ${name}`,
            values: news!.coins[i]![name],
          })),
        ]),
        { name: `${mode} hidden trend`, values: truth.trend },
        { name: `${mode} hidden volatility`, values: truth.vol },
      ];
    }),
  };
};

function withMadeUpNews(panel: Panel): Panel {
  const items = syntheticItems(panel, { informative: INFORMATIVE });
  return panelWithItems(panel, items, { time: "observed", halfLife: HALF_LIFE });
}
