/** A recorded session against the same session in the research simulation: what differs, by how much, and where first. */
import { termsAt } from "../core/universe.ts";
import { type EventOf, eventsOfType, type RecordedEvent } from "../events/event.ts";
import type { Panel } from "../market/panel.ts";
import { ticksPerUnit } from "../simulation/instruments.ts";

/** From where on a part of the report is a fault. */
export interface DivergenceLimits {
  /** Orders that are missing, too many or of another quantity, over all: a fraction. */
  readonly decisions: number;
  /** Mean of what fills lost against the simulation's, basis points of notional. */
  readonly slippage: number;
  /** Mean difference of fees, basis points of notional. */
  readonly fees: number;
  /** Mean difference of funding, basis points of the position's value. */
  readonly funding: number;
  /** Longest time from the open that an order was decided for to its fill, minutes; limit orders left out. */
  readonly latency: number;
}

export const DECLARED_DIVERGENCE: DivergenceLimits = {
  decisions: 0,
  slippage: 2,
  fees: 0.1,
  funding: 0.1,
  latency: 10,
};

/** One part of the report. */
export interface DivergencePart {
  /** What was compared. */
  readonly part: "decisions" | "lag" | "slippage" | "fees" | "funding" | "latency" | "tick";
  /** How far apart they are, in `unit`. */
  readonly value: number;
  /** From where on that is a fault. */
  readonly limit: number;
  /** Of both. */
  readonly unit: string;
  /** How many were compared. */
  readonly compared: number;
  /** Whether the limit was passed. */
  readonly fault: boolean;
  /** The first one that differs, and how; empty where none does. */
  readonly first: string;
}

type Fill = EventOf<"fill">;

interface Placed {
  readonly clientId: string;
  readonly row: number;
  readonly coin: string;
  readonly quantity: number;
}

/** Orders as they were decided, in order. */
function placed(events: readonly RecordedEvent[]): Placed[] {
  return eventsOfType(events, "order").filter(({ from }) => from === null);
}

const traded = (events: readonly RecordedEvent[]) =>
  eventsOfType(events, "fill").filter(({ kind }) => kind !== "funding");
const notional = ({ quantity, price }: Fill) => Math.abs(quantity) * price;
const place = ({ row, coin }: { readonly row: number; readonly coin: string }) => `row ${row} ${coin}`;
/**
 * Compares a session with its replays.
 *
 * @param decided The session decided again, on its own books: over a recorded exchange.
 * @param replayed The session in the research simulation, on the simulation's books.
 * @param panel The bars of all.
 */
export function divergenceOf(
  recorded: readonly RecordedEvent[],
  decided: readonly RecordedEvent[],
  replayed: readonly RecordedEvent[],
  panel: Panel,
  limits: DivergenceLimits = DECLARED_DIVERGENCE,
): DivergencePart[] {
  return [
    decisionsPart(placed(recorded), placed(decided), limits.decisions),
    lagPart(placed(recorded), placed(replayed)),
    ...pricesParts(pairsOf(traded(recorded), traded(replayed)), limits),
    fundingPart(recorded, replayed, limits.funding),
    latencyPart(traded(recorded), panel, limits.latency),
    tickPart(traded(recorded), panel),
  ];
}

function decisionsPart(own: readonly Placed[], theirs: readonly Placed[], limit: number): DivergencePart {
  const byId = (all: readonly Placed[]) => new Map(all.map((one) => [one.clientId, one]));
  const mine = byId(own), other = byId(theirs);
  const ids = [...new Set([...other.keys(), ...mine.keys()])];
  const wrong = ids.filter((id) => {
    const one = mine.get(id), two = other.get(id);
    return one === undefined || two === undefined || one.quantity !== two.quantity;
  }).sort((a, b) => (mine.get(a) ?? other.get(a)!).row - (mine.get(b) ?? other.get(b)!).row);
  const [id] = wrong;
  const what = (one: Placed | undefined) => one === undefined ? "no order" : `${one.quantity}`;
  const value = ids.length === 0 ? 0 : wrong.length / ids.length;
  return {
    part: "decisions",
    value,
    limit,
    unit: "of orders",
    compared: ids.length,
    fault: value > limit,
    first: id === undefined
      ? ""
      : `${place(mine.get(id) ?? other.get(id)!)}: ${what(mine.get(id))}, replay ${what(other.get(id))}`,
  };
}

/** Bars by which the session's orders come later than the replay's: the shift under which most of them are alike. */
function lagPart(own: readonly Placed[], theirs: readonly Placed[]): DivergencePart {
  const leg = ({ clientId }: Placed) => clientId.at(-1)!;
  const key = (one: Placed, shift: number) => `${one.row + shift}|${one.coin}|${leg(one)}`;
  const matches = (shift: number) => {
    const shifted = new Map(theirs.map((one) => [key(one, shift), one]));
    return own.filter((one) => {
      const other = shifted.get(key(one, 0));
      return other !== undefined && Math.abs(one.quantity - other.quantity) <= 0.2 * Math.abs(other.quantity);
    }).length;
  };
  const counts = [0, 1, 2, 3].map(matches), best = counts.indexOf(Math.max(...counts));
  return {
    part: "lag",
    value: best,
    limit: 0,
    unit: "bars",
    compared: own.length,
    fault: best > 0,
    first: best > 0
      ? `${counts[best]} of ${own.length} orders are the replay's of ${best} bar(s) before`
      : "",
  };
}

