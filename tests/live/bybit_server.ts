/**
 * Bybit's V5 interface on loopback, of one account, as documented: signatures over the raw bytes, the window, steps and
 * least notional, client ids taken once, rate limits with their headers, orders that are acknowledged before they are
 * to be seen, partial fills. Time stands still unless a test moves it.
 */
import { createHmac } from "node:crypto";

/** What befalls the next requests of a path, one each. */
export type ServerFault =
  /** The request is lost; or taken, and its answer lost. */
  | "lost"
  | "answerLost"
  /** The exchange's own fault, and a gateway's page. */
  | "10016"
  | "502"
  | "page"
  /** Too many requests: as a code, and as a status. */
  | "10006"
  | "429";

/** One request as it came. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  /** Query or body, as it came. */
  readonly raw: string;
  readonly code: number;
}

interface ServerOrder {
  orderLinkId: string;
  orderId: string;
  symbol: string;
  side: string;
  orderType: string;
  price: string;
  qty: string;
  reduceOnly: boolean;
  orderStatus: string;
  cumExecQty: number;
  rejectReason: string;
  cancelType: string;
  /** Looks for which it is not to be seen yet. */
  hidden: number;
}

const STEPS: Readonly<Record<string, { readonly tick: string; readonly lot: string }>> = {
  BTCUSDT: { tick: "0.10", lot: "0.001" },
  SOLUSDT: { tick: "0.010", lot: "0.1" },
};
const FEE = 0.00055, LEAST = 5;
/** Orders a second that the account may send. */
export const ORDERS_PER_SECOND = 10;

const isStep = (text: unknown, step: string) =>
  typeof text === "string" && /^\d+(\.\d+)?$/.test(text) &&
  Math.abs(Number(text) / Number(step) - Math.round(Number(text) / Number(step))) < 1e-9;

