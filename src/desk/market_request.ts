/** What a request for a market may hold: one source, its coins, and nothing that nobody would read. */
import { UserError } from "../core/user_error.ts";
import { type Settings, settingsSchema } from "../experiments/config.ts";
import { configure, type SettingsRequest } from "./configuration.ts";
import { type Instrument, REFERENCE_COIN } from "../core/universe.ts";
import { printable } from "../core/printable.ts";
import { shown } from "../core/shown.ts";
import { hint, requireKeys } from "../core/known_names.ts";

/** Where bars may come from. */
const SOURCES = ["synthetic", "folder", "files", "table"];
const EXAMPLES =
  'synthetic: { rows: 2000 }, folder: "data/bybit", files: { BTC: "btc.csv" }, table: { BTC: columns }';

/** Refuses a request without a source, with two, or with what nobody would read. */
export function requireMarketRequest(request: unknown): void {
  requireKeys("Cannot load a market as the request", request, [...SOURCES, "coins", "instruments"]);
  const { coins, folder, files, table, ...rest } = request as Readonly<Record<string, unknown>>;
  const given = SOURCES.filter((name) => (request as Readonly<Record<string, unknown>>)[name] !== undefined);
  if (given.length !== 1) {
    throw new RangeError(
      `Cannot load a market as the request must name one source, ${EXAMPLES}: it names ${
        given.join(" and ") || "none"
      }.${given.length > 1 ? " Leave out all but one." : ""}`,
    );
  }
  if ("instruments" in rest && rest.instruments !== undefined && !Array.isArray(rest.instruments)) {
    throw new RangeError(
      `Cannot load a market as instruments must be a list: current value is ${shown(rest.instruments)}`,
    );
  }
  if (rest.instruments !== undefined) requireTerms(rest.instruments, rest.synthetic !== undefined);
  if (coins !== undefined && !(Array.isArray(coins) && coins.length > 0)) {
    throw new RangeError(
      `Cannot load a market as coins must be a list of at least one, such as ["BTC"]: current value is ${
        shown(coins)
      }`,
    );
  }
  requireDifferent((coins ?? []) as readonly unknown[]);
  if (folder !== undefined && typeof folder !== "string") {
    throw new RangeError(`Cannot load a market as folder must be a path: current value is ${shown(folder)}`);
  }
  if (files !== undefined) requireEach("files", files, coins as string[] | undefined, "path", isText);
  if (table !== undefined) requireEach("table", table, coins as string[] | undefined, "table", isTable);
}

/** Refuses several coins without the one that stands for the market; one coin stands for itself. */
export function requireReference(coins: readonly string[]): void {
  if (coins.length < 2 || coins.includes(REFERENCE_COIN)) return;
  throw new RangeError(
    `Cannot load a market as several coins must hold ${REFERENCE_COIN}, the coin that stands for the market: they are ` +
      `${
        coins.map((coin) => printable(coin)).join(", ")
      }. Add ${REFERENCE_COIN}, or load one coin, coins: ["${printable(coins[0]!)}"].`,
  );
}

/** Refuses instruments that are none, and those that nobody would read: a synthetic market makes its own. */
function requireTerms(instruments: unknown, synthetic: boolean): void {
  if (synthetic) {
    throw new RangeError(
      "Cannot load a market as instruments must be left out where bars are synthetic: their coins have the declared terms",
    );
  }
  for (const one of instruments as readonly Partial<Instrument>[]) {
    const { coin, halfSpread, terms } = one ?? {};
    const whole = typeof coin === "string" && typeof halfSpread === "number" && halfSpread >= 0 &&
      halfSpread <= 0.01 &&
      Array.isArray(terms) && terms.length > 0 && terms.every(isTerm);
    if (whole) continue;
    throw new RangeError(
      `Cannot load a market as each of instruments must have a coin, a halfSpread from 0 to .01 and terms, a list of ` +
        `{ ${TERMS.join(", ")}, riskTiers: [{ upTo, maintenanceMargin }] }: that of ${shown(coin)} has not`,
    );
  }
}

const TERMS = ["from", "tick", "tickFrom", "lot", "minNotional", "fundingHours"] as const;

function isTerm(term: Partial<Instrument["terms"][number]> | null): boolean {
  const numbers = TERMS.every((name) => typeof term?.[name] === "number" && term[name] >= 0);
  const tiers = term?.riskTiers;
  return numbers && term!.fundingHours! > 0 && Array.isArray(tiers) && tiers.length > 0 &&
    tiers.every((tier) => typeof tier?.upTo === "number" && typeof tier.maintenanceMargin === "number");
}

function requireDifferent(coins: readonly unknown[]): void {
  const odd = coins.find((coin, i) => typeof coin !== "string" || coins.indexOf(coin) !== i);
  if (odd === undefined) return;
  throw new RangeError(
    `Cannot load a market as coins must be different symbols: ${shown(odd)} is ${
      typeof odd === "string" ? "there twice" : "none"
    }`,
  );
}

const isText = (value: unknown) => typeof value === "string";
const isTable = (value: unknown) =>
  typeof value === "object" && value !== null && typeof (value as ArrayLike<unknown>).length !== "number" ||
  typeof (value as { getColumn?: unknown } | null)?.getColumn === "function";

function requireEach(
  name: string,
  given: unknown,
  asked: readonly string[] | undefined,
  what: string,
  fits: (value: unknown) => boolean,
): void {
  const rule = `Cannot load a market as ${name} must hold a ${what} for each coin, ${name}: { BTC: ${what} }`;
  const whole = typeof given !== "object" || given === null || Array.isArray(given) ||
    typeof (given as { getColumn?: unknown }).getColumn === "function";
  if (whole) throw new RangeError(`${rule}: current value is ${shown(given)}`);
  const known = Object.keys(given);
  if (known.length === 0) throw new RangeError(`${rule}: it holds none`);
  for (const coin of asked ?? known) {
    const value: unknown = Object.hasOwn(given, coin) ? given[coin as keyof typeof given] : undefined;
    if (fits(value)) continue;
    throw new RangeError(
      `${rule}: that of ${shown(coin)} is ${value === undefined ? "missing" : shown(value)}.` +
        (value === undefined ? hint(coin, known) : ""),
    );
  }
}

/**
 * The settings of a synthetic market.
 *
 * @throws {UserError} One line for each rule that is broken: the setting, the rule and the value.
 */
export async function syntheticSettings(
  market: object,
  coins: readonly string[] | undefined,
): Promise<Settings> {
  const universe = coins === undefined ? {} : { coins: [...coins] };
  const given = { data: { source: "synthetic" }, market, universe };
  const parsed = settingsSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  try {
    return await configure(given as SettingsRequest); // says the same in sentences
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const lines = error.message.split("\n").slice(1).join("\n");
    throw new UserError(`Cannot load the synthetic market as its request breaks a rule:\n${lines}`, {
      cause: error,
    });
  }
}
