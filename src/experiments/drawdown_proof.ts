/**
 * Do accounts keep to the drawdowns that their risk agents declare? Every pipeline of declared genomes trades markets
 * that nothing was chosen on; of each risk agent, what its pipelines lost at most is held against its limit.
 */
import * as z from "zod";
import { hashJson } from "../core/hash.ts";
import type { Panel } from "../market/panel.ts";
import type { PopulationRunConfig } from "./config.ts";
import { meanOfDefined } from "./metrics/defined.ts";
import type { Jobs } from "./ports/jobs.ts";
import { type RiskAgentReport, riskAgentSchema } from "./result.ts";
import type { ThresholdCheck } from "./validation.ts";

export const drawdownMarketSchema = z.strictObject({
  market: z.string().describe("synthetic, or what the rows are"),
  marketSeed: z.int().nullable().describe("null on real rows"),
  rows: z.int(),
  riskAgents: z.array(riskAgentSchema),
});
/** One market: declared and realised drawdown of every risk agent. */
export type DrawdownMarket = z.output<typeof drawdownMarketSchema>;

/** What is stored of a proof. */
export const drawdownProofSchema = z.strictObject({
  config: z.record(z.string(), z.unknown()).describe("The configuration of every market, but for its rows"),
  configHash: z.string(),
  markets: z.array(drawdownMarketSchema),
});
export type DrawdownProof = z.output<typeof drawdownProofSchema>;

/** The configuration of a market of the proof: the field alone, nothing learns. */
export function proofConfig(config: PopulationRunConfig, marketSeed: number | null): PopulationRunConfig {
  const synthetic = { ...config.data, source: "synthetic" as const };
  return marketSeed === null
    ? { ...config, data: { ...config.data, source: "bybit" } }
    : { ...config, data: synthetic, market: { ...config.market, seed: marketSeed } };
}

/** A proof without markets yet. */
export function emptyProof(config: PopulationRunConfig): DrawdownProof {
  const { data: _data, market: { seed: _seed, ...market }, seed: _run, ...rest } = proofConfig(config, 0);
  const plain = JSON.parse(JSON.stringify({ ...rest, market })) as Record<string, unknown>;
  return { config: plain, configHash: hashJson(plain), markets: [] };
}

/** Trades the field on one market. @param panel Its rows; what `config` names. */
export async function runProofMarket(
  config: PopulationRunConfig,
  marketSeed: number | null,
  panel: Panel,
  jobs: Jobs,
): Promise<DrawdownMarket> {
  const request = { config, rowsHash: panel.hash, checkpoints: null, iterations: [], proposals: {} };
  const takeBack = jobs.offer(panel);
  try {
    const { field } = await jobs.run({ ...request, job: "references" }, () => {});
    const market = marketSeed === null ? "real development rows" : `synthetic ${config.market.mode}`;
    return { market, marketSeed, rows: panel.rows, riskAgents: [...field!.riskAgents] };
  } finally {
    takeBack();
  }
}

/** What a risk agent's realised drawdown may be of its limit, on average; a strict one of 5 % is met by gaps sooner. */
const MOST_OVER = 2.5, MOST_OVER_STRICT = 3.5;
/** Share of wanted rows in which the drawdown may leave less than half of full size, on average. */
const MOST_HALVED = 0.35;

/**
 * Means over markets of each risk agent, in the order in which they were declared; of halved and cap over those in which
 * a position was wanted, null where none was.
 */
export function meansByAgent(
  markets: readonly DrawdownMarket[],
): Pick<RiskAgentReport, MeanName | "variant">[] {
  return markets[0]!.riskAgents.map(({ variant }, i) => {
    const own = markets.map(({ riskAgents }) => riskAgents[i]!);
    const meanOf = (name: MeanName) => meanOfDefined(own.map((one) => one[name]));
    return {
      variant,
      limit: meanOf("limit")!,
      maxDrawdown: meanOf("maxDrawdown")!,
      overLimit: meanOf("overLimit")!,
      wanted: meanOf("wanted")!,
      halved: meanOf("halved"),
      cap: meanOf("cap"),
    };
  });
}
type MeanName = "limit" | "maxDrawdown" | "overLimit" | "wanted" | "halved" | "cap";

/** What must hold of each risk agent on some markets. */
export function drawdownChecks(name: string, markets: readonly DrawdownMarket[]): ThresholdCheck[] {
  const means = meansByAgent(markets);
  const shareText = (share: number | null) =>
    share === null ? "never wanted" : `${(100 * share).toFixed(1)} %`;
  const seldom = (share: number | null) => share === null || share <= MOST_HALVED;
  const halved = meanOfDefined(means.map((one) => one.halved));
  return [
    ...means.map(({ variant, overLimit }) => {
      const most = variant === "strict" ? MOST_OVER_STRICT : MOST_OVER;
      return {
        rule: `${name}, ${variant}: mean realised maximum drawdown at most ${most} limits`,
        measured: overLimit.toFixed(2),
        holds: overLimit <= most,
      };
    }),
    ...means.map(({ variant, halved }) => ({
      rule: `${name}, ${variant}: less than half of full size in at most ${
        MOST_HALVED * 100
      } % of wanted rows`,
      measured: shareText(halved),
      holds: seldom(halved),
    })),
    {
      rule: `${name}, mean of the risk agents: the same`,
      measured: shareText(halved),
      holds: seldom(halved),
    },
  ];
}

/** Markets by what they are. */
export function marketsByKind(
  markets: readonly DrawdownMarket[],
): { readonly name: string; readonly markets: readonly DrawdownMarket[] }[] {
  return [...new Set(markets.map(({ market }) => market))].map((kind) => {
    const own = markets.filter(({ market }) => market === kind);
    return { name: `${kind} (${own.length} market${own.length === 1 ? "" : "s"})`, markets: own };
  });
}

/** What must hold of each kind of market. */
export function proofChecks(markets: readonly DrawdownMarket[]): ThresholdCheck[] {
  return marketsByKind(markets).flatMap((one) => drawdownChecks(one.name, one.markets));
}
