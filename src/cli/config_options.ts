import type { Command } from "@commander-js/extra-typings";
import { parseAssignment } from "../adapters/config/assignment.ts";
import type { ResolvedSettings } from "../adapters/config/resolve_settings.ts";
import { resolveWithExtensions } from "../adapters/extensions/named_extensions.ts";
import { readSettingsFile } from "../adapters/config/settings_file.ts";
import { type Assignment, writtenOf } from "../adapters/config/written.ts";
import { UserError } from "../core/user_error.ts";
import { isPlanted, SYNTHETIC_MODES } from "../market/synthetic/worlds.ts";
import type { Settings } from "../experiments/config.ts";
import { requireNamedFolder } from "./named_folder.ts";
import { tell } from "./print.ts";

/** The flags that every command that runs something takes. */
export interface ConfigFlags {
  readonly config?: string | undefined;
  readonly data?: string | undefined;
  readonly synthetic?: string | undefined;
  readonly ic?: string | undefined;
  readonly seed?: string | undefined;
  readonly set: readonly string[];
}

/** A setting that a flag gives: its path, the value (undefined: the flag was not given) and the flag. */
export type FlagSetting = readonly [path: string, value: unknown, flag: string];

/** Collects a flag that may be given several times. */
export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** Adds the configuration flags to a command. */
export function withConfigFlags<Args extends unknown[]>(command: Command<Args>) {
  return command
    .option("-c, --config <file>", "YAML file of settings, e.g. configs/multi_asset.yaml")
    .option("-d, --data <folder>", "real bars: the folder of Bybit_{BTC,ETH,SOL,DOGE,XRP}.csv")
    .option("--synthetic <mode>", `synthetic market instead: ${SYNTHETIC_MODES.join(", ")}`)
    .option("--ic <number>", "information coefficient of a planted market")
    .option("--seed <integer>", "seed of the run's draws")
    .option(
      "--set <key=value>",
      "any setting by its path, e.g. --set population.transferTau=0.2; popagent config lists them",
      collect,
      [] as readonly string[],
    );
}

/**
 * The settings of a command, and where each came from: --set over flags over file over defaults.
 *
 * @param further Further flags.
 * @param learns True for commands whose populations learn.
 */
export async function resolvedOf(
  flags: ConfigFlags,
  further: readonly FlagSetting[],
  learns: boolean,
): Promise<ResolvedSettings> {
  if (flags.data !== undefined && (flags.synthetic ?? flags.ic) !== undefined) {
    throw new UserError(
      "Cannot choose the bars as --data cannot be given with --synthetic or --ic: give one of them",
    );
  }
  const file = flags.config === undefined ? [] : await readSettingsFile(flags.config);
  const given: readonly FlagSetting[] = [
    ["data.folder", flags.data, "--data"],
    ["data.source", flags.data === undefined ? undefined : "bybit", "--data"],
    ...syntheticSettings(flags.synthetic, flags.ic, "--synthetic", file),
    ["seed", flags.seed, "--seed"],
    ...further,
  ];
  const assignments = [...file, ...given.flatMap(assignmentOf), ...flags.set.map(parseAssignment)];
  return await resolveWithExtensions(assignments, { learns });
}

/** As `resolvedOf`, after notes on stderr; a folder of bars that was named is there. */
export async function checkedOf(
  flags: ConfigFlags,
  further: readonly FlagSetting[],
  { learns }: { readonly learns: boolean } = { learns: false },
): Promise<ResolvedSettings> {
  const resolved = await resolvedOf(flags, further, learns);
  for (const note of resolved.notes) tell(`Note: ${note}.`);
  await requireNamedFolder(resolved);
  return resolved;
}

/** The settings of a command alone. */
export async function settingsOf(...asked: Parameters<typeof checkedOf>): Promise<Settings> {
  return (await checkedOf(...asked)).settings;
}

/**
 * The synthetic market that a mode and an information coefficient ask for; none where neither is given. A
 * coefficient alone asks for a planted market, and a planted one has an edge of .1 unless the file says which.
 */
export function syntheticSettings(
  asked: string | undefined,
  ic: string | undefined,
  modeFlag: string,
  file: readonly Assignment[],
): FlagSetting[] {
  const mode = asked ?? (ic === undefined ? undefined : "planted");
  if (mode === undefined) return [];
  const flag = asked === undefined ? "--ic" : modeFlag;
  const market = file.find(({ path }) => path[0] === "market")?.value;
  const stated = market?.kind === "group" && market.entries.some(([key]) => key === "ic");
  return [
    ["data.source", "synthetic", flag],
    ["market.mode", mode, flag],
    ["market.ic", ic ?? (isPlanted(mode) && !stated ? 0.1 : undefined), ic === undefined ? flag : "--ic"],
  ];
}

function assignmentOf([path, value, flag]: FlagSetting): Assignment[] {
  return value === undefined
    ? []
    : [{ path: path.split("."), value: writtenOf(value, { kind: "flag", flag }) }];
}
