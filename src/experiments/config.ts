import * as z from "zod";
import { playersOf, unnamedPlayers, untargetedNames, VARIANTS } from "../agents/catalogue.ts";
import { playsLanguage } from "./language/plays.ts";
import { type Variant, warmUpOf } from "../agents/variant.ts";
import { type Role, ROLES } from "../genome/role.ts";
import { plainPath } from "../core/plain_path.ts";
import { DECLARED_COINS, FUNDING_HOURS, MOST_COINS, REFERENCE_COIN } from "../core/universe.ts";
import { NEWS_TIMES } from "../market/panel_news.ts";
import { SYNTHETIC_MODES, WORLDS } from "../market/synthetic/worlds.ts";
import {
  clockConfigSchema,
  MOST_ROWS,
  type PopulationConfig,
  populationConfigSchema,
} from "../population/config.ts";
import { bybitCosts } from "../simulation/costs.ts";
import { DECLARED_DRAWDOWN_RULE, DRAWDOWN_RULES } from "../simulation/drawdown_scale.ts";

/** The folder of bars that is looked at where none is named. */
export const USUAL_FOLDER = "data/bybit";

/** The largest seed of a run or a market: seeds fit into 32 bits, so that they can be given to any generator. */
export const MOST_SEED = 2 ** 32 - 1;

const dataSchema = z.strictObject({
  source: z.enum(["auto", "bybit", "synthetic"]).default("auto")
    .describe(
      "auto takes real bars where a folder is named or data/bybit is there, else the synthetic market",
    ),
  folder: z.string().min(1).max(4096).regex(/^\P{Cc}*$/u, "must be a path without control characters")
    .overwrite(plainPath).default(USUAL_FOLDER).describe("Folder with Bybit_<coin>.csv for each coin"),
});

const marketSchema = z.strictObject({
  mode: z.enum(SYNTHETIC_MODES).default("default")
    .describe(Object.entries(WORLDS).map(([mode, what]) => `${mode}: ${what}`).join("; ")),
  ic: z.number().min(0).max(0.2).default(0).describe(
    "Information coefficient that the planted edge aims at; .06 realises about .09, .10 about .15",
  ),
  seed: z.int().min(0).max(MOST_SEED).default(1).describe("Seed of the synthetic market"),
  rows: z.int().min(1000).max(50_000).default(4380).describe("Rows of the synthetic market; 2190 are a year"),
});

/** Where fetched news is kept unless told otherwise. */
export const USUAL_NEWS = "data/news/articles.jsonl";

const newsSchema = z.strictObject({
  source: z.enum(["off", "synthetic", "file"]).default("off").describe(
    "off reads no news; synthetic makes it for a synthetic market, its truth known; file reads stored items",
  ),
  file: z.string().min(1).max(4096).regex(/^\P{Cc}*$/u, "must be a path without control characters")
    .overwrite(plainPath).default(USUAL_NEWS).describe("JSONL of items, as popagent news fetch writes it"),
  time: z.enum(NEWS_TIMES).default("observed").describe(
    "observed lets an item in once it had been seen; published once it says it appeared, which is not point-in-time",
  ),
  halfLife: z.number().min(1).max(500).default(12).describe(
    "Rows in which what a story weighs falls by half",
  ),
  informative: z.number().min(0).max(1).default(0.5).describe(
    "Share of synthetic items that inform; of the rest half are stale, a third mislead, a sixth are hostile",
  ),
});

/** A coin as people write it; what is read is in capitals. Names of groups must be written so. */
const coinSchema = z.string().regex(/^[A-Za-z0-9]{1,12}$/, "must be a coin's symbol, such as BTC")
  .describe("a coin's symbol, such as BTC").toUpperCase();
const coinNameSchema = z.string().regex(/^[A-Z0-9]{1,12}$/, "must be a coin's symbol, such as BTC");

/** Below every tick (the finest are 1e-10 USDT) and lot; above every price in USDT and every lot in coins. */
const LEAST_STEP = 1e-12, MOST_STEP = 1e9;

