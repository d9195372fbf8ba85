/** Telemetry through Deno's own switch: a collector on loopback hears of bars, decisions, orders and comparisons. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { isTelemetryOn, sessionTelemetry } from "popagent/adapters/telemetry/session_telemetry.ts";

interface Told {
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly status?: { readonly code?: number };
}
interface Metric {
  readonly name: string;
  readonly sum?: { readonly dataPoints: readonly { readonly asInt?: string; readonly asDouble?: number }[] };
}

/** Runs the process that trades three bars, and gives back what it printed. */
async function traded(env: Record<string, string>): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", fileURLToPath(new URL("telling_process.ts", import.meta.url))],
    env: { NO_COLOR: "1", ...env },
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

Deno.test("issue 16: with OTEL_DENO=true a collector on loopback receives spans and metrics of a session, which trades the same", async () => {
  const spans: Told[] = [], metrics: Metric[] = [];
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const body = await request.json(), { pathname } = new URL(request.url);
    type Scopes<Key extends string, Value> = readonly { readonly [key in Key]: readonly Value[] }[];
    if (pathname === "/v1/traces") {
      for (const { scopeSpans } of body.resourceSpans as { scopeSpans: Scopes<"spans", Told> }[]) {
        spans.push(...scopeSpans.flatMap((one) => one.spans));
      }
    }
    if (pathname === "/v1/metrics") {
      for (const { scopeMetrics } of body.resourceMetrics as { scopeMetrics: Scopes<"metrics", Metric> }[]) {
        metrics.push(...scopeMetrics.flatMap((one) => one.metrics));
      }
    }
    return Response.json({});
  });
  const told = await traded({
    OTEL_DENO: "true",
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${server.addr.port}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    OTEL_DENO_CONSOLE: "ignore",
  });
  assert.equal(told, await traded({ OTEL_DENO: "false" }), "the same fills and books");
  const named = (name: string) => spans.filter((one) => one.name === name);
  const bars = named("bar"), ids = new Set(bars.map(({ spanId }) => spanId));
  assert.equal(bars.length, 3);
  assert.equal(named("decide").length, 3);
  assert.ok(named("order").length > 3);
  assert.ok(named("reconcile").length >= 3);
  const within = [...named("decide"), ...named("order"), ...named("reconcile")];
  assert.ok(within.every(({ parentSpanId }) => ids.has(parentSpanId ?? "")), "each in its bar");
  const names = new Set(metrics.map(({ name }) => name));
  for (const name of ["popagent.bars", "popagent.orders", "popagent.bar.duration", "popagent.equity"]) {
    assert.ok(names.has(name), name);
  }
  const counted = metrics.findLast(({ name }) => name === "popagent.bars")!.sum!.dataPoints[0]!;
  assert.equal(Number(counted.asInt ?? counted.asDouble), 3);
});

Deno.test("issue 16: without the switch telemetry is not loaded and nothing stands between a session and its parts", async () => {
  assert.equal(isTelemetryOn(), false);
  const { mind, exchange, loop } = await sessionTelemetry([]);
  for (const same of [mind, exchange, loop] as ((one: unknown) => unknown)[]) {
    const part = {};
    assert.equal(same(part), part);
  }
  const text = await Deno.readTextFile(
    new URL("../../src/adapters/telemetry/session_telemetry.ts", import.meta.url),
  );
  assert.doesNotMatch(text, /^import (?!type )[^;]*@opentelemetry/m, "asked for only where it is on");
  assert.match(text, /await import\("@opentelemetry\/api"\)/);
});
