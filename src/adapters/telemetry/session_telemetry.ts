/**
 * What a paper session tells OpenTelemetry, where Deno's own switch is on (OTEL_DENO=true): spans of a bar and of what is
 * done in it, and a few numbers. Off, nothing is loaded and nothing stands between a session and its parts.
 */
import type { Attributes, Span } from "@opentelemetry/api";
import type { Exchange } from "../../live/exchange.ts";
import type { Mind } from "../../live/mind.ts";
import type { TradingLoop } from "../../live/trading_loop.ts";
import { ACCOUNT } from "../../simulation/account.ts";

/** What watches a session's parts; each gives back what it is given where the switch is off. */
export interface SessionTelemetry {
  readonly mind: (mind: Mind) => Mind;
  readonly exchange: (exchange: Exchange) => Exchange;
  readonly loop: (loop: TradingLoop) => TradingLoop;
}

const OFF: SessionTelemetry = { mind: (one) => one, exchange: (one) => one, loop: (one) => one };
const NAME = "popagent";

/** True if Deno was started with its telemetry on: it then has put its providers where the API's package looks. */
export function isTelemetryOn(): boolean {
  return Symbol.for("opentelemetry.js.api.1") in globalThis;
}

/** Watches a session. @param coins Their names, [coin]. */
export async function sessionTelemetry(coins: readonly string[]): Promise<SessionTelemetry> {
  if (!isTelemetryOn()) return OFF;
  const { metrics, SpanStatusCode, trace } = await import("@opentelemetry/api");
  const tracer = trace.getTracer(NAME), meter = metrics.getMeter(NAME);
  const bars = meter.createCounter("popagent.bars", { description: "Bars that closed" });
  const orders = meter.createCounter("popagent.orders", { description: "Orders sent, by the answer" });
  const duration = meter.createHistogram("popagent.bar.duration", {
    unit: "ms",
    description: "From the open of a bar to the end of its books",
  });
  const equity = meter.createGauge("popagent.equity", { unit: "USDT", description: "At the newest close" });

  /** Does something within a span; what it throws is noted and thrown on. */
  const within = <Value>(name: string, attributes: Attributes, work: (span: Span) => Promise<Value>) =>
    tracer.startActiveSpan(name, { attributes }, async (span) => {
      try {
        return await work(span);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        span.setStatus({ code: SpanStatusCode.ERROR, message });
        throw error;
      } finally {
        span.end();
      }
    });

  return {
    mind: (mind) => ({
      ...mind,
      close: (newest) => within("decide", {}, async () => await mind.close(newest)),
    }),
    exchange: (exchange) => ({
      ...exchange,
      submit: (order) => {
        const about = { "order.id": order.clientId, "order.coin": coins[order.coin] ?? "" };
        return within("order", about, async (span) => {
          try {
            const report = await exchange.submit(order);
            span.setAttribute("order.state", report.state);
            orders.add(1, { state: report.state });
            return report;
          } catch (error) {
            orders.add(1, { state: "unknown" });
            throw error;
          }
        });
      },
      cancel: (clientId) => within("cancel", { "order.id": clientId }, () => exchange.cancel(clientId)),
      holdings: () => within("reconcile", {}, () => exchange.holdings()),
    }),
    loop: (loop) => ({
      ...loop,
      bar: () =>
        within("bar", { "bar.row": loop.row() + 1 }, async (span) => {
          const begun = performance.now(), more = await loop.bar();
          span.setAttribute("bar.traded", more);
          if (!more) return false;
          bars.add(1);
          duration.record(performance.now() - begun);
          equity.record(loop.book()[ACCOUNT.equity]!);
          return true;
        }),
    }),
  };
}
