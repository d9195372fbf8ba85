/**
 * Messages of an account and its market, as far as they are read. Numbers are strings; "" is not applicable, never 0.
 *
 * @see https://bybit-exchange.github.io/docs/v5/order/open-order and its neighbours
 */
import * as z from "zod";

const DECIMAL = /^-?\d+(\.\d+)?(e-?\d+)?$/i;
const decimal = z.string().regex(DECIMAL, "must be a decimal").transform(Number);
const decimalOrNone = z.string().regex(/^$|^-?\d+(\.\d+)?(e-?\d+)?$/i, "must be a decimal or empty")
  .transform((text) => text === "" ? null : Number(text));
const instant = z.string().regex(/^\d{13}$/, "must be ms").transform(Number);
const text = z.string().optional().transform((value) => value ?? "");

/** One order. `cumExecQty` in coins. */
export const orderSchema = z.object({
  orderLinkId: z.string(),
  symbol: z.string(),
  orderType: z.enum(["Market", "Limit"]),
  orderStatus: z.string(),
  cumExecQty: decimalOrNone,
  rejectReason: text,
  cancelType: text,
  stopOrderType: text,
});
export type OrderRow = z.output<typeof orderSchema>;

/** One execution; of funding, `execFee` is what was paid and `execQty` the position. */
export const executionSchema = z.object({
  execId: z.string().min(1),
  execTime: instant,
  execType: z.string(),
  symbol: z.string(),
  side: z.enum(["Buy", "Sell"]),
  orderId: text,
  orderLinkId: text,
  orderType: text,
  stopOrderType: text,
  execQty: decimal,
  execPrice: decimal,
  execFee: decimal,
  feeRate: decimalOrNone,
  seq: z.number().optional().transform((value) => value ?? 0),
});
export type ExecutionRow = z.output<typeof executionSchema>;

/** One position; flat has the side "" and the size "0". */
export const positionSchema = z.object({
  symbol: z.string(),
  side: z.enum(["Buy", "Sell", ""]),
  size: decimal,
  avgPrice: decimalOrNone,
});

/** A page of any list. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ list: z.array(row), nextPageCursor: text });

/** Balances of the unified account. */
export const walletSchema = z.object({
  list: z.array(z.object({ coin: z.array(z.object({ coin: z.string(), walletBalance: decimalOrNone })) })),
});

/** What the exchange fixes for one perpetual; texts, for their digits count. */
export const instrumentSchema = z.object({
  symbol: z.string(),
  priceFilter: z.object({ tickSize: z.string().regex(DECIMAL) }),
  lotSizeFilter: z.object({ qtyStep: z.string().regex(DECIMAL) }),
});

/** Last price. */
export const tickerSchema = z.object({ lastPrice: decimal });

/** Asks ascending, bids descending: price, coins. */
export const bookSchema = z.object({
  a: z.array(z.tuple([decimal, decimal])),
  b: z.array(z.tuple([decimal, decimal])),
});
