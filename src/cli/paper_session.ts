/** A paper session from flags: which bars, how much history, which limits. */
import { loadMarket } from "../adapters/bars/load_market.ts";
import { TRADING_HOSTS } from "../adapters/exchange/bybit/hosts.ts";
import { hashJson } from "../core/hash.ts";
import { BAR_MS, REFERENCE_COIN } from "../core/universe.ts";
import { UserError } from "../core/user_error.ts";
import { type PopulationRunConfig, populationRunConfig } from "../experiments/config.ts";
import { DECLARED_GUARDS, type GuardLimits } from "../live/guards.ts";
import { requireOrdersInTime } from "../live/orders_in_time.ts";
import { type Panel, truncatePanel } from "../market/panel.ts";
import { iterationsIn } from "../population/config.ts";
import type { SessionFile } from "../adapters/exchange/session_folder.ts";
import { settingsOf } from "./config_options.ts";
import { countOf } from "./counts.ts";
import { parseInstant } from "./instants.ts";
import { HOLDOUT_FILE } from "./paths.ts";

/** The flags that say what a session is and how far it goes now. */
export interface PaperFlags {
  readonly symbols?: readonly string[] | undefined;
  readonly exchange: string;
  readonly history?: string | undefined;
  readonly rows?: string | undefined;
  readonly until?: string | undefined;
  readonly once?: boolean | undefined;
  readonly limit: readonly string[];
}

/** A session that can be traded. */
export interface PlannedSession {
  readonly config: PopulationRunConfig;
  readonly panel: Panel;
  readonly file: SessionFile;
  readonly limits: GuardLimits;
  /** Bars that may close in this call, and the row before which it ends at the latest. */
  readonly bars: number;
  readonly until: number;
}

/** Resolves the flags of a session on recorded or synthetic bars. @throws {UserError} With what is wrong, before any work. */
export async function plannedSession(
  flags: PaperFlags & Parameters<typeof settingsOf>[0],
): Promise<PlannedSession> {
  requireExchange(flags.exchange);
  const config = await sessionConfig(flags);
  const panel = await loadMarket({ config, opening: null, holdoutLog: HOLDOUT_FILE, now: Date.now() });
  const least = config.clock.firstDecision + 1;
  const history = flags.history === undefined ? least : countOf(flags.history, "--history", least);
  if (history >= panel.rows) {
    throw new UserError(
      `Cannot begin a session as bars must follow on its history: it has ${history} rows, the market ${panel.rows}`,
    );
  }
  const limits = limitsOf(flags.limit);
  const file: SessionFile = {
    version: 1,
    id: hashJson([config, history]).slice(0, 10),
    exchange: flags.exchange,
    config: config as unknown as Record<string, unknown>,
    history,
    rowsHash: truncatePanel(panel, history).hash,
    iterations: config.iterations ?? Math.max(1, iterationsIn(panel.rows, config.clock)),
    limits: { ...limits },
  };
  const bars = flags.once ? 1 : flags.rows === undefined ? Infinity : countOf(flags.rows, "--rows", 1);
  return { config, panel, file, limits, bars, until: untilOf(flags.until, panel) };
}

/** The configuration of a session. @throws {UserError} If it cannot be traded bar by bar. */
export async function sessionConfig(
  flags: PaperFlags & Parameters<typeof settingsOf>[0],
): Promise<PopulationRunConfig> {
  const symbols = flags.symbols?.map((one) => one.toUpperCase());
  const looked = symbols === undefined || symbols.includes(REFERENCE_COIN) || symbols.length === 1
    ? symbols
    : [REFERENCE_COIN, ...symbols];
  const settings = await settingsOf(flags, [
    ["universe.coins", looked, "--symbols"],
    ["coins", symbols, "--symbols"],
  ], { learns: true });
  const config = populationRunConfig(settings);
  requireOrdersInTime(config);
  return config;
}

/** Names of exchanges. */
export const EXCHANGES = ["sim", ...Object.keys(TRADING_HOSTS)];

function requireExchange(name: string): void {
  if (EXCHANGES.includes(name)) return;
  const mainnet = /main|live|real/i.test(name) || name === "bybit";
  throw new UserError(
    `Cannot trade on ${name} as ${
      mainnet ? "PopAgent sends no order to a mainnet; --exchange" : "--exchange"
    } must be one of ${EXCHANGES.join(", ")}`,
  );
}

function untilOf(text: string | undefined, panel: Panel): number {
  if (text === undefined) return panel.rows;
  const time = parseInstant(text, "--until");
  const row = panel.openTime.findIndex((open) => open + BAR_MS > time);
  return row === -1 ? panel.rows : row;
}

/** Reads "dailyLoss=0.05" and the like. @throws {UserError} If there is no such limit or the value is none. */
export function limitsOf(given: readonly string[]): GuardLimits {
  const limits: Record<string, number> = { ...DECLARED_GUARDS };
  for (const one of given) {
    const [name = "", text = ""] = one.split("=");
    const value = Number(text);
    if (!(name in limits) || text.trim() === "" || !(value > 0 && value < Infinity)) {
      throw new UserError(
        `Cannot read --limit as it must be <name>=<number above 0> with a name of ${
          Object.keys(limits).join(", ")
        }: current value is ${one}`,
      );
    }
    limits[name] = value;
  }
  return limits as unknown as GuardLimits;
}
