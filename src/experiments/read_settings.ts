/**
 * The settings that a run reads, in one form. Two configurations of equal form give the same bytes; what a run does
 * not read stands at its default, so that it makes neither another run nor another trial.
 */
import { playersOf } from "../agents/catalogue.ts";
import { byRole, type Role, ROLES } from "../genome/role.ts";
import { canonicalJson } from "../core/hash.ts";
import { type Instrument, instrumentsOf, statedInstrument } from "../core/universe.ts";
import type { Panel } from "../market/panel.ts";
import {
  type MirrorConfig,
  type MirrorRule,
  type PopulationConfig,
  populationConfigSchema,
} from "../population/config.ts";
import { type MarketConfig, settingsSchema, type TradingConfig } from "./config.ts";
import { playsLanguage } from "./language/plays.ts";
import { statedInstruments } from "./market.ts";

/** Rows of the shortest synthetic market that a configuration may ask for. */
const LEAST_ROWS = 1000;

/**
 * A configuration as far as a run on some rows reads it.
 *
 * @param panel The rows that the run reads, up to the end of its last iteration.
 * @param iterations How many iterations those are.
 */
export function readSettings<Config extends TradingConfig>(
  config: Config,
  panel: Panel,
  iterations: number,
): Config {
  const { clock } = config;
  const first = clock.firstDecision + 1;
  return {
    ...config,
    ...readMarket(config, panel),
    coins: tradedInOrder(config),
    trading: readTrading(config),
    clock: { ...clock, reportFrom: clock.reportFrom === first ? null : clock.reportFrom },
    iterations,
    ...("population" in config
      ? {
        population: readPopulation(config.population as PopulationConfig, hasReferences(config)),
      }
      : {}),
  };
}

/** Without targets nobody reads how far they lie. */
function readTrading({ trading }: TradingConfig): TradingConfig["trading"] {
  return trading.targets === "on" ? trading : { ...settingsSchema.parse({}).trading, targets: "off" };
}

function hasReferences(config: object): boolean {
  return "references" in config && config.references === true;
}

/**
 * Which bars there are: either those of a folder, or those of the synthetic market, no longer than they are read.
 * The order of the coins that are looked at stays, for it is that of every sum, of increases at one open and of the
 * synthetic market's parameters; the order of those that are traded does not matter.
 */
function readMarket(config: MarketConfig, panel: Panel): MarketConfig {
  const defaults = settingsSchema.parse({});
  const universe = { ...config.universe, instruments: readInstruments(config, panel) };
  if (!isMade(config, panel)) {
    return {
      data: { source: "bybit", folder: config.data.folder },
      market: defaults.market,
      universe,
      news: readNews(config.news),
    };
  }
  return {
    data: { source: "synthetic", folder: defaults.data.folder },
    market: { ...config.market, rows: Math.max(LEAST_ROWS, panel.rows) },
    universe,
    news: readNews(config.news),
  };
}

/** Of news what its source reads. */
function readNews(news: MarketConfig["news"]): MarketConfig["news"] {
  const { news: defaults } = settingsSchema.parse({});
  if (news.source === "off") return defaults;
  return news.source === "file"
    ? { ...news, informative: defaults.informative }
    : { ...news, file: defaults.file };
}

/** True if the rows were made by the configuration's synthetic market; marked CSVs are read from their folder. */
function isMade({ data, market }: MarketConfig, { source }: Panel): boolean {
  if (source.kind !== "synthetic" || data.source === "bybit") return false;
  return source.mode === market.mode && source.seed === market.seed && source.ic === market.ic;
}

/** The stated instruments of coins that are looked at, without those that say what is known anyway. */
function readInstruments(config: MarketConfig, { source }: Panel): MarketConfig["universe"]["instruments"] {
  const { coins, instruments } = config.universe;
  const stated = statedInstruments(config);
  return Object.fromEntries(
    coins.flatMap((coin, i) => {
      const own = instruments[coin];
      if (own === undefined) return [];
      const others = stated.filter((one) => one.coin !== coin);
      const known = knownInstruments(coins, others, source.kind === "synthetic")?.[i];
      const same = known && statedAs(known) === statedAs(stated.find((one) => one.coin === coin)!);
      return same ? [] : [[coin, own]];
    }),
  );
}

