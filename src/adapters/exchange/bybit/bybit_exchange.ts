/**
 * The exchange port on a demo or testnet account of Bybit. Every answer is an outcome: an acknowledged order is looked
 * up before anybody believes it, a refusal is a report, and what is not answered is a fault whose effect is unknown.
 */
import {
  type Exchange,
  ExchangeFault,
  type Order,
  type OrderReport,
  type Quote,
} from "../../../live/exchange.ts";
import { allPages, executionsBetween } from "./account_pages.ts";
import { executionOf, inOrder } from "./execution_rows.ts";
import { orderMessage, reportOf, type Steps } from "./order_message.ts";
import {
  bookSchema,
  orderSchema,
  pageOf,
  positionSchema,
  tickerSchema,
  walletSchema,
} from "./private_messages.ts";
import { CODE } from "./refusals.ts";
import { type Fields, readReply, type SignedClient } from "./signed_client.ts";
import { nearest } from "./steps.ts";
import type { VenueMemory } from "./venue_memory.ts";

/** What an exchange is made of. */
export interface BybitParts {
  readonly client: SignedClient;
  /** Symbols and steps of the session's coins; [coin]. */
  readonly symbols: readonly string[];
  readonly steps: readonly Steps[];
  readonly memory: VenueMemory;
  /** ms UTC by the session's clock. */
  readonly now: () => number;
  /** When a row closes, ms UTC: limit orders that may fill no longer are cancelled then. */
  readonly closeOf: (row: number) => number;
}

const LINEAR = { category: "linear" };
const USDT = { ...LINEAR, settleCoin: "USDT" };
/** Executions are asked for again from so long before the newest, ms: some come late. */
const OVERLAP = 60_000;

const has = (codes: readonly number[], code: number) => codes.includes(code);

