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

/** One tier of the exchange's risk limits: the maintenance margin of position values up to a bound. */
export interface RiskTier {
  /** Largest position value, USDT; Infinity for the last tier. */
  readonly upTo: number;
  /** Maintenance margin rate, a fraction of notional. */
  readonly maintenanceMargin: number;
}

/** What the exchange fixes for one USDT perpetual from an instant on. Prices in USDT, quantities in coins. */
export interface InstrumentTerms {
  /** ms UTC; the first terms of an instrument hold before it too. */
  readonly from: number;
  /**
   * Smallest price step, at prices from `tickFrom` on; a tenth of it below, down to a tenth of `tickFrom`, and so
   * on. 0 knows no steps.
   */
  readonly tick: number;
  /** Lowest price at which the tick is this coarse. */
  readonly tickFrom: number;
  /** Smallest quantity and quantity step; 0 knows no steps. */
  readonly lot: number;
  /** Least notional of an order that opens or changes a position, USDT. */
  readonly minNotional: number;
  /** Ascending in `upTo`, at least one; the last has no bound. */
  readonly riskTiers: readonly RiskTier[];
  /** Hours between two funding settlements, counted from 00:00 UTC. */
  readonly fundingHours: number;
}

/** One USDT perpetual. */
export interface Instrument {
  /** Its symbol. */
  readonly coin: Coin;
  /** Least half-spread as a fraction of price: an assumption, to be varied in a sensitivity test. */
  readonly halfSpread: number;
  /** Ascending in `from`, at least one. */
  readonly terms: readonly InstrumentTerms[];
}

/**
 * Bybit's linear perpetuals, in the order that every array over coins follows. Ticks and funding hours by date are
 * read off the bars (the first price off the old grid; the first and last rate that changed between the usual
 * settlements), lots did not change in the sample. Of the risk tiers the first alone is known (BTC: up to 2 million
 * USDT); it is taken for all sizes, which no account of usual size leaves. `tickFrom` serves synthetic coins, which
 * fall by factors of hundreds: an exchange would have made their ticks finer.
 *
 * @see https://bybit-exchange.github.io/docs/v5/market/instrument
 */
export const INSTRUMENTS: readonly Instrument[] = [
  instrument("BTC", 0.00005, { lot: 0.001, maintenanceMargin: 0.005 }, [
    { tick: 0.5 },
    { from: "2023-02-10T04:00Z", tick: 0.1, tickFrom: 5000 },
  ]),
  instrument("ETH", 0.00005, { lot: 0.01, maintenanceMargin: 0.005 }, [
    { tick: 0.05 },
    { from: "2023-01-17T08:00Z", tick: 0.01, tickFrom: 300 },
  ]),
  instrument("SOL", 0.0001, { lot: 0.1, maintenanceMargin: 0.005 }, [
    { tick: 0.005 },
    { from: "2022-11-10T12:00Z", fundingHours: 4 },
    { from: "2022-12-20T08:00Z", fundingHours: FUNDING_HOURS },
    { from: "2023-02-24T04:00Z", tick: 0.001 },
    { from: "2024-04-03T12:00Z", tick: 0.01, tickFrom: 5 },
  ]),
  instrument("DOGE", 0.00015, { lot: 1, maintenanceMargin: 0.0067 }, [
    { tick: 0.0001 },
    { from: "2022-11-29T08:00Z", tick: 0.00001, tickFrom: 0.03 },
  ]),
  instrument("XRP", 0.0001, { lot: 1, maintenanceMargin: 0.0067 }, [{ tick: 0.0001, tickFrom: 0.15 }]),
];

/** The coins of INSTRUMENTS: what is traded unless a configuration names others. */
export const DECLARED_COINS: readonly Coin[] = INSTRUMENTS.map(({ coin }) => coin);

/** What changes from an instant on; what is not named stays as it was. */
interface Change {
  /** ISO time; the first change holds from the beginning. */
  readonly from?: string;
  readonly tick?: number;
  readonly tickFrom?: number;
  readonly fundingHours?: number;
}

function instrument(
  coin: Coin,
  halfSpread: number,
  { lot, maintenanceMargin }: { readonly lot: number; readonly maintenanceMargin: number },
  changes: readonly Change[],
): Instrument {
  const first: InstrumentTerms = {
    from: 0,
    tick: 0,
    tickFrom: 0,
    lot,
    minNotional: MIN_NOTIONAL,
    riskTiers: [{ upTo: Infinity, maintenanceMargin }],
    fundingHours: FUNDING_HOURS,
  };
  const terms: InstrumentTerms[] = [];
  for (const { from, ...change } of changes) {
    const before = terms.at(-1) ?? first;
    terms.push({ ...before, ...change, from: from === undefined ? 0 : Date.parse(from) });
  }
  return { coin, halfSpread, terms };
}

/** The instrument as it is today, whatever the date: that of a world in which the past did not happen. */
function newest(instrument: Instrument): Instrument {
  return { ...instrument, terms: [{ ...instrument.terms.at(-1)!, from: 0 }] };
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
 * The instruments of some coins, in their order: those given, else the declared ones. In a synthetic world the newest
 * terms hold at all dates, and a further coin has those of the declared one that it is a twin of.
 *
 * @param given Instruments that a configuration states.
 * @throws {RangeError} If nobody states a coin's instrument.
 */
export function instrumentsOf(
  coins: readonly Coin[],
  given: readonly Instrument[] = [],
  synthetic = false,
): Instrument[] {
  const roster = rosterOf(coins);
  return coins.map((coin, i) => {
    const own = given.find((one) => one.coin === coin);
    if (own) return own;
    const declared = INSTRUMENTS.find((one) => one.coin === coin);
    if (synthetic) return { ...newest(declared ?? INSTRUMENTS[roster[i]! % INSTRUMENTS.length]!), coin };
    if (declared) return declared;
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

/** An instrument as JSON can hold it: the tier without a bound is named. */
export function statedInstrument(instrument: Instrument): unknown {
  const bound = (upTo: number) => upTo === Infinity ? "no bound" : upTo;
  const terms = instrument.terms.map(({ riskTiers, ...rest }) => ({
    ...rest,
    riskTiers: riskTiers.map(({ upTo, maintenanceMargin }) => [bound(upTo), maintenanceMargin]),
  }));
  return { ...instrument, terms };
}
