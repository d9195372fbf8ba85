/**
 * The proof that no way of trading earns where nothing is to be earned: sides drawn by lot, traded by each style on null
 * markets. An engine that fills too kindly shows here: resting orders would buy below what the bar closes at.
 */
import * as z from "zod";
import { INSTRUMENTS } from "../core/universe.ts";
import { rng } from "../core/rng.ts";
import { ewmaVolatility, simpleReturns } from "../core/series.ts";
import { POOLS } from "../inventory/pools.ts";
import type { Forecast } from "../inventory/researcher/forecast.ts";
import type { Panel } from "../market/panel.ts";
import { syntheticMarket } from "../market/synthetic/synthetic_market.ts";
import { createArena } from "../simulation/arena.ts";
import { bybitCosts, type CostModel, zeroCosts } from "../simulation/costs.ts";
import { simulate } from "../simulation/event_loop.ts";
import { createLimits, LIMITS, type Limits, LIMITS_WIDTH } from "../simulation/limits.ts";
import { listFills } from "../simulation/trace.ts";
import { mean, standardDeviation } from "../stats/moments.ts";
import type { ThresholdCheck } from "./validation.ts";

/** Styles that are traded. */
export const TRADED_STYLES = ["market", "ladder", "twap"] as const;

const styleSchema = z.strictObject({
  style: z.enum(TRADED_STYLES),
  gross: z.number().describe("Mean return of a row at no cost"),
  net: z.number().describe("The same at the house's costs"),
  limitFills: z.int().describe("At no cost"),
  advantage: z.number().nullable().describe(
    "Mean of limit fills: close of the bar over the fill, signed, less 1",
  ),
});

/** What is stored of a proof. */
export const executionProofSchema = z.strictObject({
  settings: z.strictObject({ rows: z.int() }),
  markets: z.array(z.strictObject({ marketSeed: z.int(), styles: z.array(styleSchema) })),
});
/** Everything a proof measured. */
export type ExecutionProof = Readonly<z.output<typeof executionProofSchema>>;
type ExecutionMarket = ExecutionProof["markets"][number];

/** First traded row, and rows for which a side stands in the mean. */
const FROM = 100, STANDS = 12;

/** Trades one null market in every style. */
export function executionMarket(marketSeed: number, rows: number): ExecutionMarket {
  const { panel } = syntheticMarket({ seed: marketSeed, rows, mode: "null", ic: 0 });
  const returns = panel.coins.map(({ close }) => simpleReturns(close));
  const sd = returns.map((one) => ewmaVolatility(one, 0.97, 1e-5, 0.015));
  const none: Float64Array[] = [];
  const forecast: Forecast = {
    rows,
    horizons: [1, 6, 12],
    levels: [],
    coins: sd.map((one) => {
      const wide = [1, Math.sqrt(6), Math.sqrt(12)].map((root) => one.map((value) => value * root));
      return { mean: none, sd: wide, pUp: none, quantiles: none };
    }),
  };
  const input = {
    forecast,
    coins: panel.coins.map(({ coin }) => coin),
    expected: panel.coins.map((_, coin) => sidesByLot(rows, marketSeed, coin)),
    stance: { follow: new Float64Array(rows), size: new Float64Array(rows).fill(1) },
    fullEdge: 0.1,
    returns,
    sized: null,
    takerFee: 0,
    targetStretch: 1,
    genes: { leverage: 1, baseSize: 0.1, riskPerTrade: 1, stopLoss: 3, takeProfit: 3, entryThreshold: 1 },
    firstRow: 0,
    proposals: [],
    answers: {},
  };
  return {
    marketSeed,
    styles: TRADED_STYLES.map((style) => {
      const method = POOLS["trader.styles"][style]!;
      const plan = method.run(input, { ...method.start, smoothing: 0 });
      const free = traded(panel, plan, zeroCosts), paid = traded(panel, plan, bybitCosts);
      const gains = free.fills.filter(({ kind }) => kind === "limit").map(({ row, coin, price, quantity }) =>
        Math.sign(quantity) * (panel.coins[coin]!.close[row]! / price - 1)
      );
      return {
        style,
        gross: free.perRow,
        net: paid.perRow,
        limitFills: gains.length,
        advantage: gains.length === 0 ? null : mean(gains),
      };
    }),
  };
}

/** Up or down by lot, for some rows each: a side that knows nothing. */
function sidesByLot(rows: number, marketSeed: number, coin: number): Float64Array {
  const lot = rng("execution", marketSeed, coin), out = new Float64Array(rows);
  let side = 0;
  for (let t = 0; t < rows; t++) {
    if (t === 0 || lot.int(STANDS) === 0) side = lot.int(3) - 1;
    out[t] = side; // a whole's move: far above any hurdle
  }
  return out;
}

function traded(
  panel: Panel,
  plan: ReturnType<typeof POOLS["trader.styles"][string]["run"]>,
  costs: CostModel,
) {
  const arena = createArena(panel, costs, INSTRUMENTS);
  const { returns, trace } = simulate(arena, plan, openLimits(panel.rows), { from: FROM, trace: true });
  return { perRow: mean(returns.subarray(FROM)), fills: listFills(trace!) };
}

function openLimits(rows: number): Limits {
  const limits = createLimits(rows);
  for (let at = 0; at < limits.values.length; at += LIMITS_WIDTH) {
    limits.values[at + LIMITS.maxLeverage] = limits.values[at + LIMITS.maxGross] = 5;
    limits.values[at + LIMITS.maxPosition] = 1;
    limits.values[at + LIMITS.dailyLoss] = limits.values[at + LIMITS.maxDrawdown] = 1;
  }
  return limits;
}

/** Mean over markets, and its standard error. */
export function overMarkets(values: readonly number[]): { readonly mean: number; readonly error: number } {
  return { mean: mean(values), error: standardDeviation(values) / Math.sqrt(values.length) };
}

/** Standard errors that a mean must stay within, and markets from which on it is judged. */
const ERRORS = 3, LEAST_MARKETS = 20;

/** The thresholds, each with what was measured. */
export function executionChecks({ markets }: ExecutionProof): ThresholdCheck[] {
  const judged = (holds: boolean) => markets.length < LEAST_MARKETS ? null : holds;
  const of = (style: string) => markets.map(({ styles }) => styles.find((one) => one.style === style)!);
  const basis = ({ mean: value, error }: { mean: number; error: number }) =>
    `${(1e4 * value).toFixed(3)} +- ${(1e4 * error).toFixed(3)} bp`;
  return [
    ...TRADED_STYLES.flatMap((style): ThresholdCheck[] => {
      const gross = overMarkets(of(style).map((one) => one.gross)),
        net = overMarkets(of(style).map((one) => one.net));
      return [
        {
          rule: `${style}: earns nothing at no cost (a row, within ${ERRORS} standard errors)`,
          measured: basis(gross),
          holds: judged(Math.abs(gross.mean) <= ERRORS * gross.error),
        },
        { rule: `${style}: loses at the house's costs`, measured: basis(net), holds: judged(net.mean < 0) },
      ];
    }),
    ...(() => {
      const gained = overMarkets(of("ladder").map(({ advantage }) => advantage ?? 0));
      return [{
        rule: `ladder: a fill is worth what the bar closes at (within ${ERRORS} standard errors)`,
        measured: basis(gained),
        holds: judged(Math.abs(gained.mean) <= ERRORS * gained.error),
      }];
    })(),
  ];
}
