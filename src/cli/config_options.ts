import type { Command } from "@commander-js/extra-typings";
import { parseAssignment, readYaml, resolveConfig, setPath } from "../adapters/config/config_file.ts";
import { UserError } from "../core/user_error.ts";
import { type Settings, settingsSchema } from "../experiments/config.ts";

/** The flags that every command that runs something takes. */
export interface ConfigFlags {
  readonly config?: string | undefined;
  readonly data?: string | undefined;
  readonly synthetic?: string | undefined;
  readonly ic?: string | undefined;
  readonly seed?: string | undefined;
  readonly set: readonly string[];
}

/** Collects a flag that may be given several times. */
export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** Adds the configuration flags to a command. */
export function withConfigFlags<Args extends unknown[]>(command: Command<Args>) {
  return command
    .option("-c, --config <file>", "YAML file of settings, e.g. configs/multi_asset.yaml")
    .option("-d, --data <folder>", "real bars: the folder of Bybit_{BTC,ETH,SOL,DOGE,XRP}.csv")
    .option("--synthetic <mode>", "synthetic market instead: default, planted or null")
    .option("--ic <number>", "information coefficient of a planted market")
    .option("--seed <integer>", "seed of the run's draws")
    .option(
      "--set <key=value>",
      "any setting by its path, e.g. --set population.transferTau=0.2",
      collect,
      [] as readonly string[],
    );
}

/**
 * The settings of a command: flags over file over defaults.
 *
 * @param further Further flags as [path, value]; undefined values are left out.
 */
export async function settingsOf(
  flags: ConfigFlags,
  further: readonly (readonly [string, unknown])[],
): Promise<Settings> {
  const tree = flags.config ? await readYaml(flags.config) : {};
  if (flags.data !== undefined && (flags.synthetic ?? flags.ic) !== undefined) {
    throw new UserError(
      "Cannot choose the bars as --data cannot be given with --synthetic or --ic: give one of them",
    );
  }
  const synthetic = flags.synthetic ?? (flags.ic ? "planted" : undefined);
  const given: readonly (readonly [string, unknown])[] = [
    ["data.folder", flags.data],
    ["data.source", flags.data ? "bybit" : synthetic ? "synthetic" : undefined],
    ["market.mode", synthetic],
    ["market.ic", numeric(flags.ic) ?? (synthetic === "planted" && !hasIc(tree) ? 0.1 : undefined)],
    ["seed", numeric(flags.seed)],
    ...further,
  ];
  for (const [path, value] of given) if (value !== undefined) setPath(tree, path, value);
  for (const { path, value } of flags.set.map(parseAssignment)) setPath(tree, path, value);
  return resolveConfig(settingsSchema, tree, flags.config ?? "defaults and flags");
}

function hasIc(tree: { [key: string]: unknown }): boolean {
  const market = tree.market;
  return typeof market === "object" && market !== null && "ic" in market;
}

/** A flag's number, or its text where it is none: the schema then names it as the wrong type. */
export function numeric(text: string | undefined): number | string | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  return text.trim() === "" || Number.isNaN(value) ? text : value;
}
