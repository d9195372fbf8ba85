/** Did fills cost and come as the simulation's: prices, fees, funding, latency? */
import { type EventOf, eventsOfType, type RecordedEvent } from "../events/event.ts";
import type { Panel } from "../market/panel.ts";
import { type DivergenceLimits, type DivergencePart, place } from "./divergence_part.ts";

type Fill = EventOf<"fill">;

const notional = ({ quantity, price }: Fill) => Math.abs(quantity) * price;

/** Fills of the same order, or of what the exchange did to a coin in the same bar. */
export function pairsOf(own: readonly Fill[], theirs: readonly Fill[]): (readonly [Fill, Fill])[] {
  const key = ({ clientId, row, coin, kind }: Fill) => clientId ?? `${row}|${coin}|${kind}`;
  const other = new Map(theirs.map((one) => [key(one), one]));
  return own.flatMap((one) => {
    const two = other.get(key(one));
    return two === undefined ? [] : [[one, two] as const];
  });
}

const BP = 1e4;

/** What paired fills lost by price and paid in fees. */
export function pricesParts(
  pairs: readonly (readonly [Fill, Fill])[],
  limits: DivergenceLimits,
): DivergencePart[] {
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

/** Funding by the value of the position that paid it. */
export function fundingPart(
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

/** From the open that an order was decided for to its fill. */
export function latencyPart(fills: readonly Fill[], { openTime }: Panel, limit: number): DivergencePart {
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
