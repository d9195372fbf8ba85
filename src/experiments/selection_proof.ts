/** The proof that selection learns: planted markets, of which one method reads the signal, and null ones, of which none does. */
import * as z from "zod";
import { chiSquareTail } from "../stats/chi_square.ts";
import { mean } from "../stats/moments.ts";
import {
  SCRATCH,
  type SelectionMarket,
  selectionMarketSchema,
  type SelectionOutcome,
} from "./selection_market.ts";
import type { ThresholdCheck } from "./validation.ts";

/** What is stored of a proof. */
export const selectionProofSchema = z.strictObject({
  settings: z.strictObject({
    rows: z.int().describe("Rows of each market"),
    ic: z.number().describe("Of the planted markets, as the generator takes it"),
  }),
  markets: z.array(selectionMarketSchema),
});
/** Everything a proof measured. */
export type SelectionProof = Readonly<z.output<typeof selectionProofSchema>>;

/** Pools that scratch methods were put into, by name. */
export const SELECTION_POOLS = {
  "analyst.features": ({ readings }: SelectionMarket) => readings,
  "researcher.forecasting": ({ forecasters }: SelectionMarket) => forecasters,
} as const;

/** Markets of 20 in which the method that reads the signal is chosen most; of 20 in which it may be pruned. */
const MOST = 18, LOST = 1, OF = 20;
const SIZE = 0.01;

/** The thresholds, each with what was measured; null where there are fewer markets than it was stated for. */
export function selectionChecks({ markets }: SelectionProof): ThresholdCheck[] {
  return Object.entries(SELECTION_POOLS).flatMap(([pool, read]) => [
    ...plantedChecks(pool, markets.filter(({ mode }) => mode === "planted").map(read)),
    ...nullChecks(pool, markets.filter(({ mode }) => mode === "null").map(read)),
  ]);
}

/** The method chosen most. */
export function mostChosen({ shares }: SelectionOutcome): number {
  return shares.indexOf(Math.max(...shares));
}

function plantedChecks(pool: string, outcomes: readonly SelectionOutcome[]): ThresholdCheck[] {
  const { length } = outcomes, judged = (holds: boolean) => length < OF ? null : holds;
  if (length === 0) return [];
  const scale = length / OF;
  const most = outcomes.filter((one) => mostChosen(one) === one.planted).length;
  const regrets = [0, 3].map((quarter) => mean(outcomes.map(({ regret }) => regret[quarter]!)));
  const falls = outcomes.filter(({ regret }) => regret[3]! < regret[0]!).length;
  const duds =
    outcomes.filter(({ pruned, planted }) =>
      new Set(pruned.map(({ method }) => method).filter((method) => method !== planted)).size === SCRATCH - 1
    ).length;
  const lost =
    outcomes.filter(({ pruned, planted }) => pruned.some(({ method }) => method === planted)).length;
  return [
    {
      rule: `${pool}: the method that reads the signal is chosen most in ${MOST} of ${OF} markets`,
      measured: `${most} of ${length}`,
      holds: judged(most >= MOST * scale),
    },
    {
      rule: `${pool}: regret falls from the first quarter of the rows to the last, in the mean`,
      measured: `${regrets[0]!.toPrecision(2)} to ${
        regrets[1]!.toPrecision(2)
      } a row; in ${falls} of ${length}`,
      holds: judged(regrets[1]! < regrets[0]!),
    },
    {
      rule: `${pool}: all ${SCRATCH - 1} duds are pruned in every market`,
      measured: `${duds} of ${length}`,
      holds: judged(duds === length),
    },
    {
      rule: `${pool}: the method that reads the signal is pruned in at most ${LOST} of ${OF}`,
      measured: `${lost} of ${length}`,
      holds: judged(lost <= LOST * scale),
    },
  ];
}

function nullChecks(pool: string, outcomes: readonly SelectionOutcome[]): ThresholdCheck[] {
  const { length } = outcomes;
  if (length === 0) return [];
  const counts = new Array<number>(SCRATCH).fill(0);
  for (const one of outcomes) counts[mostChosen(one)]!++;
  const expected = length / SCRATCH;
  const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const p = chiSquareTail(statistic, SCRATCH - 1);
  return [{
    rule: `${pool}: on null markets the method chosen most is any alike (chi-square p above ${SIZE})`,
    measured: `${counts.join(", ")}: p ${p.toFixed(3)}`,
    holds: length < 2 * OF ? null : p > SIZE,
  }];
}