const statedAs = (instrument: Instrument) => canonicalJson(statedInstrument(instrument));

function knownInstruments(...args: Parameters<typeof instrumentsOf>) {
  try {
    return instrumentsOf(...args);
  } catch (error) {
    if (error instanceof RangeError) return null; // a coin that nobody else states
    throw error;
  }
}

/** The coins that are traded, in the order in which they are looked at; null for all of them. */
function tradedInOrder({ coins, universe }: TradingConfig): TradingConfig["coins"] {
  if (coins === null) return null;
  const traded = universe.coins.filter((coin) => coins.includes(coin));
  return traded.length === universe.coins.length ? null : traded;
}

/** Settings of learning that no job of a run reads, given the others. */
function unread(config: PopulationConfig, references: boolean): (keyof PopulationConfig)[] {
  const { learning, transfer, tauSchedule, mutation, score } = config;
  const pbt = learning === "pbt";
  const teaches = !pbt && transfer !== "none";
  const mutates = !pbt && mutation !== "off";
  return [
    ...(pbt ? ["transfer", "mutation"] as const : []),
    ...(teaches ? [] : ["transferTau", "tauSchedule", "transferTest", "teacher"] as const),
    ...(mutates ? [] : ["mutateWorst"] as const),
    ...(teaches && tauSchedule !== "constant" ? [] : ["transferTauEnd"] as const),
    ...(teaches && (transfer === "selective" || transfer === "hybrid") ? [] : ["selectiveShare"] as const),
    ...(mutates ? [] : ["diversityTrigger"] as const),
    ...(mutates || references ? [] : ["mutationRate", "mutationSd"] as const), // the single agent mutates too
    ...(pbt || teaches || mutates || references ? [] : ["transferEvery"] as const),
    ...(pbt || teaches || mutates ? [] : ["frozen"] as const),
    ...(score === "utility" ? [] : ["riskAversion"] as const),
  ];
}

function readPopulation(config: PopulationConfig, references: boolean): PopulationConfig {
  const defaults = populationConfigSchema.parse({});
  const plain = Object.fromEntries(unread(config, references).map((name) => [name, defaults[name]]));
  return {
    ...config,
    ...plain,
    frozen: ROLES.filter((role) => config.frozen.includes(role) && !plain.frozen),
    agents: byRole((role) => readPlayers(role, config)),
    mirror: readMirror(config.mirror),
    language: playsLanguage(config) ? config.language : defaults.language,
  };
}

/** The settings that the rules of mirrored accounts read. */
function readMirror({ rules, ...given }: MirrorConfig): MirrorConfig {
  const { mirror: plain } = populationConfigSchema.parse({});
  const has = (...some: MirrorRule[]) => some.some((rule) => rules.includes(rule));
  const [soft, credited] = [has("softmax", "hedge"), has("softmax", "hedge", "topShare", "positivePart")];
  const halfLife = credited ? given.halfLife : plain.halfLife;
  return {
    rules,
    halfLife: has("softmax", "topShare", "positivePart") ? halfLife : { ...halfLife, trader: null },
    temperature: soft ? given.temperature : plain.temperature,
    hedgeRate: has("hedge") ? given.hedgeRate : plain.hedgeRate,
    hedgeShare: has("hedge") ? given.hedgeShare : plain.hedgeShare,
  };
}

/** Who plays in a role; null where those are named who would play anyway. */
function readPlayers(role: Role, { size, agents }: PopulationConfig): string[] | null {
  const declared = playersOf(role, size).map(({ name }: { readonly name: string }) => name);
  return agents[role]?.join() === declared.join() ? null : agents[role];
}
