/** A provider of news on a loopback port, by a script; time is the test's own. */
import { type NewsSettings, newsSettingsSchema } from "popagent/adapters/news/news_settings.ts";
import type { SearchPorts } from "popagent/adapters/news/search_client.ts";
import { virtualClock } from "../adapters/llm/fake_provider.ts";

/** A request as it arrived. */
export interface Arrived {
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
  readonly at: number;
}

export type Script = (request: Arrived, n: number) => Response | Promise<Response>;

/** What a test has in hand. */
export interface World {
  readonly settings: NewsSettings;
  readonly ports: SearchPorts;
  readonly arrived: readonly Arrived[];
  readonly waits: readonly string[];
  readonly slept: readonly number[];
}

const provider = (baseUrl: string, key: string | null) => ({
  baseUrl,
  key,
  gapSeconds: 5,
  perPage: 2,
  pages: 4,
  timeoutSeconds: 0.3,
});

export async function withServer(
  script: Script,
  use: (world: World) => Promise<void>,
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const arrived: Arrived[] = [], waits: string[] = [];
  const clock = virtualClock(), stop = new AbortController();
  const server = Deno.serve(
    {
      hostname: "127.0.0.1",
      port: 0,
      onListen: () => {},
      signal: stop.signal,
      onError: () => new Response("", { status: 500 }),
    },
    async (request) => {
      const one = {
        url: new URL(request.url),
        headers: request.headers,
        body: await request.text(),
        at: clock.now(),
      };
      arrived.push(one);
      return await script(one, arrived.length - 1);
    },
  );
  const baseUrl = `http://127.0.0.1:${server.addr.port}/search`;
  const settings = newsSettingsSchema.parse({
    providers: {
      gdelt: provider(baseUrl, null),
      bocha: provider(baseUrl, "BOCHA_API_KEY"),
      serpapi: provider(baseUrl, "SERPAPI_KEY"),
    },
    queries: { macro: ["crypto regulation"], micro: ["{name} price"] },
  });
  try {
    await use({
      settings,
      arrived,
      waits,
      slept: clock.slept,
      ports: {
        fetch: (url, init) => fetch(url, init),
        now: clock.now,
        sleep: clock.sleep,
        chance: () => 0,
        environment: (name) => environment[name],
        onWait: (why) => waits.push(why),
      },
    });
  } finally {
    stop.abort();
    await server.finished;
  }
}

export function reply(text: string, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(text, { status, headers: { "content-type": "application/json", ...headers } });
}
