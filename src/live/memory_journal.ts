import type { RecordedEvent } from "../events/event.ts";
import type { Journal, OrderRecord, SessionPoint } from "./journal.ts";
import { OPEN, UNSENT } from "./order_states.ts";

/** A journal that lives as long as its process: for trials and notebooks. */
export function memoryJournal(): Journal {
  const orders = new Map<string, OrderRecord>(), open = new Map<string, OrderRecord>();
  const unsent = new Map<string, OrderRecord>();
  const events: RecordedEvent[] = [];
  let point: SessionPoint | null = null;
  return {
    write: (entry) => {
      for (const event of entry.events ?? []) events.push(event);
      for (const record of entry.orders ?? []) {
        const { state, order: { clientId } } = record;
        orders.set(clientId, record);
        open.delete(clientId);
        unsent.delete(clientId);
        if (OPEN.includes(state)) open.set(clientId, record);
        if (state === UNSENT) unsent.set(clientId, record);
      }
      point = entry.point ?? point;
    },
    point: () => point,
    order: (clientId) => orders.get(clientId) ?? null,
    open: () => [...open.values()],
    unsent: () => [...unsent.values()],
    events: (from = 0) => events.slice(from),
  };
}