const instrumentSchema = z.strictObject({
  tick: z.number().min(LEAST_STEP).max(MOST_STEP).describe("Smallest price step, USDT"),
  tickFrom: z.number().min(0).max(MOST_STEP).default(0).describe(
    "Lowest price at which the tick is this coarse",
  ),
  lot: z.number().min(LEAST_STEP).max(MOST_STEP).describe("Smallest quantity and quantity step, coins"),
  maintenanceMargin: z.number().min(0).max(0.5).default(0.01).describe("Rate of the first risk tier"),
  fundingHours: z.literal([1, 2, 4, 8]).default(FUNDING_HOURS).describe("Hours between two settlements"),
  halfSpread: z.number().min(0).max(0.01).default(0.00015).describe("Least half-spread, a fraction of price"),
});

const universeSchema = z.strictObject({
  coins: z.array(coinSchema).min(1).max(MOST_COINS).default([...DECLARED_COINS])
    .describe("Coins that are looked at, in this order"),
  instruments: z.record(coinNameSchema, instrumentSchema).default({})
    .describe("What the exchange fixes for coins that are not known; on synthetic bars they may be left out"),
});

const costsSchema = z.strictObject({
  takerFee: z.number().min(0).max(0.01).default(bybitCosts.takerFee)
    .describe("Fee of orders that take liquidity, a share of the notional"),
  makerFee: z.number().min(0).max(0.01).default(bybitCosts.makerFee)
    .describe("Fee of orders that rest, a share of the notional"),
  impact: z.number().min(0).max(10).default(bybitCosts.impact).describe("Y of the square-root impact law"),
  spread: z.number().min(0).max(20).default(1).describe("Factor on the half-spread floors; 0 for none"),
  participation: z.number().min(1e-6).max(1).default(bybitCosts.participation)
    .describe("Largest position as a share of the median bar's turnover"),
});

const accountSchema = z.strictObject({
  drawdown: z.enum(DRAWDOWN_RULES).default(DECLARED_DRAWDOWN_RULE).describe(
    "What an account does as it nears its risk agent's maximum drawdown: scale its positions down, with a peak that " +
      "fades, and cap its volatility; or close all at the limit and pause for 42 rows",
  ),
  orderDelay: z.int().min(0).max(6).default(0).describe(
    "Rows by which every order comes late: 0 meets the open after its decision, 1 the open after that. Mirrored accounts " +
      "follow the positions of late accounts in time",
  ),
});

const tradingSchema = z.strictObject({
  targets: z.enum(["on", "off"]).default("on").describe(
    "Whether traders set take-profits; off takes the gene takeProfit out of every trader",
  ),
  targetStretch: z.number().min(0.1).max(10).default(3).describe(
    "What a take-profit's distance is multiplied by: the trader's multiple times the forecast's sd over its longest horizon",
  ),
});

function variantOf(role: Role) {
  const names = unnamedPlayers(role).map(({ name }: { readonly name: string }) => name);
  return z.enum(names);
}

const extensionsSchema = z.array(
  z.string().min(1).max(4096).regex(/^\P{Cc}*$/u, "must be a path without control characters")
    .describe("the path of a module"),
).max(20).default([]).describe(
  "Modules of one's own, by paths from this file: they add variants, methods, strategies, indicators and figures",
);

function pipelineSchemaNow() {
  return z.strictObject({
    analyst: variantOf("analyst").default("technical").describe("Variant of the agent that reads the market"),
    researcher: variantOf("researcher").default("statistical").describe(
      "Variant of the agent that forecasts returns",
    ),
    trader: variantOf("trader").default("adaptive").describe("Variant of the agent that plans positions"),
    risk: variantOf("risk").default("moderate").describe("Variant of the agent that sets limits"),
  });
}

