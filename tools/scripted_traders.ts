/**
 * Serves scripts as models on a loopback port, as a compatible server would: for checking what populations make of
 * answers. It is no language model, and every reply says so. Run it beside `deno task language`:
 *
 *   deno run --allow-net=127.0.0.1:8182 --allow-read --allow-env tools/scripted_traders.ts --ic 0.1 --seed 1 --rows 1000
 */
import { parseArgs } from "node:util";
import {
  scriptedCompletion,
  type ScriptMarket,
  scriptMarket,
  SCRIPTS,
} from "../src/experiments/language/scripted.ts";
import { populationRunConfig, settingsSchema } from "../src/experiments/config.ts";
import { createDesk, marketOf } from "../src/experiments/market.ts";

/** Answers chat completions about one market; other paths and models are not found. */
export function scriptedServer(market: ScriptMarket) {
  return async (request: Request): Promise<Response> => {
    const refuse = (message: string) => Response.json({ error: { message } }, { status: 404 });
    if (!new URL(request.url).pathname.endsWith("/chat/completions")) return refuse("no such path");
    const body = await request.json() as Record<string, unknown>;
    const script = SCRIPTS.find((one) => one === body.model);
    if (!script) return refuse(`model_not_found: scripts are ${SCRIPTS.join(", ")}`);
    try {
      const text = scriptedCompletion(script, market, body);
      return new Response(text, { headers: { "content-type": "application/json" } });
    } catch (error) {
      return Response.json({ error: { message: String(error) } }, { status: 400 });
    }
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      mode: { type: "string", default: "planted" },
      ic: { type: "string", default: "0.1" },
      seed: { type: "string", default: "1" },
      rows: { type: "string", default: "4380" },
      port: { type: "string", default: "8182" },
    },
  });
  const { mode, ic, seed, rows } = values;
  const config = populationRunConfig(settingsSchema.parse({
    data: { source: "synthetic" },
    market: { mode, ic: Number(ic), seed: Number(seed), rows: Number(rows) },
  }));
  const market = scriptMarket(createDesk(marketOf(config).panel, config, 2 ** 26));
  Deno.serve({ hostname: "127.0.0.1", port: Number(values.port) }, scriptedServer(market));
}
