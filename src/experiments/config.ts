import * as z from "zod";
import { VARIANTS } from "../agents/catalogue.ts";
import { type Variant, warmUpOf } from "../agents/variant.ts";
import { type Role, ROLES } from "../genome/role.ts";
import { plainPath } from "../core/plain_path.ts";
import { DECLARED_COINS, FUNDING_HOURS, MOST_COINS, REFERENCE_COIN } from "../core/universe.ts";
import { SYNTHETIC_MODES } from "../market/synthetic/synthetic_market.ts";
import { clockConfigSchema, populationConfigSchema } from "../population/config.ts";
import { bybitCosts } from "../simulation/costs.ts";

/** The largest seed of a run or a market. */
export const MOST_SEED = 2 ** 32 - 1;

const dataSchema = z.strictObject({
  source: z.enum(["auto", "bybit", "synthetic"]).default("auto")
    .describe("auto takes real bars where the folder has them, else the synthetic market"),
  folder: z.string().min(1).overwrite(plainPath).default("data/bybit").describe(
    "Folder with Bybit_{BTC,ETH,SOL,DOGE,XRP}.csv",
  ),
});

const marketSchema = z.strictObject({
  mode: z.enum(SYNTHETIC_MODES).default("default").describe(
    "Synthetic market: default, planted edge, or null",
  ),
  ic: z.number().min(0).max(0.2).default(0).describe("Information coefficient of the planted edge"),
  seed: z.int().min(0).max(MOST_SEED).default(1).describe("Seed of the synthetic market"),
  rows: z.int().min(1000).max(50_000).default(4380).describe("Rows of the synthetic market; 2190 are a year"),
});

const coinSchema = z.string().regex(/^[A-Z0-9]{1,12}$/, "must be a coin's symbol, such as BTC");

const instrumentSchema = z.strictObject({
  tick: z.number().positive().describe("Smallest price step, USDT"),
  tickFrom: z.number().min(0).default(0).describe("Lowest price at which the tick is this coarse"),
  lot: z.number().positive().describe("Smallest quantity and quantity step, coins"),
  maintenanceMargin: z.number().min(0).max(0.5).default(0.01).describe("Rate of the first risk tier"),
  fundingHours: z.literal([1, 2, 4, 8]).default(FUNDING_HOURS).describe("Hours between two settlements"),
  halfSpread: z.number().min(0).max(0.01).default(0.00015).describe("Least half-spread, a fraction of price"),
});

const universeSchema = z.strictObject({
  coins: z.array(coinSchema).min(1).max(MOST_COINS).default([...DECLARED_COINS])
    .describe("Coins that are looked at, in this order"),
  instruments: z.record(coinSchema, instrumentSchema).default({})
    .describe("What the exchange fixes for coins that are not known; on synthetic bars they may be left out"),
});

const costsSchema = z.strictObject({
  takerFee: z.number().min(0).max(0.01).default(bybitCosts.takerFee),
  makerFee: z.number().min(0).max(0.01).default(bybitCosts.makerFee),
  impact: z.number().min(0).max(10).default(bybitCosts.impact).describe("Y of the square-root impact law"),
  spread: z.number().min(0).max(20).default(1).describe("Factor on the half-spread floors; 0 for none"),
  participation: z.number().positive().max(1).default(bybitCosts.participation)
    .describe("Largest position as a share of the median bar's turnover"),
});

function variantOf(role: Role) {
  const names = VARIANTS[role].map(({ name }: { readonly name: string }) => name);
  return z.enum(names, { error: `must be one of ${names.join(", ")}` });
}

const pipelineSchema = z.strictObject({
  analyst: variantOf("analyst").default("technical"),
  researcher: variantOf("researcher").default("statistical"),
  trader: variantOf("trader").default("adaptive"),
  risk: variantOf("risk").default("moderate"),
});

/**
 * Everything a file of settings may hold; a command reads the part that is its own. Unknown keys are errors; every
 * default stands here or in the schemas it names.
 */