/** Fills of the same order, or of what the exchange did to a coin in the same bar. */
function pairsOf(own: readonly Fill[], theirs: readonly Fill[]): (readonly [Fill, Fill])[] {
  const key = ({ clientId, row, coin, kind }: Fill) => clientId ?? `${row}|${coin}|${kind}`;
  const other = new Map(theirs.map((one) => [key(one), one]));
  return own.flatMap((one) => {
    const two = other.get(key(one));
    return two === undefined ? [] : [[one, two] as const];
  });
}

const BP = 1e4;

function pricesParts(pairs: readonly (readonly [Fill, Fill])[], limits: DivergenceLimits): DivergencePart[] {
  const total = pairs.reduce((sum, [own]) => sum + notional(own), 0);
  const part = (name: "slippage" | "fees", of: (own: Fill, other: Fill) => number): DivergencePart => {
    const each = pairs.map(([own, other]) => of(own, other));
    const mean = total === 0 ? 0 : pairs.reduce((sum, [own], i) => sum + each[i]! * notional(own), 0) / total;
    const first = each.findIndex((value) => Math.abs(value) > limits[name]);
    return {
      part: name,
      value: mean,
      limit: limits[name],
      unit: "bp of notional",
      compared: pairs.length,
      fault: Math.abs(mean) > limits[name],
      first: first === -1 ? "" : `${place(pairs[first]![0])}: ${each[first]!.toFixed(2)} bp`,
    };
  };
  return [
    part("slippage", (own, other) => Math.sign(own.quantity) * (own.price / other.price - 1) * BP),
    part("fees", (own, other) => (own.fee / notional(own) - other.fee / notional(other)) * BP),
  ];
}

function fundingPart(
  recorded: readonly RecordedEvent[],
  replayed: readonly RecordedEvent[],
  limit: number,
): DivergencePart {
  const paid = (events: readonly RecordedEvent[]) =>
    eventsOfType(events, "fill").filter(({ kind }) => kind === "funding");
  const key = ({ row, coin }: Fill) => `${row}|${coin}`;
  const rate = (one: Fill) => one.realised / (one.quantity * one.price);
  const other = new Map(paid(replayed).map((one) => [key(one), one]));
  const pairs = paid(recorded).flatMap((one) => {
    const two = other.get(key(one));
    return two === undefined ? [] : [{ one, apart: (rate(one) - rate(two)) * BP }];
  });
  const mean = pairs.length === 0
    ? 0
    : pairs.reduce((sum, { apart }) => sum + Math.abs(apart), 0) / pairs.length;
  const first = pairs.find(({ apart }) => Math.abs(apart) > limit);
  return {
    part: "funding",
    value: mean,
    limit,
    unit: "bp of value",
    compared: pairs.length,
    fault: mean > limit,
    first: first === undefined ? "" : `${place(first.one)}: ${first.apart.toFixed(2)} bp`,
  };
}

function latencyPart(fills: readonly Fill[], { openTime }: Panel, limit: number): DivergencePart {
  const late = fills.filter(({ clientId, kind }) => clientId !== null && kind !== "limit").map((one) => {
    const decidedFor = Number(one.clientId!.split("-")[1]); // the bar whose open the order was made for
    return { one, minutes: (one.time - openTime[decidedFor]!) / 60_000 };
  });
  const worst = late.reduce((most, { minutes }) => Math.max(most, minutes), 0);
  const first = late.find(({ minutes }) => minutes > limit);
  return {
    part: "latency",
    value: worst,
    limit,
    unit: "minutes",
    compared: late.length,
    fault: worst > limit,
    first: first === undefined ? "" : `${place(first.one)}: ${first.minutes.toFixed(1)} minutes`,
  };
}

/** Fills by which a coarser grid is told from chance: one in a hundred thousand where each is one in ten. */
const ENOUGH = 5;

/** Prices off the exchange's steps of their date, or all on steps so many times as coarse. */
function tickPart(fills: readonly Fill[], panel: Panel): DivergencePart {
  const found: string[] = [];
  let off = 0;
  panel.coins.forEach(({ coin, close }, i) => {
    const own = fills.filter((one) => one.coin === coin && one.kind !== "liquidation");
    const steps = own.map(({ row, price }) => {
      const terms = termsAt(panel.instruments[i]!, panel.openTime[row]!);
      return price * ticksPerUnit(terms, close[Math.max(0, row - 1)]!);
    });
    const astray = steps.findIndex((value) => Math.abs(value - Math.round(value)) > 1e-4);
    if (astray !== -1) {
      off += steps.filter((value) => Math.abs(value - Math.round(value)) > 1e-4).length;
      found.push(`${place(own[astray]!)}: ${own[astray]!.price} is between two ticks`);
    }
    for (const coarse of [100, 50, 20, 10, 5]) {
      if (
        steps.length < ENOUGH ||
        !steps.every((value) => Math.abs(value / coarse - Math.round(value / coarse)) < 1e-4)
      ) {
        continue;
      }
      off += steps.length;
      found.push(`${place(own[0]!)}: all ${steps.length} prices are multiples of ${coarse} ticks`);
      break;
    }
  });
  return {
    part: "tick",
    value: off,
    limit: 0,
    unit: "fills",
    compared: fills.length,
    fault: off > 0,
    first: found.join("; "),
  };
}
