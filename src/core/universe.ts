/**
 * What is traded and on which clock: the coins, what the exchange fixes for each of them, the length of a bar.
 * Whoever trades other coins starts here; code derives everything else from these facts.
 */

/** A coin by its symbol, such as "BTC". */
export type Coin = string;

/** Length of one bar: four hours, in ms. */
export const BAR_MS = 4 * 3_600_000;
const DAY_MS = 86_400_000;

/** Bars between two 00:00 UTC. */
export const BARS_PER_DAY = DAY_MS / BAR_MS;

/** Bars in one year of 365 days; annualises every Sharpe ratio and volatility. */
export const BARS_PER_YEAR = 365 * BARS_PER_DAY;

/** The coin that stands for the whole market: its regime is the market's, the others are altcoins to it. */
export const REFERENCE_COIN: Coin = "BTC";

/** Coins that one account can trade. */
export const MOST_COINS = 20;

/** Hours between two funding settlements of nearly every perpetual, counted from 00:00 UTC. */
export const FUNDING_HOURS = 8;

/** Orders that open or change a position below this notional (USDT) are not accepted. Closing always is. */
export const MIN_NOTIONAL = 5;

/** What the exchange fixes for one USDT perpetual from an instant on. Prices in USDT, quantities in coins. */
export interface InstrumentTerms {
  /** ms UTC; the first terms of an instrument hold before it too. */
  readonly from: number;
  /** Smallest price step, at prices from `tickFrom` on; a tenth of it below, down to a tenth of `tickFrom`, and so on. */
  readonly tick: number;
  /** Lowest price at which the tick is this coarse. */
  readonly tickFrom: number;
  /** Smallest quantity and quantity step. */
  readonly lot: number;
  /** Maintenance margin rate of the first risk tier, a fraction of notional. */
  readonly maintenanceMargin: number;
  /** Hours between two funding settlements, counted from 00:00 UTC. */
  readonly fundingHours: number;
}

/** One USDT perpetual. */
export interface Instrument {
  readonly coin: Coin;
  /** Least half-spread as a fraction of price: an assumption, to be varied in a sensitivity test. */
  readonly halfSpread: number;
  /** Ascending in `from`, at least one. */
  readonly terms: readonly InstrumentTerms[];
}

/**
 * Bybit's linear perpetuals, in the order that every array over coins follows. One tick a coin for the whole
 * sample, though the exchange changed them: BTC .5 and ETH .05 before 2023, SOL between .001 and .01, DOGE 1e-4
 * before 2022-11. XRP's lot is the 1 of most of the sample, not the .1 since 2025-09. No coin of the sample fell
 * below its `tickFrom`; synthetic ones do, and an exchange would have made their ticks finer.
 *
 * @see https://bybit-exchange.github.io/docs/v5/market/instrument
 */
export const INSTRUMENTS: readonly Instrument[] = [
  instrument("BTC", 0.00005, { tick: 0.1, tickFrom: 5000, lot: 0.001, maintenanceMargin: 0.005 }),
  instrument("ETH", 0.00005, { tick: 0.01, tickFrom: 300, lot: 0.01, maintenanceMargin: 0.005 }),
  instrument("SOL", 0.0001, { tick: 0.01, tickFrom: 5, lot: 0.1, maintenanceMargin: 0.005 }),
  instrument("DOGE", 0.00015, { tick: 0.00001, tickFrom: 0.03, lot: 1, maintenanceMargin: 0.0067 }),
  instrument("XRP", 0.0001, { tick: 0.0001, tickFrom: 0.15, lot: 1, maintenanceMargin: 0.0067 }),
];

/** The coins of INSTRUMENTS: what is traded unless a configuration names others. */
export const DECLARED_COINS: readonly Coin[] = INSTRUMENTS.map(({ coin }) => coin);

function instrument(
  coin: Coin,
  halfSpread: number,
  terms: Omit<InstrumentTerms, "from" | "fundingHours">,
): Instrument {
  return { coin, halfSpread, terms: [{ ...terms, from: 0, fundingHours: FUNDING_HOURS }] };
}

/**
 * The place of each coin in the roster of all coins: declared ones at their own, further ones after them in the order
 * in which they are named. In a synthetic world a coin is what its place says, whoever else is looked at.
 */
export function rosterOf(coins: readonly Coin[]): number[] {
  let further = DECLARED_COINS.length;
  return coins.map((coin) => DECLARED_COINS.includes(coin) ? DECLARED_COINS.indexOf(coin) : further++);
}

/**
 * The instruments of some coins, in their order: those given, else the declared ones, else (in a world where a
 * further coin is a twin of an earlier one) the terms of the declared coin that it is a twin of.
 *
 * @param given Instruments that a configuration states.
 * @param twins Whether a coin nobody stated may take a declared coin's terms.
 * @throws {RangeError} If nobody states a coin's instrument.
 */
export function instrumentsOf(
  coins: readonly Coin[],
  given: readonly Instrument[] = [],
  twins = false,
): Instrument[] {
  const roster = rosterOf(coins);
  return coins.map((coin, i) => {
    const stated = [...given, ...INSTRUMENTS].find((one) => one.coin === coin);
    if (stated) return stated;
    if (twins) return { ...INSTRUMENTS[roster[i]! % INSTRUMENTS.length]!, coin };
    throw new RangeError(
      `Cannot trade ${coin} as its tick, lot and margin must be stated: known are ${
        DECLARED_COINS.join(", ")
      }`,
    );
  });
}

/** True if funding that settles every `hours` hours settles at this open time (ms UTC). */
export function isFundingTime(openTime: number, hours = FUNDING_HOURS): boolean {
  return openTime % (hours * 3_600_000) === 0;
}

/** The terms in force at an instant, ms UTC. */
export function termsAt({ terms }: Instrument, time: number): InstrumentTerms {
  let current = terms[0]!;
  for (const next of terms) if (next.from <= time) current = next;
  return current;
}