/** The schema over the variants that there are now. */
function buildSettingsSchema() {
  return z.strictObject({
    extensions: extensionsSchema,
    data: dataSchema.prefault({}).describe("Which bars there are"),
    market: marketSchema.prefault({}).describe("The synthetic market, where bars are synthetic"),
    universe: universeSchema.prefault({}).describe("The coins, and what the exchange fixes for them"),
    news: newsSchema.prefault({}).describe("What agents read of the news"),
    coins: z.array(coinSchema).min(1).max(MOST_COINS).nullable().default(null).describe(
      "Coins that may be traded; null trades all that are looked at",
    ),
    signals: z.boolean().default(true).describe(
      "Whether agents see the eight cross-asset signals; off to tell what they are worth",
    ),
    costs: costsSchema.prefault({}).describe("What trading costs"),
    startingEquity: z.number().min(100).max(1e9).default(10_000)
      .describe("USDT that every account begins with"),
    trading: tradingSchema.prefault({}).describe("How plans become orders"),
    account: accountSchema.prefault({}).describe("Rules of every account"),
    clock: clockConfigSchema.prefault({}).describe("Where a run stands on the time axis; rows count from 0"),
    population: populationConfigSchema.prefault({}).describe("How a population learns"),
    pipeline: pipelineSchemaNow().prefault({}).describe("The one pipeline of the commands multi and run"),
    references: z.boolean().default(true).describe("Run the reference strategies beside the population"),
    iterations: z.int().min(1).max(MOST_ROWS).nullable().default(null).describe(
      "Stop after this many; null runs to the end of the rows",
    ),
    seed: z.int().min(0).max(MOST_SEED).default(1).describe("Seed of the run's draws"),
  }).superRefine(({ clock, population, iterations, universe, coins, trading }, context) => {
    const breaks = (path: string[], message: string, choices?: readonly string[]) =>
      context.addIssue({ code: "custom", path, message, params: { choices } });
    const looked = universe.coins;
    if (new Set(looked).size < looked.length) breaks(["universe", "coins"], "must name each coin once");
    if (looked.length > 1 && !looked.includes(REFERENCE_COIN)) { // one coin stands for itself
      breaks(["universe", "coins"], `must hold ${REFERENCE_COIN}, the coin that stands for the market`);
    }
    if (coins !== null && new Set(coins).size < coins.length) breaks(["coins"], "must name each coin once");
    coins?.forEach((coin, i) => {
      if (!looked.includes(coin)) {
        breaks(["coins", `${i}`], `must be one of universe.coins, ${looked.join(", ")}`, looked);
      }
    });
    for (const role of ROLES) {
      const players = population.agents[role];
      if (players === null) continue;
      const known = VARIANTS[role].map(({ name }: { readonly name: string }) => name);
      const others = role === "trader" ? untargetedNames(known) : []; // what targets: off makes of them
      const mixed = players.some((name) => others.includes(name)) &&
        !players.every((name) => others.includes(name));
      if (mixed) {
        breaks(
          ["population", "agents", role],
          "must have a take-profit all or none: their genes must be the same",
        );
      }
      players.forEach((name, i) => {
        if (!known.includes(name) && !others.includes(name)) {
          breaks(["population", "agents", role, `${i}`], `must be one of ${known.join(", ")}`, known);
        }
      });
      const least = Math.ceil(population.size / 2); // each plays once, then some of them again
      if (new Set(players).size < players.length) {
        breaks(["population", "agents", role], "must name each variant once");
      } else if (players.length < least) {
        breaks(
          ["population", "agents", role],
          `must name at least ${least} for population.size ${population.size}`,
        );
      }
    }
    const longest = Math.max(
      ...ROLES.flatMap((role) => VARIANTS[role].map((variant: Variant) => warmUpOf(variant))),
    );
    if (clock.warmUpRows < longest) {
      breaks(["clock", "warmUpRows"], `must be at least ${longest}, the longest warm-up a variant declares`);
    }
    if (clock.firstDecision < clock.warmUpRows) {
      breaks(["clock", "firstDecision"], `must be at least clock.warmUpRows, ${clock.warmUpRows}`);
    }
    languageFaults({ population, trading }).forEach(({ path, message }) => breaks(path, message));
    const { rules } = population.mirror;
    if (new Set(rules).size < rules.length) {
      breaks(["population", "mirror", "rules"], "must name each rule once");
    }
    if (population.deploy === "mirrored" && rules.length === 0) {
      breaks(["population", "deploy"], "must not be mirrored where population.mirror.rules names none");
    }
    if (population.tauSchedule !== "constant" && iterations === null) {
      const why = "or tau at a row would depend on how many rows follow";
      breaks(["population", "tauSchedule"], `must be constant unless iterations is set, ${why}`);
    }
    if (population.learning === "pbt" && population.variants !== "homogeneous") {
      breaks(["population", "variants"], "must be homogeneous where population.learning is pbt");
    }
  });
}

