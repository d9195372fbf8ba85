/** A recorded session against the same session in the research simulation: what differs, by how much, and where first. */
import { eventsOfType, type RecordedEvent } from "../events/event.ts";
import type { Panel } from "../market/panel.ts";
import { fundingPart, latencyPart, pairsOf, pricesParts } from "./divergence_fills.ts";
import { decisionsPart, lagPart, placed } from "./divergence_orders.ts";
import { DECLARED_DIVERGENCE, type DivergenceLimits, type DivergencePart } from "./divergence_part.ts";
import { tickPart } from "./divergence_ticks.ts";

const traded = (events: readonly RecordedEvent[]) =>
  eventsOfType(events, "fill").filter(({ kind }) => kind !== "funding");

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
