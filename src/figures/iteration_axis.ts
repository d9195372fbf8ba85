import { eventsOfType, type RecordedEvent } from "../events/event.ts";
import type { IterationEvent } from "../events/iteration.ts";
import type { Role } from "../genome/role.ts";
import { integerTicks } from "./ticks.ts";
import { requireEvents } from "./run_parts.ts";

/** The x options of a panel over iterations, with half an iteration of air at both ends; of one, the next has room. */
export function iterationAxis(events: readonly IterationEvent[], mostTicks: number) {
  const first = events[0]!.k, last = Math.max(events.at(-1)!.k, first + 1);
  return {
    type: "linear" as const,
    domain: [first - 0.5, last + 0.5] as const,
    ticks: integerTicks(first, last, mostTicks),
    tickFormat: (tick: number) => String(tick),
    label: "Iteration",
    labelAnchor: "center" as const,
    labelArrow: "none" as const,
  };
}

/** Iterations at which a role's best agent taught the others. */
export function transferTimes(events: readonly IterationEvent[], role: Role): number[] {
  return events.filter((event) => event.transfers.some((transfer) => transfer.role === role)).map((event) =>
    event.k
  );
}

/** Iterations at which agents of a role were mutated. */
export function mutationTimes(events: readonly IterationEvent[], role: Role): number[] {
  return events.filter((event) => event.mutations.some((mutation) => mutation.role === role)).map((event) =>
    event.k
  );
}

/** The iterations among a run's events. @throws {RangeError} If there is none to draw; it names the figure. */
export function requireIterations(
  events: readonly RecordedEvent[],
  figure: string,
): readonly IterationEvent[] {
  requireEvents(events);
  const iterations = eventsOfType(events, "iteration");
  if (iterations.length === 0) {
    throw new RangeError(
      `Cannot draw ${figure} as a run must have at least one iteration: current value is 0`,
    );
  }
  return iterations;
}

/** The extent of values widened by a twentieth, never empty. */
export function paddedDomain(values: readonly number[]): [number, number] {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const air = high > low ? (high - low) / 20 : Math.max(Math.abs(high) / 20, 1e-3);
  return [low - air, high + air];
}

/** Unbroken stretches of iterations for which `holds` is true, by their first and last k. */
export function spans(
  events: readonly IterationEvent[],
  holds: (event: IterationEvent) => boolean,
): { readonly first: number; readonly last: number }[] {
  const out: { first: number; last: number }[] = [];
  let open = false;
  for (const event of events) {
    const held = holds(event);
    if (held && open) out.at(-1)!.last = event.k;
    else if (held) out.push({ first: event.k, last: event.k });
    open = held;
  }
  return out;
}
