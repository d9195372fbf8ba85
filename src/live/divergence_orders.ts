/** Were the orders those that the session decides again, and at which bar? */
import { eventsOfType, type RecordedEvent } from "../events/event.ts";
import { type DivergencePart, place } from "./divergence_part.ts";

/** An order as it was decided. */
export interface Placed {
  readonly clientId: string;
  readonly row: number;
  readonly coin: string;
  readonly quantity: number;
}

/** Orders as they were decided, in order. */
export function placed(events: readonly RecordedEvent[]): Placed[] {
  return eventsOfType(events, "order").filter(({ from }) => from === null);
}

/** Orders that differ in being there or in quantity. */
export function decisionsPart(
  own: readonly Placed[],
  theirs: readonly Placed[],
  limit: number,
): DivergencePart {
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
export function lagPart(own: readonly Placed[], theirs: readonly Placed[]): DivergencePart {
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