/** The port. The account must have been begun (`beginAccount`). */
export function bybitExchange({ client, symbols, steps, memory, now, closeOf }: BybitParts): Exchange {
  const quoted = new Map<string, Quote>(); // by coin and direction: what the next order is sent at
  const leverages = new Map<number, number>();

  const post = async (path: string, body: Fields, fine: readonly number[]): Promise<void> => {
    const reply = await client.post(path, body);
    if (!reply.done && !has(fine, reply.code)) {
      throw new ExchangeFault("timeout", `${path} is refused: ${reply.code} ${reply.text}`);
    }
  };
  /** Sets the leverage at which a coin's next order is posted. @returns Why the exchange will not. */
  const lever = async (coin: number, leverage: number): Promise<string | null> => {
    if (leverages.get(coin) === leverage) return null;
    const text = leverage.toFixed(2);
    const reply = await client.post("/v5/position/set-leverage", {
      ...LINEAR,
      symbol: symbols[coin]!,
      buyLeverage: text,
      sellLeverage: text,
    });
    if (!reply.done && !has(CODE.unchanged, reply.code)) return `${reply.code} ${reply.text}`;
    leverages.set(coin, leverage);
    return null;
  };
  const find = async (clientId: string): Promise<OrderReport | null> => {
    for (const path of ["/v5/order/realtime", "/v5/order/history"]) {
      const query = { ...USDT, orderLinkId: clientId };
      const page = readReply(await client.get(path, query), pageOf(orderSchema), path);
      const row = page.list.find(({ orderLinkId }) => orderLinkId === clientId);
      if (row === undefined) continue;
      const report = reportOf(row);
      if (report === null) throw new ExchangeFault("timeout", `state ${row.orderStatus} is not documented`);
      return report;
    }
    return null;
  };
  const cancel = async (clientId: string): Promise<OrderReport | null> => {
    const sent = memory.sent(clientId);
    if (sent !== null) {
      const symbol = symbols[sent.order.coin]!;
      await post("/v5/order/cancel", { ...LINEAR, symbol, orderLinkId: clientId }, CODE.gone);
    }
    return await find(clientId);
  };
  /** What an order was sent at: of this life the quote, else of the one before. */
  const sentAt = (order: Order) => {
    const before = memory.sent(order.clientId);
    const quote = quoted.get(`${order.coin} ${Math.sign(order.quantity)}`) ?? null;
    return {
      reference: order.price === null ? before?.reference ?? quote?.price ?? null : null,
      fill: order.price ?? quote?.fill ?? before?.reference ?? NaN,
    };
  };
  const positions = async () => {
    const rows = await allPages(client, "/v5/position/list", { ...USDT, limit: 200 }, positionSchema);
    return symbols.map((symbol, coin) => {
      const row = rows.find((one) => one.symbol === symbol);
      const size = row?.size ?? 0, side = row?.side === "Sell" ? -1 : 1;
      return { coin, quantity: size === 0 ? 0 : side * size, entry: row?.avgPrice ?? 0 };
    });
  };

  return {
    window: 2 * client.window, // the exchange's window, doubled for what lies on its way
    time: () => client.sync(),
    quote: async (coin, direction, worth) => {
      const symbol = symbols[coin]!;
      const tickers = readReply(
        await client.get("/v5/market/tickers", { ...LINEAR, symbol }),
        pageOf(tickerSchema),
        "/v5/market/tickers",
      );
      const book = readReply(
        await client.get("/v5/market/orderbook", { ...LINEAR, symbol, limit: 200 }),
        bookSchema,
        "/v5/market/orderbook",
      );
      const price = tickers.list[0]?.lastPrice;
      const fill = meanFill(direction > 0 ? book.a : book.b, worth);
      if (price === undefined || fill === null) {
        throw new ExchangeFault("unreachable", `${symbol} has no price`); // nothing was sent: asked again
      }
      const quote = { price, fill };
      quoted.set(`${coin} ${direction > 0 ? 1 : -1}`, quote);
      return quote;
    },
    submit: async (order) => {
      const { clientId, coin } = order;
      const rejected = (reason: string): OrderReport => ({ clientId, state: "rejected", filled: 0, reason });
      const { reference, fill } = sentAt(order);
      const message = orderMessage(order, symbols[coin]!, steps[coin]!, fill);
      if ("refusal" in message) return rejected(message.refusal);
      const until = order.untilRow === null ? null : closeOf(order.untilRow);
      memory.noteSent({ order, reference, until });
      const unlevered = order.reduceOnly ? null : await lever(coin, order.leverage);
      if (unlevered !== null) return rejected(unlevered);
      const reply = await client.post("/v5/order/create", message.body);
      if (reply.done) return { clientId, state: "accepted", filled: 0, reason: "" }; // an acknowledgement only
      if (!has(CODE.duplicate, reply.code)) return rejected(`${reply.code} ${reply.text}`);
      const before = await find(clientId);
      if (before === null) {
        throw new ExchangeFault("timeout", "known to the exchange, and not to be seen yet");
      }
      return before;
    },
    cancel,
    look: async (clientId) => {
      const report = await find(clientId);
      const until = memory.sent(clientId)?.until ?? null;
      const rests = report?.state === "accepted" || report?.state === "partlyFilled";
      return rests && until !== null && now() >= until ? await cancel(clientId) : report;
    },
    executions: async (after) => {
      const begun = memory.begun(), { sequence, time } = memory.newest();
      const from = Math.max(begun!.time, time === null ? 0 : time - OVERLAP);
      const rows = await executionsBetween(client, from, Math.max(from, now()) + OVERLAP);
      const names = new Set<string>();
      const fresh = inOrder(rows).filter(({ symbol, execId }) => {
        const isNew = symbols.includes(symbol) && !names.has(execId) && !memory.knows(execId);
        names.add(execId);
        return isNew;
      });
      memory.add(fresh.map((row, i) => {
        const reference = memory.sent(row.orderLinkId)?.reference ?? null;
        const execution = executionOf(row, symbols.indexOf(row.symbol), sequence + i + 1, reference);
        return { execId: row.execId, execution };
      }));
      return memory.executions(after);
    },
    protect: async ({ coin, stop, target }) => {
      const held = (await positions())[coin]!.quantity;
      if (held === 0) return;
      const price = (level: number) => level > 0 ? nearest(level, steps[coin]!.tick) : "0";
      await post("/v5/position/trading-stop", {
        ...LINEAR,
        symbol: symbols[coin]!,
        tpslMode: "Full",
        positionIdx: 0,
        stopLoss: price(stop),
        takeProfit: price(target),
      }, CODE.unchanged);
    },
    holdings: async () => {
      const orders = await allPages(
        client,
        "/v5/order/realtime",
        { ...USDT, openOnly: 0, limit: 50 },
        orderSchema,
      );
      return {
        cash: await walletUsdt(client) - memory.begun()!.aside,
        positions: await positions(),
        resting: orders
          .filter((row) =>
            symbols.includes(row.symbol) && row.orderType === "Limit" && !isLevel(row.stopOrderType)
          )
          .filter((row) => ["accepted", "partlyFilled"].includes(reportOf(row)?.state ?? ""))
          .map(({ orderLinkId }) => orderLinkId),
      };
    },
  };
}

/** Stops and targets are orders to the exchange, and levels to the session. */
const isLevel = (stopOrderType: string) => stopOrderType !== "" && stopOrderType !== "UNKNOWN";

/** USDT that the wallet holds, without unrealised profit. */
export async function walletUsdt(client: SignedClient): Promise<number> {
  const path = "/v5/account/wallet-balance";
  const { list } = readReply(
    await client.get(path, { accountType: "UNIFIED", coin: "USDT" }),
    walletSchema,
    path,
  );
  return list[0]?.coin.find(({ coin }) => coin === "USDT")?.walletBalance ?? 0;
}

/**
 * Mean price of a worth, USDT, taken from the levels of one side of a book, best first; what lies beyond the levels is
 * taken at the last. Null of an empty side.
 */
export function meanFill(levels: readonly (readonly [number, number])[], worth: number): number | null {
  if (levels.length === 0) return null;
  let left = worth, coins = 0;
  for (const [price, size] of levels) {
    const taken = Math.min(left, price * size);
    coins += taken / price;
    left -= taken;
    if (left <= 0) break;
  }
  if (left > 0) coins += left / levels.at(-1)![0];
  return worth > 0 ? worth / coins : levels[0]![0];
}
