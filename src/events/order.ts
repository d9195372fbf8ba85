/** One step in the life of an order of a paper session. */
import * as z from "zod";
import { declareEvent } from "./event_kind.ts";
import { shownQuantity } from "./quantity.ts";

/** States of an order; live/order_states.ts says what leads from one to the next. */
export const ORDER_STATES = [
  "intended",
  "refused",
  "approved",
  "sent",
  "unknown",
  "accepted",
  "partlyFilled",
  "filled",
  "cancelled",
  "rejected",
] as const;

const orderSchema = z.strictObject({
  type: z.literal("order"),
  time: z.number().describe("ms UTC by the session's clock"),
  row: z.int().min(0).describe("Bar whose close decided it"),
  clientId: z.string().describe("Idempotency key, the same whenever this order is sent"),
  coin: z.string(),
  kind: z.enum(["market", "limit"]),
  quantity: z.number().describe("Coins, signed: > 0 buys"),
  price: z.number().nullable().describe("Of a limit order, USDT"),
  from: z.enum(ORDER_STATES).nullable().describe("null for a new order"),
  to: z.enum(ORDER_STATES),
  filled: z.number().describe("Coins filled so far, >= 0"),
  reason: z.string().describe("Why, where it was refused, cut, rejected or cancelled"),
});

export const orderEvent = declareEvent({
  schema: orderSchema,
  label: "Order",
  summary: ({ row, coin, quantity, to, reason, clientId }) =>
    `${row} ${clientId} ${quantity > 0 ? "buy" : "sell"} ${
      shownQuantity(Math.abs(quantity))
    } ${coin}: ${to}` +
    (reason === "" ? "" : ` (${reason})`),
});
