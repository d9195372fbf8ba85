/** The bars that accounts walk through, as the terms of a back-test make them. */
import { hashJson } from "../core/hash.ts";
import { BAR_MS, type Instrument } from "../core/universe.ts";
import { type CoinBars, COLUMN_NAMES, createPanel, type Panel, truncatePanel } from "../market/panel.ts";
import { type Arena, createArena } from "../simulation/arena.ts";
import type { CostModel } from "../simulation/costs.ts";
import { freeInstrument, NEVER_HOURS } from "./free_instrument.ts";
import type { Market } from "./market.ts";
import type { SettledTerms } from "./trading_terms.ts";

const blocks = new WeakMap<Panel, Map<string, Arena>>();

/**
 * The market block that accounts walk through, built once for a market and its terms: back-tests of one market share
 * it. With `fill: "close"` it has a row more, which stands still at the last close: what is decided there is filled.
 *
 * @param rows Rows of the market that there are.
 */
export function marketBlock(market: Market, terms: SettledTerms, rows = market.rows): Arena {
  const known = blocks.get(market.panel) ?? new Map<string, Arena>();
  blocks.set(market.panel, known);
  const key = JSON.stringify([
    rows,
    terms.rules,
    terms.fill,
    terms.coins,
    Object.entries(terms.costs).map(String),
  ]);
  const block = known.get(key) ??
    buildBlock(rows === market.rows ? market.panel : truncatePanel(market.panel, rows), terms);
  known.set(key, block);
  return block;
}

/** The instruments of the coins that are traded, as the terms make them. */
export function tradedInstruments(
  { panel }: Pick<Market, "panel">,
  { rules, costs, coins }: Pick<SettledTerms, "rules" | "costs" | "coins">,
): Instrument[] {
  return coins.map((coin) => {
    const i = panel.coins.findIndex((bars) => bars.coin === coin);
    return instrumentOf(panel.instruments[i]!, rules, costs);
  });
}

function buildBlock(panel: Panel, { rules, costs, fill, coins }: SettledTerms): Arena {
  const chosen = coins.map((coin) => panel.coins.findIndex((bars) => bars.coin === coin));
  const traded = chosen.map((i) => tradedBars(panel.coins[i]!, { rules, costs, fill }));
  const instruments = tradedInstruments({ panel }, { rules, costs, coins });
  const whole = createPanel(
    traded,
    fill === "close" ? nextTime(panel.openTime) : panel.openTime,
    panel.source,
    instruments,
    panel.missing,
  );
  const model: CostModel = {
    takerFee: costs.fee,
    makerFee: costs.makerFee,
    impact: costs.impact,
    halfSpread: instruments.map(({ halfSpread }) => Number.isNaN(costs.slip) ? halfSpread : costs.slip),
    participation: costs.participation,
  };
  return createArena({ ...whole, hash: hashJson([panel.hash, whole.hash]) }, model, instruments);
}

function instrumentOf(
  known: Instrument,
  rules: SettledTerms["rules"],
  { funding, slip }: SettledTerms["costs"],
): Instrument {
  const hours = (own: number) => funding ? own : NEVER_HOURS;
  if (rules === "plain") return freeInstrument(known.coin, slip, hours(known.terms.at(-1)!.fundingHours));
  return {
    ...known,
    terms: known.terms.map((terms) => ({ ...terms, fundingHours: hours(terms.fundingHours) })),
  };
}

/** A coin's bars as they are traded. */
function tradedBars(given: CoinBars, { rules, costs, fill }: Omit<SettledTerms, "coins">): CoinBars {
  const bars = fill === "close" ? openedAtCloses(given) : given;
  const { open, high, low, close } = bars;
  const marks = { markOpen: open, markHigh: high, markLow: low, markClose: close };
  return {
    ...bars,
    ...(rules === "plain" ? { ...marks, volume: new Float64Array(open.length).fill(1) } : {}), // every bar is traded in
    ...(costs.funding ? {} : { fundingRate: new Float64Array(open.length) }),
  };
}

/** The bars with each open at the close before, and one more that stands still. */
function openedAtCloses(bars: CoinBars): CoinBars {
  const longer = COLUMN_NAMES.map((name) => {
    const close = name.startsWith("mark") ? bars.markClose : bars.close;
    if (name === "open" || name === "markOpen") return [name, shifted(close, bars[name][0]!)];
    return [name, prolonged(bars[name], /high$|low$/i.test(name) ? close.at(-1)! : bars[name].at(-1)!)];
  });
  return { ...bars, ...Object.fromEntries(longer) };
}

function shifted(closes: Float64Array, first: number): Float64Array {
  const out = new Float64Array(closes.length + 1);
  out[0] = first;
  out.set(closes, 1);
  return out;
}

function prolonged(values: Float64Array, last: number): Float64Array {
  const out = new Float64Array(values.length + 1);
  out.set(values);
  out[values.length] = last;
  return out;
}

function nextTime(openTime: Float64Array): Float64Array {
  return prolonged(openTime, openTime.at(-1)! + BAR_MS);
}
