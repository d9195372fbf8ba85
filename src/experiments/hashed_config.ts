import { ROLES } from "../genome/role.ts";
import { playsLanguage } from "./language/plays.ts";
import type { LanguageConfig, PopulationConfig } from "../population/config.ts";
import type { TradingConfig } from "./config.ts";

/**
 * A configuration as hashes read it. Settings that came later are left out where they say nothing: no extensions,
 * nobody named to play, nobody who asks a language model, no news, no role frozen, the best for a teacher, no order late. So a run keeps the name, and the trial, that it had
 * before they were there.
 */
export function hashedConfig(config: TradingConfig): Readonly<Record<string, unknown>> {
  const { extensions, news, account, ...rest } = config;
  return {
    ...rest,
    account: withoutDelay(account),
    ...(extensions.length === 0 ? {} : { extensions }),
    ...(news.source === "off" ? {} : { news }),
    ...("population" in config
      ? { population: hashedPopulation(config.population as PopulationConfig) }
      : {}),
  };
}

function hashedPopulation(config: PopulationConfig): Readonly<Record<string, unknown>> {
  const { agents, language, ...rest } = config;
  return {
    ...withoutLesions(rest),
    ...(ROLES.every((role) => agents[role] === null) ? {} : { agents }),
    ...(playsLanguage(config) ? { language: withoutSlowLoops(language) } : {}),
  };
}

/**
 * A configuration as results store it: settings of lesions and placebos are left out where they say nothing, so that what
 * was stored before they were there keeps its bytes.
 */
export function writtenConfig(config: TradingConfig): TradingConfig {
  const written = { ...config, account: withoutDelay(config.account) };
  return ("population" in config
    ? { ...written, population: writtenPopulation(config.population as PopulationConfig) }
    : written) as TradingConfig;
}

/** Orders that come in time, as they do by default, are nothing to be said. */
export function withoutDelay(
  { orderDelay, ...rest }: TradingConfig["account"],
): Partial<TradingConfig["account"]> {
  return { ...rest, ...(orderDelay === 0 ? {} : { orderDelay }) };
}

function writtenPopulation(config: PopulationConfig) {
  return { ...withoutLesions(config), language: withoutSlowLoops(config.language) };
}

/** Slow loops that are off, as they are by default, are nothing to be said. */
function withoutSlowLoops({ mutants, distil, ...rest }: LanguageConfig): Partial<LanguageConfig> {
  return {
    ...rest,
    ...(mutants.length === 0 ? {} : { mutants }),
    ...(distil.length === 0 ? {} : { distil }),
  };
}

function withoutLesions<Config extends Pick<PopulationConfig, "frozen" | "teacher">>(
  { frozen, teacher, ...rest }: Config,
): Omit<Config, "frozen" | "teacher"> & Partial<Config> {
  return {
    ...rest,
    ...(frozen.length === 0 ? {} : { frozen }),
    ...(teacher === "best" ? {} : { teacher }),
  } as Omit<Config, "frozen" | "teacher"> & Partial<Config>;
}
