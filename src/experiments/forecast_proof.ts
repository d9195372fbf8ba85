/**
 * The proof of forecasts: means on planted markets against the plain ridge, distributions on default markets and on real
 * development rows against climatology.
 */
import * as z from "zod";
import { mean as meanOf } from "../stats/moments.ts";
import { type MeanMarket, meanMarketSchema } from "./forecast_mean.ts";
import { type WidthCell, type WidthMarket, widthMarketSchema } from "./forecast_width.ts";
import type { ThresholdCheck } from "./validation.ts";

/** What is stored of a proof. */
export const forecastProofSchema = z.strictObject({
  settings: z.strictObject({
    rows: z.int().describe("Rows of each synthetic market"),
    from: z.int().describe("First row that is judged"),
    ic: z.number().describe("Of the planted markets, as the generator takes it"),
  }),
  mean: z.array(meanMarketSchema),
  width: z.array(widthMarketSchema).describe("Default markets"),
  real: z.array(widthMarketSchema).describe("Development rows of real bars; empty where there are none"),
});
/** Everything a proof measured. */
export type ForecastProof = Readonly<z.output<typeof forecastProofSchema>>;

/** Least share of the ridge's information coefficient that a researcher must have. */
const LEAST_SHARE = .85;
/** Bounds on the share of outcomes inside the 90 % interval: of all, and of each researcher, horizon and coin. */
const COVERED = { pooled: [.88, .92], cell: [.86, .94] } as const;
/** Two-sided size of the test against climatology. */
const SIZE = .05;

/** The thresholds, each with what was measured. */
export function forecastChecks({ mean, width, real }: ForecastProof): ThresholdCheck[] {
  return [
    ...(mean.length > 0 ? meanChecks(mean) : []),
    ...(width.length > 0 ? skillChecks(width) : []),
    ...(real.length > 0 ? realChecks(real) : []),
    ...(width.length > 0 ? coverageChecks("default markets", width) : []),
    ...(real.length > 0 ? coverageChecks("real rows", real) : []),
  ];
}

/** Mean over the five analysts of a market. */
export function overAnalysts(values: Readonly<Record<string, number>>): number {
  return meanOf(Object.values(values));
}

function meanChecks(markets: readonly MeanMarket[]): ThresholdCheck[] {
  const floor = meanOf(markets.map((one) => overAnalysts(one.floor)));
  const names = Object.keys(markets[0]!.researchers);
  const ratios = names.map((name) =>
    [
      name,
      meanOf(markets.map(({ researchers }) => overAnalysts(researchers[name]!))) / floor,
    ] as const
  );
  const together = meanOf(markets.map((one) => one.together));
  return [
    ...ratios.map(([name, ratio]): ThresholdCheck => ({
      rule: `${name}: one-bar IC at least ${LEAST_SHARE} of the plain ridge's`,
      measured: ratio.toFixed(2),
      holds: ratio >= LEAST_SHARE,
    })),
    {
      rule: "the mean of all 25 at least the ridge's mean IC",
      measured: `${together.toFixed(4)} against ${floor.toFixed(4)}`,
      holds: together >= floor,
    },
  ];
}

/** CRPS skill of every researcher and horizon, coins and markets together. */
export function skills(markets: readonly WidthMarket[]) {
  return grouped(
    markets.flatMap(({ cells }) => cells),
    ({ researcher, horizon }) => `${researcher} ${horizon}`,
  )
    .map(([, cells]) => ({
      researcher: cells[0]!.researcher,
      horizon: cells[0]!.horizon,
      skill: 1 - sum(cells, "crps") / sum(cells, "crpsOfPast"),
      covered: sum(cells, "covered") / sum(cells, "count"),
    }));
}

function skillChecks(markets: readonly WidthMarket[]): ThresholdCheck[] {
  const least = [...skills(markets)].sort((a, b) => a.skill - b.skill)[0]!;
  return [{
    rule: "default markets: CRPS skill against climatology at least 0 at each declared horizon",
    measured: `least ${(100 * least.skill).toFixed(2)} % (${least.researcher}, ${least.horizon} bars)`,
    holds: least.skill >= 0,
  }];
}

function realChecks(markets: readonly WidthMarket[]): ThresholdCheck[] {
  const worst = markets.flatMap(({ accuracy }) => accuracy).sort((a, b) => b.hln - a.hln)[0]!;
  return [{
    rule: "real rows: no researcher worse than climatology at any declared horizon, by DM-HLN at 5 %",
    measured: `worst t ${
      worst.hln.toFixed(2)
    } (${worst.researcher}, ${worst.horizon} bars; negative is better)`,
    holds: !(worst.hln > 0 && worst.p < SIZE),
  }];
}

function coverageChecks(where: string, markets: readonly WidthMarket[]): ThresholdCheck[] {
  const all = markets.flatMap(({ cells }) => cells);
  const pooled = sum(all, "covered") / sum(all, "count");
  const cells = grouped(all, ({ researcher, horizon, coin }) => `${researcher} ${horizon} ${coin}`)
    .map(([name, own]) => [name, sum(own, "covered") / sum(own, "count")] as const)
    .sort((a, b) => a[1] - b[1]);
  const least = cells[0]!, most = cells.at(-1)!;
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const [low, high] = COVERED.pooled, [cellLow, cellHigh] = COVERED.cell;
  return [
    {
      rule: `${where}: 90 % intervals hold ${percent(low)} to ${percent(high)} of all outcomes`,
      measured: percent(pooled),
      holds: pooled >= low && pooled <= high,
    },
    {
      rule: `${where}: of each researcher, horizon and coin ${percent(cellLow)} to ${percent(cellHigh)}`,
      measured: `${percent(least[1])} (${least[0]}) to ${percent(most[1])} (${most[0]})`,
      holds: least[1] >= cellLow && most[1] <= cellHigh,
    },
  ];
}

function sum(cells: readonly WidthCell[], key: "count" | "crps" | "crpsOfPast" | "covered"): number {
  return cells.reduce((total, cell) => total + cell[key], 0);
}

function grouped(cells: readonly WidthCell[], keyOf: (cell: WidthCell) => string): [string, WidthCell[]][] {
  const groups = new Map<string, WidthCell[]>();
  for (const cell of cells) groups.set(keyOf(cell), [...(groups.get(keyOf(cell)) ?? []), cell]);
  return [...groups];
}
