import { join } from "node:path";
import type { CallPorts } from "popagent/adapters/llm/provider_calls.ts";
import { openSpending, type Spending } from "popagent/adapters/llm/spending.ts";
import {
  type LanguageModelRequest,
  type OpenLanguageModel,
  openLanguageModel,
} from "popagent/adapters/llm/open_language_model.ts";
import { type ModelCard, type Models, modelsSchema, type Provider } from "popagent/llm/model_card.ts";
import { PINNED } from "popagent/llm/ladder.ts";
import type { Question } from "popagent/llm/language_model.ts";
import { inFolder } from "../../cli/cli.ts";
import { decision, served } from "../../llm/forms.ts";

/** A request as it arrived. */
export interface Arrived {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** Time of the test's clock, ms. */
  readonly at: number;
}

/** What a fake provider does with the n-th request, from 0. */
export type Script = (request: Arrived, n: number) => Response | Promise<Response>;

/** A JSON reply. */
export function json(text: string, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(text, { status, headers: { "content-type": "application/json", ...headers } });
}

/** A clock on which waiting takes no time. */
export function virtualClock() {
  let time = Date.UTC(2026, 10, 26);
  const slept: number[] = [];
  return {
    slept,
    now: () => time,
    sleep: async (ms: number) => {
      slept.push(ms);
      const wakes = time + ms;
      await new Promise((resolve) => setTimeout(resolve, 0));
      time = Math.max(time, wakes);
    },
  };
}

/** What a test has in hand. */
export interface World {
  readonly folder: string;
  readonly arrived: readonly Arrived[];
  readonly slept: readonly number[];
  readonly open: (request?: LanguageModelRequest) => Promise<OpenLanguageModel>;
  readonly spent: (run?: string) => { readonly tokens: number; readonly pico: number };
}

/** What a test states of its model; a key's value is put in the environment that the provider's keys come from. */
export interface Setting {
  readonly card?: Partial<ModelCard>;
  readonly provider?: Partial<Provider>;
  readonly budget?: Models["budget"];
  readonly environment?: Readonly<Record<string, string>>;
  /** In the place of a journal on disk, which is flushed at every call. */
  readonly journal?: Spending;
}

/** Serves a script on a loopback port, with a table of models that names it, in a folder of its own. */
export async function withProvider(
  script: Script,
  setting: Setting,
  use: (world: World) => Promise<void>,
): Promise<void> {
  const arrived: Arrived[] = [];
  const clock = virtualClock();
  const stop = new AbortController();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {}, signal: stop.signal },
    async (request) => {
      const one: Arrived = {
        path: new URL(request.url).pathname,
        headers: Object.fromEntries(request.headers),
        body: JSON.parse(await request.text()),
        at: clock.now(),
      };
      arrived.push(one);
      return await script(one, arrived.length - 1);
    },
  );
  const { card, provider } = served(setting.card, setting.provider);
  const baseUrl = `http://127.0.0.1:${server.addr.port}/v1`;
  const models = modelsSchema.parse({
    budget: setting.budget ?? { run: { dollars: 1 }, day: { dollars: 2 } },
    providers: { local: { ...provider, baseUrl } },
    models: { m: card },
  });
  try {
    await inFolder(async (folder) => {
      const path = join(folder, "spending.sqlite");
      const ports: Partial<CallPorts> = {
        now: clock.now,
        sleep: clock.sleep,
        chance: () => 0,
        environment: (name) => setting.environment?.[name],
        ...(setting.journal ? { spending: setting.journal } : {}),
      };
      await use({
        folder,
        arrived,
        slept: clock.slept,
        open: (request = {}) =>
          openLanguageModel({
            cassettes: "live",
            folder,
            models,
            run: "r",
            spending: path,
            ports,
            ...request,
          }),
        spent: (run = "r") => {
          const journal = openSpending(path);
          try {
            return journal.spentBy(run);
          } finally {
            journal.close();
          }
        },
      });
    });
  } finally {
    stop.abort();
    await server.finished;
  }
}

/** A question; `n` makes it another one. */
export function question(n = 0, more: Partial<Question<unknown>> = {}): Question<unknown> {
  return {
    model: "m",
    messages: [{ role: "user", content: `Question ${n}: RSI is 70.` }],
    form: decision,
    parameters: { ...PINNED, maxTokens: 100 },
    sample: 0,
    role: "trader",
    ...more,
  };
}
