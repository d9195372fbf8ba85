/** What the simulated exchange says of an order. */
import type { Execution, Order, OrderReport } from "./exchange.ts";
import type { KeptOrder } from "./simulated_state.ts";

/** Its word on an order that has just come. @param why It was refused; null if it was not. @param fresh What it executed. */
export function reportOf(order: Order, why: string | null, fresh: readonly Execution[]): OrderReport {
  const filled = Math.abs(fresh.reduce((sum, one) => sum + one.quantity, 0));
  const taken = order.price !== null ? "accepted" : filled < Math.abs(order.quantity)
    ? "cancelled" // a reducing order takes no more than there is
    : "filled";
  return { clientId: order.clientId, state: why === null ? taken : "rejected", filled, reason: why ?? "" };
}

/** An order that rests no more, because somebody asked or its time is over. */
export function cancelled(kept: KeptOrder, reason: string): KeptOrder {
  return { ...kept, report: { ...kept.report, state: "cancelled", reason } };
}

/** An order that the close of a bar has taken out of the book. @param fresh What was executed in the bar. */
export function endedAtClose(kept: KeptOrder, fresh: readonly Execution[]): KeptOrder {
  const { clientId, quantity } = kept.order;
  const filled = Math.abs(fresh.find((one) => one.clientId === clientId)?.quantity ?? 0);
  return filled === Math.abs(quantity)
    ? { ...kept, report: { ...kept.report, state: "filled", filled } }
    : cancelled({ ...kept, report: { ...kept.report, filled } }, "ended by the exchange");
}
