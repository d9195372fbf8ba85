/** From an order to the message that asks for it, and from the exchange's row to its report. Pure. */
import type { Order, OrderReport, ReportState } from "../../../live/exchange.ts";
import type { OrderRow } from "./private_messages.ts";
import type { Fields } from "./signed_client.ts";
import { exactly, nearest } from "./steps.ts";

/** Steps of a perpetual, as the exchange writes them. */
export interface Steps {
  readonly tick: string;
  readonly lot: string;
}

/** A message, or why there can be none. */
export type OrderMessage = { readonly body: Fields } | { readonly refusal: string };

/**
 * What is sent to /v5/order/create. Stop and target lie where they would if the order filled at the quote, or at its
 * own price; a reducing order has none.
 *
 * @param quoted Mean fill price that it was quoted at, USDT; of a limit order its own price.
 */
export function orderMessage(
  order: Order,
  symbol: string,
  { tick, lot }: Steps,
  quoted: number,
): OrderMessage {
  const { clientId, quantity, price, reduceOnly, stop, target } = order;
  const qty = exactly(Math.abs(quantity), lot);
  if (qty === null || Number(qty) === 0) return { refusal: `10001 quantity must be a multiple of ${lot}` };
  const at = price === null ? null : exactly(price, tick);
  if (price !== null && at === null) return { refusal: `10001 price must be a multiple of ${tick}` };
  const side = quantity > 0 ? 1 : -1;
  const levels = reduceOnly ? {} : {
    ...(stop > 0 ? { stopLoss: nearest(quoted * (1 - side * stop), tick) } : {}),
    ...(target > 0 ? { takeProfit: nearest(quoted * (1 + side * target), tick) } : {}),
  };
  return {
    body: {
      category: "linear",
      symbol,
      side: quantity > 0 ? "Buy" : "Sell",
      orderType: at === null ? "Market" : "Limit",
      qty,
      ...(at === null ? {} : { price: at }),
      timeInForce: at === null ? "IOC" : "GTC",
      positionIdx: 0,
      orderLinkId: clientId,
      reduceOnly,
      ...(Object.keys(levels).length === 0 ? {} : { ...levels, tpslMode: "Full" }),
    },
  };
}

const STATES: Readonly<Record<string, ReportState>> = {
  New: "accepted",
  Untriggered: "accepted",
  Triggered: "accepted",
  PartiallyFilled: "partlyFilled",
  Filled: "filled",
  Cancelled: "cancelled",
  PartiallyFilledCanceled: "cancelled",
  Deactivated: "cancelled",
  Rejected: "rejected",
};

/** The report of a row; null if its state is none that is documented. */
export function reportOf({ orderLinkId, orderStatus, cumExecQty, rejectReason, cancelType }: OrderRow) {
  const state = Object.hasOwn(STATES, orderStatus) ? STATES[orderStatus]! : null;
  if (state === null) return null;
  const why = [rejectReason, cancelType].find((one) =>
    one !== "" && one !== "EC_NoError" && one !== "UNKNOWN"
  );
  const over = state === "cancelled" || state === "rejected";
  const report: OrderReport = {
    clientId: orderLinkId,
    state,
    filled: cumExecQty ?? 0,
    reason: over ? why ?? orderStatus : "",
  };
  return report;
}
