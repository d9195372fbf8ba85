/** In which range each number of a back-test's request must lie. What lies outside is refused, never cut. */
import { shown } from "../core/shown.ts";
import type { Coin, Instrument, InstrumentTerms } from "../core/universe.ts";
import type { LIMITS } from "../simulation/limits.ts";
import type { Sizing } from "./sizing.ts";

/** Largest starting equity, USDT; a configuration has the same bound. */
const MOST_EQUITY = 1e9;

/** Largest factor of the square-root impact law; a configuration has the same bound. */
export const MOST_IMPACT = 10;

/** Highest leverage where no maintenance margin is kept, as under plain rules: the documented bound of free terms. */
export const FREE_LEVERAGE = 1000;

/** What a number must be, in words, and whether one is. */
interface Range {
  readonly says: string;
  fits(value: number): boolean;
}

const SHARE: Range = {
  says: "a fraction above 0 and at most 1 (0.05 is 5 %)",
  fits: (value) => value > 0 && value <= 1,
};

const LIMIT_RANGES: Readonly<Record<keyof typeof LIMITS, Range>> = {
  maxLeverage: { says: "a number >= 1", fits: (value) => value >= 1 },
  maxPosition: SHARE,
  marginBuffer: { says: "a fraction from 0 to below 1", fits: (value) => value >= 0 && value < 1 },
  dailyLoss: SHARE,
  maxDrawdown: SHARE,
  maxGross: { says: "a number > 0, a multiple of equity", fits: (value) => value > 0 },
};

const EQUITY: Range = {
  says: `an amount above 0 and at most ${MOST_EQUITY.toLocaleString("en")}, USDT`,
  fits: (value) => value > 0 && value <= MOST_EQUITY,
};
const SIZE: Range = {
  says: "a fraction from 0 to 1, the share of equity that is posted as margin",
  fits: (value) => value >= 0 && value <= 1,
};
const RISK: Range = {
  says: `${SHARE.says}, the share of equity that a hit stop may lose, or Infinity for no limit`,
  fits: (value) => SHARE.fits(value) || value === Infinity,
};
const LEVERAGE: Range = {
  says: `a number from 1 to ${FREE_LEVERAGE}`,
  fits: (value) => value >= 1 && value <= FREE_LEVERAGE,
};

function requireIn(what: string, value: unknown, { says, fits }: Range, advice = ""): void {
  if (typeof value === "number" && fits(value)) return;
  throw new RangeError(`${what} must be ${says}: current value is ${shown(value)}${advice}`);
}

/** Refuses a starting equity that is no amount. */
export function requireEquity(value: unknown): void {
  requireIn("Cannot trade as startingEquity", value, EQUITY);
}

/** Refuses a limit outside its range; `name` is a limit's. */
export function requireLimit(name: string, value: unknown): void {
  const range = LIMIT_RANGES[name as keyof typeof LIMITS];
  requireIn(`Cannot trade as limits.${name}`, value, range, ". Leave it out for none.");
}

/**
 * Refuses sizes outside their ranges, and a leverage that the exchange does not grant for one of the coins.
 *
 * @param traded What is traded; none where the rules know no maintenance margin.
 */
export function requireSizing(
  { leverage, size, risk }: Required<Sizing>,
  traded: readonly Instrument[],
): void {
  for (const { coin, terms } of traded) requireGranted(leverage, coin, terms);
  requireIn("Cannot size positions as leverage", leverage, LEVERAGE);
  requireIn("Cannot size positions as size", size, SIZE);
  requireIn("Cannot size positions as risk", risk, RISK);
}

/**
 * An exchange asks for an initial margin of twice the maintenance margin of the first risk tier: 1 % and 100x at a rate
 * of .5 %, 75x at .67 %. Of terms by date the lowest rate counts.
 *
 * @see https://bybit-exchange.github.io/docs/v5/market/risk-limit
 */
function requireGranted(leverage: unknown, coin: Coin, terms: readonly InstrumentTerms[]): void {
  const rate = Math.min(...terms.map(({ riskTiers }) => riskTiers[0]!.maintenanceMargin));
  if (rate === 0) return; // without one no exchange is reckoned with
  const most = Math.max(1, Math.round(1 / (2 * rate)));
  if (!(typeof leverage === "number" && leverage > most)) return;
  throw new RangeError(
    `Cannot size positions as leverage must be at most ${most} in ${coin}: the exchange asks for twice the maintenance ` +
      `margin, ${
        shownRate(rate)
      } % of the position, to open one: current value is ${leverage}. Give ${most} or less, or ` +
      `trade at free terms, rules: "plain", whose bound is ${FREE_LEVERAGE}.`,
  );
}

/** 0.0067 as "0.67". */
function shownRate(rate: number): string {
  return String(Number((100 * rate).toPrecision(6)));
}
