/** What an exchange did to a paper account: a trade, a funding payment, a liquidation. */
import * as z from "zod";
import { declareEvent } from "./event_kind.ts";
import { shownQuantity } from "./quantity.ts";

/** What a fill can be; the kinds of simulation/trace.ts, a sibling that this folder does not know. */
export const FILL_EVENT_KINDS = [
  "entry",
  "increase",
  "reduce",
  "close",
  "stop",
  "target",
  "liquidation",
  "funding",
  "limit",
] as const;

const fillSchema = z.strictObject({
  type: z.literal("fill"),
  time: z.number().describe("ms UTC by the exchange's clock"),
  row: z.int().min(0).describe("Bar in which it happened"),
  sequence: z.int().min(1).describe("Number among all fills of the session, without holes"),
  clientId: z.string().nullable().describe("The order's; null for what the exchange did by itself"),
  coin: z.string(),
  kind: z.enum(FILL_EVENT_KINDS),
  quantity: z.number().describe("Coins, signed; for funding the position that pays"),
  price: z.number().describe("USDT"),
  fee: z.number().describe("USDT"),
  feeRate: z.number().describe("Fee over notional"),
  slippage: z.number().describe("Lost against the price it was sent at, USDT"),
  realised: z.number().describe("Profit before fees; minus the payment for funding, USDT"),
});

export const fillEvent = declareEvent({
  schema: fillSchema,
  label: "Fill",
  summary: ({ row, coin, kind, quantity, price, fee }) =>
    `${row} ${kind} ${shownQuantity(quantity)} ${coin} at ${price}, fee ${fee.toFixed(4)} USDT`,
});