/** A server on a free port. */
export function bybitServer(key: string, secret: string) {
  const world = {
    /** ms UTC by the exchange's clock. */
    now: 1_762_329_600_500,
    prices: { BTCUSDT: 100_000, SOLUSDT: 150 } as Record<string, number>,
    /** Coins that the next market orders find; the rest of them is cancelled. */
    depth: Infinity,
    hidden: 0,
    wallet: 50_000,
    /** Permission of the key. */
    allowed: true,
    faults: [] as { readonly path: string; readonly fault: ServerFault }[],
    seen: [] as Seen[],
    orders: new Map<string, ServerOrder>(),
    positions: new Map<string, { quantity: number; entry: number }>(),
    levels: [] as Record<string, unknown>[],
    executions: [] as Record<string, unknown>[],
  };
  const leverage = new Map<string, string>();
  let second = -1, sent = 0;

  const envelope = (retCode: number, retMsg: string, result: unknown = {}, headers: HeadersInit = {}) =>
    Response.json({ retCode, retMsg, result, retExtInfo: {}, time: world.now }, { headers });
  const execute = (order: ServerOrder, size: number, price: number, maker: boolean, stop = "UNKNOWN") => {
    const sign = order.side === "Buy" ? 1 : -1;
    const held = world.positions.get(order.symbol) ?? { quantity: 0, entry: 0 };
    const off = held.quantity * sign < 0 ? Math.min(size, Math.abs(held.quantity)) : 0;
    const rate = maker ? 0.0002 : FEE, fee = size * price * rate, left = held.quantity + sign * size;
    world.wallet += -sign * off * (price - held.entry) - fee;
    const entry = off === 0
      ? (Math.abs(held.quantity) * held.entry + size * price) / Math.abs(left)
      : off < size
      ? price
      : held.entry;
    world.positions.set(order.symbol, { quantity: Number(left.toFixed(9)), entry });
    order.cumExecQty = Number((order.cumExecQty + size).toFixed(9));
    addExecution({
      ...order,
      stopOrderType: stop,
      execType: "Trade",
      isMaker: maker,
      execQty: String(size),
      execPrice: String(price),
      execFee: String(fee),
      feeRate: String(rate),
    });
  };
  const addExecution = (row: Record<string, unknown>) => {
    const number = world.executions.length + 1;
    world.executions.push({ execId: `e${number}`, seq: number, execTime: String(world.now), ...row });
  };

  const create = (body: Record<string, unknown>): Response => {
    const { symbol, qty, price, orderLinkId, orderType, reduceOnly } = body;
    const steps = STEPS[String(symbol)];
    if (body.category !== "linear" || steps === undefined) return envelope(10001, "params error");
    if (typeof orderLinkId !== "string" || !/^[A-Za-z0-9_-]{1,36}$/.test(orderLinkId)) {
      return envelope(10001, "orderLinkId");
    }
    if (world.orders.has(orderLinkId)) return envelope(110072, "OrderLinkedID is duplicate");
    const levels = [body.stopLoss, body.takeProfit].filter((one) => one !== undefined);
    if (!isStep(qty, steps.lot) || !levels.every((one) => isStep(one, steps.tick))) {
      return envelope(10001, "params error: step");
    }
    if (orderType === "Limit" && !isStep(price, steps.tick)) return envelope(10001, "params error: price");
    if (reduceOnly === true && levels.length > 0) return envelope(10001, "params error: levels");
    const market = world.prices[String(symbol)]!;
    const size = Number(qty), at = orderType === "Limit" ? Number(price) : market;
    const side = body.side === "Buy" ? 1 : -1, held = world.positions.get(String(symbol))?.quantity ?? 0;
    if (reduceOnly === true && held * side >= 0) return envelope(110017, "reduce-only order has no position");
    if (reduceOnly !== true && size * at < LEAST) {
      return envelope(110094, "order does not meet minimum value");
    }
    if (reduceOnly !== true && size * at / Number(leverage.get(String(symbol)) ?? 1) > world.wallet) {
      return envelope(110007, "ab not enough for new order");
    }
    const order: ServerOrder = {
      orderLinkId,
      orderId: `fd4300ae-7847-404e-b947-${String(world.orders.size + 1).padStart(12, "0")}`,
      symbol: String(symbol),
      side: String(body.side),
      orderType: String(orderType),
      price: String(price ?? ""),
      qty: String(qty),
      reduceOnly: reduceOnly === true,
      orderStatus: "New",
      cumExecQty: 0,
      rejectReason: "EC_NoError",
      cancelType: "UNKNOWN",
      hidden: world.hidden,
    };
    world.orders.set(orderLinkId, order);
    if (orderType === "Market") {
      const wanted = order.reduceOnly ? Math.min(size, Math.abs(held)) : size;
      const filled = Math.min(wanted, world.depth);
      if (filled > 0) execute(order, filled, market, false);
      order.orderStatus = filled === size ? "Filled" : "Cancelled";
      if (filled < size) order.rejectReason = "EC_NoImmediateQtyToFill";
    }
    return envelope(0, "OK", { orderId: order.orderId, orderLinkId });
  };
  const rowOf = ({ hidden: _, cumExecQty, ...rest }: ServerOrder) => ({
    ...rest,
    cumExecQty: String(cumExecQty),
    avgPrice: "",
    stopOrderType: "UNKNOWN",
  });
  const listOrders = (query: URLSearchParams, open: boolean): Response => {
    if (open && !query.has("symbol") && !query.has("settleCoin")) {
      return envelope(10001, "symbol or settleCoin");
    }
    const id = query.get("orderLinkId");
    const rows = [...world.orders.values()].filter((one) => {
      const isOpen = one.orderStatus === "New" || one.orderStatus === "PartiallyFilled";
      return (id === null ? !open || isOpen : one.orderLinkId === id) && one.hidden-- <= 0;
    });
    return envelope(0, "OK", { list: rows.map(rowOf), nextPageCursor: "", category: "linear" });
  };
  const listExecutions = (query: URLSearchParams): Response => {
    const from = Number(query.get("startTime")), to = Number(query.get("endTime"));
    if (to - from > 7 * 86_400_000) return envelope(10001, "at most seven days");
    const limit = Number(query.get("limit") ?? 50), at = Number(query.get("cursor")?.split(":")[1] ?? 0);
    const rows = world.executions.filter(({ execTime }) => Number(execTime) >= from && Number(execTime) <= to)
      .reverse();
    const more = at + limit < rows.length;
    return envelope(0, "OK", {
      list: rows.slice(at, at + limit),
      nextPageCursor: more ? `page%3A${at + limit}` : "",
      category: "linear",
    });
  };
  const route = (path: string, query: URLSearchParams, body: Record<string, unknown>): Response => {
    const symbol = String(query.get("symbol") ?? body.symbol), price = world.prices[symbol]!;
    switch (path) {
      case "/v5/market/time":
        return envelope(0, "OK", {
          timeSecond: String(Math.floor(world.now / 1000)),
          timeNano: `${world.now}000000`,
        });
      case "/v5/market/tickers":
        return envelope(0, "OK", { category: "linear", list: [{ symbol, lastPrice: String(price) }] });
      case "/v5/market/orderbook":
        return envelope(0, "OK", {
          s: symbol,
          b: [[String(price), "3"], [String(price * 0.999), "9"]],
          a: [[String(price), "3"], [String(price * 1.001), "9"]],
        });
      case "/v5/market/instruments-info":
        return envelope(0, "OK", {
          list: Object.entries(STEPS).filter(([name]) => name === symbol).map(([name, { tick, lot }]) => ({
            symbol: name,
            priceFilter: { tickSize: tick },
            lotSizeFilter: { qtyStep: lot, minNotionalValue: "5" },
          })),
          nextPageCursor: "",
        });
      case "/v5/account/wallet-balance":
        return envelope(0, "OK", {
          list: [{
            accountType: "UNIFIED",
            coin: [{ coin: "USDT", walletBalance: String(world.wallet), availableToWithdraw: "" }],
          }],
        });
      case "/v5/account/set-margin-mode":
        return envelope(0, "OK", { reasons: [] });
      case "/v5/position/switch-mode":
        return envelope(110025, "Position mode is not modified");
      case "/v5/position/set-leverage": {
        if (Number(body.buyLeverage) > 100) return envelope(110013, "cannot set leverage");
        const same = leverage.get(symbol) === body.buyLeverage;
        leverage.set(symbol, String(body.buyLeverage));
        return same ? envelope(110043, "leverage not modified") : envelope(0, "OK");
      }
      case "/v5/position/list":
        return envelope(0, "OK", {
          list: [...world.positions].map(([name, { quantity, entry }]) => ({
            symbol: name,
            side: quantity === 0 ? "" : quantity > 0 ? "Buy" : "Sell",
            size: String(Math.abs(quantity)),
            avgPrice: quantity === 0 ? "" : String(entry),
            liqPrice: "",
            positionIdx: 0,
          })),
          nextPageCursor: "",
        });
      case "/v5/position/trading-stop":
        world.levels.push(body);
        return envelope(0, "OK");
      case "/v5/order/create":
        return create(body);
      case "/v5/order/cancel": {
        const order = world.orders.get(String(body.orderLinkId));
        if (order === undefined || !["New", "PartiallyFilled"].includes(order.orderStatus)) {
          return envelope(110001, "order not exists or too late to cancel");
        }
        order.orderStatus = "Cancelled";
        order.cancelType = "CancelByUser";
        return envelope(0, "OK", { orderId: order.orderId, orderLinkId: order.orderLinkId });
      }
      case "/v5/order/realtime":
        return listOrders(query, true);
      case "/v5/order/history":
        return listOrders(query, false);
      case "/v5/execution/list":
        return listExecutions(query);
      default:
        return envelope(10017, "route not found");
    }
  };
  /** Signature, window and key, as the exchange looks at them. Null lets it pass. */
  const refuses = (headers: Headers, payload: string): Response | null => {
    const [given, time, window, mac] = ["key", "timestamp", "recv-window", "sign"]
      .map((name) => headers.get(`x-bapi-${name === "key" ? "api-key" : name}`) ?? "");
    if (given !== key) return envelope(10003, "API key is invalid");
    const origin = `${time}${given}${window}${payload}`;
    if (createHmac("sha256", secret).update(origin).digest("hex") !== mac) {
      return envelope(10004, `error sign! origin_string[${origin}]`);
    }
    const ahead = Number(time) - world.now;
    if (ahead >= 1000 || -ahead > Number(window)) return envelope(10002, "invalid request, check timestamp");
    return world.allowed ? null : envelope(10005, `Permission denied for ${given} ${secret}`);
  };
  const limited = (): HeadersInit | null => {
    const now = Math.floor(world.now / 1000);
    sent = now === second ? sent + 1 : 1;
    second = now;
    return sent > ORDERS_PER_SECOND ? null : {
      "x-bapi-limit": String(ORDERS_PER_SECOND),
      "x-bapi-limit-status": String(ORDERS_PER_SECOND - sent),
      "x-bapi-limit-reset-timestamp": String(1000 * (now + 1)),
    };
  };
  const answer = async (request: Request): Promise<Response> => {
    const [head, ...tail] = request.url.split("?");
    const path = new URL(head!).pathname, query = tail.join("?"), text = await request.text();
    const raw = request.method === "POST" ? text : query;
    const i = world.faults.findIndex((one) => one.path === path);
    const [{ fault } = { fault: null }] = i === -1 ? [] : world.faults.splice(i, 1);
    const reset = { "x-bapi-limit-status": "0", "x-bapi-limit-reset-timestamp": String(world.now + 700) };
    const response = fault === "lost"
      ? null
      : fault === "10016"
      ? envelope(10016, "Server error")
      : fault === "502" || fault === "page"
      ? new Response("<html>bad gateway</html>", { status: fault === "502" ? 502 : 200 })
      : fault === "10006"
      ? envelope(10006, "Too many visits!", {}, reset)
      : fault === "429"
      ? new Response("busy", { status: 429, headers: reset })
      : path.startsWith("/v5/market/")
      ? route(path, new URLSearchParams(query), {})
      : refuses(request.headers, raw);
    const done = response !== null || fault === "lost" ? response : (() => {
      const headers = path === "/v5/order/create" ? limited() : {};
      if (headers === null) {
        return envelope(10006, "Too many visits!", {}, {
          "x-bapi-limit-reset-timestamp": String(1000 * (second + 1)),
        });
      }
      const body = request.method === "POST" ? JSON.parse(text) : {};
      const routed = route(path, new URLSearchParams(query), body);
      for (const [name, value] of Object.entries(headers)) routed.headers.set(name, value);
      return routed;
    })();
    const code = done?.headers.get("content-type") === "application/json"
      ? (await done.clone().json()).retCode
      : -1;
    world.seen.push({ method: request.method, path, raw, code });
    if (done === null || fault === "answerLost") return new Response(null, { status: 599 }); // replaced below
    return done;
  };
  /** A lost answer: the connection is held until the client gives up. */
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const given = new Promise<void>((resolve) => request.signal.addEventListener("abort", () => resolve()));
    const response = await answer(request);
    if (response.status !== 599) return response;
    await given;
    return new Response();
  });
  return {
    world,
    address: `http://127.0.0.1:${server.addr.port}`,
    /** Fills what rests of a limit order, or so many coins of it. */
    fillLimit: (orderLinkId: string, most = Infinity) => {
      const order = world.orders.get(orderLinkId)!;
      const left = Number((Number(order.qty) - order.cumExecQty).toFixed(9)), size = Math.min(left, most);
      execute(order, size, Number(order.price), true);
      order.orderStatus = size === left ? "Filled" : "PartiallyFilled";
    },
    addExecution,
    /** Answers a request without a socket; status 599 where no answer comes. */
    handle: answer,
    /** Ends a position as a stop does, at the last price; nothing where none is held. */
    stopOut: (symbol: string) => {
      const { quantity = 0 } = world.positions.get(symbol) ?? {};
      if (quantity === 0) return;
      const order = { orderLinkId: "", orderId: "stop", symbol, side: quantity > 0 ? "Sell" : "Buy" };
      const rest = { orderType: "Market", price: "", qty: String(Math.abs(quantity)), reduceOnly: true };
      const end = { rejectReason: "", cancelType: "", hidden: 0, cumExecQty: 0, orderStatus: "Filled" };
      execute({ ...order, ...rest, ...end }, Math.abs(quantity), world.prices[symbol]!, false, "StopLoss");
    },
    /** Settles funding of what is held. */
    fund: (rate: number) => {
      for (const [symbol, { quantity }] of world.positions) {
        if (quantity === 0) continue;
        const price = world.prices[symbol]!, paid = quantity * price * rate;
        world.wallet -= paid;
        const row = {
          symbol,
          side: quantity > 0 ? "Buy" : "Sell",
          orderLinkId: "",
          orderId: "",
          orderType: "",
        };
        addExecution({
          ...row,
          stopOrderType: "UNKNOWN",
          execType: "Funding",
          isMaker: false,
          execQty: String(Math.abs(quantity)),
          execPrice: String(price),
          execFee: String(paid),
          feeRate: String(rate),
        });
      }
    },
    /** Requests of a path, by what was answered. */
    count: (path: string, code?: number) =>
      world.seen.filter((one) => one.path === path && (code === undefined || one.code === code)).length,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