export const settingsSchema = z.strictObject({
  data: dataSchema.prefault({}),
  market: marketSchema.prefault({}),
  universe: universeSchema.prefault({}),
  coins: z.array(coinSchema).min(1).nullable().default(null).describe(
    "Coins that may be traded; null trades all that are looked at",
  ),
  costs: costsSchema.prefault({}),
  startingEquity: z.number().min(100).max(1e9).default(10_000).describe("USDT"),
  clock: clockConfigSchema.prefault({}),
  population: populationConfigSchema.prefault({}),
  pipeline: pipelineSchema.prefault({}).describe("The one pipeline of the commands multi and run"),
  references: z.boolean().default(true).describe("Run the reference strategies beside the population"),
  iterations: z.int().min(1).nullable().default(null).describe(
    "Stop after this many; null runs to the end of the rows",
  ),
  seed: z.int().min(0).max(MOST_SEED).default(1).describe("Seed of the run's draws"),
}).superRefine(({ clock, population, iterations, universe, coins }, context) => {
  const breaks = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
  const looked = universe.coins;
  if (new Set(looked).size < looked.length) breaks(["universe", "coins"], "must name each coin once");
  if (!looked.includes(REFERENCE_COIN)) {
    breaks(["universe", "coins"], `must hold ${REFERENCE_COIN}, the coin that stands for the market`);
  }
  coins?.forEach((coin, i) => {
    if (!looked.includes(coin)) {
      breaks(["coins", `${i}`], `must be one of universe.coins, ${looked.join(", ")}`);
    }
  });
  const longest = Math.max(
    ...ROLES.flatMap((role) => VARIANTS[role].map((variant: Variant) => warmUpOf(variant))),
  );
  if (clock.warmUpRows < longest) {
    breaks(["clock", "warmUpRows"], `must be at least ${longest}, the longest warm-up a variant declares`);
  }
  if (clock.firstDecision < clock.warmUpRows) {
    breaks(["clock", "firstDecision"], `must be at least clock.warmUpRows, ${clock.warmUpRows}`);
  }
  if (population.committeeSize > population.size ** 4) {
    breaks(["population", "committeeSize"], `must be at most population.size ** 4, ${population.size ** 4}`);
  }
  if (population.tauSchedule !== "constant" && iterations === null) {
    const why = "or tau at a row would depend on how many rows follow";
    breaks(["population", "tauSchedule"], `must be constant unless iterations is set, ${why}`);
  }
  if (population.learning === "pbt" && population.variants !== "homogeneous") {
    breaks(["population", "variants"], "must be homogeneous where population.learning is pbt");
  }
});
export type Settings = Readonly<z.output<typeof settingsSchema>>;

/** Which bars there are: what commands that look at bars read. */
export type MarketConfig = Pick<Settings, "data" | "market" | "universe">;

/** What every command that trades reads. */
export type TradingConfig =
  & MarketConfig
  & Pick<Settings, "coins" | "costs" | "startingEquity" | "clock" | "iterations" | "seed">;

/** What a population run reads. */
export type PopulationRunConfig = TradingConfig & Pick<Settings, "population" | "references">;

/** What a run of one pipeline reads. */
export type PipelineRunConfig = TradingConfig & Pick<Settings, "pipeline">;

function tradingConfig(settings: Settings): TradingConfig {
  const { data, market, universe, coins, costs, startingEquity, clock, iterations, seed } = settings;
  return { data, market, universe, coins, costs, startingEquity, clock, iterations, seed };
}

/** The settings that a population run reads. */
export function populationRunConfig(settings: Settings): PopulationRunConfig {
  const { population, references } = settings;
  return { ...tradingConfig(settings), population, references };
}

/** The settings that a run of one pipeline reads. */
export function pipelineRunConfig(settings: Settings): PipelineRunConfig {
  return { ...tradingConfig(settings), pipeline: settings.pipeline };
}
