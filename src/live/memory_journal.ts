import type { RecordedEvent } from "../events/event.ts";
import type { Journal, OrderRecord, SessionPoint } from "./journal.ts";
import { OPEN } from "./order_states.ts";

/** A journal that lives as long as its process: for trials and notebooks. */
export function memoryJournal(): Journal {
  const orders = new Map<string, OrderRecord>(), open = new Map<string, OrderRecord>();
  const events: RecordedEvent[] = [];
  let point: SessionPoint | null = null;
  return {
    write: (entry) => {
      for (const event of entry.events ?? []) events.push(event);
      for (const record of entry.orders ?? []) {
        orders.set(record.order.clientId, record);
        if (OPEN.includes(record.state)) open.set(record.order.clientId, record);
        else open.delete(record.order.clientId);
      }
      point = entry.point ?? point;
    },
    point: () => point,
    order: (clientId) => orders.get(clientId) ?? null,
    open: () => [...open.values()],
    events: (from = 0) => events.slice(from),
  };
}