/** What keeps a population with language traders from running. */
function languageFaults(
  { population, trading }: {
    readonly population: PopulationConfig;
    readonly trading: z.output<typeof tradingSchema>;
  },
): { readonly path: string[]; readonly message: string }[] {
  if (!playsLanguage(population)) return [];
  const { language, variants, learning } = population;
  const unknown = (["analyst", "researcher"] as const).filter((role) =>
    !VARIANTS[role].some(({ name }: { readonly name: string }) => name === language.research[role])
  );
  const why = "where traders play that ask a language model";
  return [
    ...unknown.map((role) => ({
      path: ["population", "language", "research", role],
      message: `must be one of ${
        VARIANTS[role].map(({ name }: { readonly name: string }) => name).join(", ")
      }`,
    })),
    ...(trading.targets === "off"
      ? [{ path: ["trading", "targets"], message: `must be on ${why}: what they answer has targets` }]
      : []),
    ...(language.mutants.length > 0 && learning === "pbt"
      ? [{ path: ["population", "language", "mutants"], message: "must be empty where learning is pbt" }]
      : []),
    ...(variants === "homogeneous"
      ? [{ path: ["population", "variants"], message: `must be declared ${why}` }]
      : []),
  ];
}

/**
 * Everything a file of settings may hold; a command reads the part that is its own. Unknown keys are errors; every
 * default stands here or in the schemas it names.
 */
export const settingsSchema = buildSettingsSchema();

let current = { names: variantNames(), schema: settingsSchema };

/** The same where variants of one's own have been declared since: their names may be given too. */
export function currentSettingsSchema(): typeof settingsSchema {
  const names = variantNames();
  if (names !== current.names) current = { names, schema: buildSettingsSchema() };
  return current.schema;
}

function variantNames(): string {
  return ROLES.map((role) => VARIANTS[role].map(({ name }: { readonly name: string }) => name).join()).join(
    "/",
  );
}

/**
 * All settings, defaults filled in; docs/CONFIGURATION.md lists them.
 *
 * @internal
 */
export type Settings = Readonly<z.output<typeof settingsSchema>>;

/** Which bars there are: what commands that look at bars read. */
export type MarketConfig = Pick<Settings, "data" | "market" | "universe" | "news">;

/** What every command that trades reads. */
export type TradingConfig =
  & MarketConfig
  & Pick<
    Settings,
    | "extensions"
    | "coins"
    | "signals"
    | "costs"
    | "startingEquity"
    | "trading"
    | "account"
    | "clock"
    | "iterations"
    | "seed"
  >;

/** What a population run reads. */
export type PopulationRunConfig = TradingConfig & Pick<Settings, "population" | "references">;

/** What a run of one pipeline reads. */
export type PipelineRunConfig = TradingConfig & Pick<Settings, "pipeline">;

function tradingConfig(settings: Settings): TradingConfig {
  const { population: _population, references: _references, pipeline: _pipeline, ...trading } = settings;
  return trading;
}

/** The settings that a population run reads; where targets are off, traders without a take-profit play. */
export function populationRunConfig(settings: Settings): PopulationRunConfig {
  const { population, references, trading } = settings;
  return {
    ...tradingConfig(settings),
    population: trading.targets === "on" ? population : untargetedPopulation(population),
    references,
  };
}

function untargetedPopulation(population: PopulationConfig): PopulationConfig {
  const { size, agents } = population;
  const names = agents.trader ?? playersOf("trader", size).map(({ name }) => name);
  return { ...population, agents: { ...agents, trader: untargetedNames(names) } };
}

/** The settings that a run of one pipeline reads. */
export function pipelineRunConfig(settings: Settings): PipelineRunConfig {
  return { ...tradingConfig(settings), pipeline: settings.pipeline };
}
