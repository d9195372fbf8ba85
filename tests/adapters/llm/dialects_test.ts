import assert from "node:assert/strict";
import type { Answer } from "popagent/llm/language_model.ts";
import { completion, LONG } from "../../llm/forms.ts";
import { drip } from "./drip.ts";
import { type Arrived, json, question, type Script, type Setting, withProvider } from "./fake_provider.ts";

const VALUE = { side: "long", size: 0.2 };
const KEY = "canary-4711-key";
const keyed: Setting = { provider: { key: "SOME_KEY" }, environment: { SOME_KEY: KEY } };
const reasonOf = ({ outcome }: Answer<unknown>) =>
  outcome.kind === "abstention" ? outcome.reason : outcome.kind;

/** Asks once and says what came of it. */
async function once(script: Script, setting: Setting = {}) {
  let seen: {
    readonly answer: Answer<unknown>;
    readonly arrived: readonly Arrived[];
    readonly slept: readonly number[];
    readonly pico: number;
  };
  await withProvider(script, setting, async ({ open, arrived, slept, spent }) => {
    using model = await open();
    const answer = await model.ask(question());
    seen = { answer, arrived, slept, pico: spent().pico };
  });
  return seen!;
}

/** Replies in the form of each provider, what its requests must hold, and what the tokens cost at 1, .1 and 4 USD. */
const DIALECTS: Readonly<
  Record<string, { setting: Setting; reply: string; sent: readonly string[]; pico: number }>
> = {
  openai: {
    setting: { ...keyed, card: { limitField: "max_completion_tokens" } },
    reply: completion(LONG, {
      usage: { prompt_tokens: 100, completion_tokens: 20, prompt_tokens_details: { cached_tokens: 60 } },
    }),
    sent: ["max_completion_tokens", "messages", "model", "response_format", "seed", "temperature", "top_p"],
    pico: 40e6 + 60e5 + 80e6,
  },
  deepseek: {
    setting: {
      ...keyed,
      card: { structured: ["jsonObject"], seed: false, extra: { thinking: { type: "disabled" } } },
    },
    reply: `\n\n${
      completion({ role: "assistant", content: LONG, reasoning_content: "Funding is ..." }, {
        usage: { prompt_tokens: 100, completion_tokens: 20, prompt_cache_hit_tokens: 0 },
      })
    }`,
    sent: ["max_tokens", "messages", "model", "response_format", "temperature", "thinking", "top_p"],
    pico: 180e6,
  },
  anthropic: {
    setting: {
      ...keyed,
      card: { structured: ["tool", "plain"], seed: false, topP: false, temperature: null },
    },
    reply: completion(
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "c", type: "function", function: { name: "decision", arguments: LONG } }],
      },
      {},
      "tool_calls",
    ),
    sent: ["max_tokens", "messages", "model", "tool_choice", "tools"],
    pico: 180e6,
  },
  openrouter: {
    setting: {
      provider: { ...keyed.provider, extra: { provider: { require_parameters: true } } },
      environment: keyed.environment!,
    },
    reply: completion(LONG, {
      provider: "DeepInfra",
      usage: { prompt_tokens: 100, completion_tokens: 20, cost: 0.00042 },
    }),
    sent: ["max_tokens", "messages", "model", "provider", "response_format", "seed", "temperature", "top_p"],
    pico: 420e6,
  },
  ollama: {
    setting: {},
    reply: completion(LONG, { system_fingerprint: "fp_ollama" }),
    sent: ["max_tokens", "messages", "model", "response_format", "seed", "temperature", "top_p"],
    pico: 180e6,
  },
  llamacpp: {
    setting: {},
    reply: completion(LONG, { timings: { prompt_ms: 3 } }),
    sent: ["max_tokens", "messages", "model", "response_format", "seed", "temperature", "top_p"],
    pico: 180e6,
  },
  vllm: {
    setting: {},
    reply: completion({ role: "assistant", content: LONG, reasoning_content: null, tool_calls: [] }),
    sent: ["max_tokens", "messages", "model", "response_format", "seed", "temperature", "top_p"],
    pico: 180e6,
  },
};

for (const [name, { setting, reply, sent, pico }] of Object.entries(DIALECTS)) {
  Deno.test(`issue 14: a decision in the dialect of ${name}, its request, its usage and its cost`, async () => {
    const { answer, arrived, pico: spent } = await once(() => json(reply), setting);
    assert.deepEqual(answer.outcome, { kind: "proposal", value: VALUE, repairs: [] });
    assert.deepEqual(arrived.map(({ path }) => path), ["/v1/chat/completions"]);
    assert.deepEqual(Object.keys(arrived[0]!.body).sort(), sent);
    assert.equal(arrived[0]!.headers.authorization, `Bearer ${setting.provider?.key ? KEY : "none"}`);
    assert.equal(spent, pico);
    assert.equal(answer.calls[0]!.dollars, pico / 1e12);
    if (name === "openrouter") assert.equal(answer.calls[0]!.served.host, "DeepInfra");
  });
}

Deno.test("issue 14: nothing of the environment but the key that the table names reaches a request", async () => {
  const leaks = {
    OPENAI_BASE_URL: "http://127.0.0.1:9/v1",
    OPENAI_API_KEY: "canary-env",
    OPENAI_ORG_ID: "canary-org",
    OPENAI_PROJECT_ID: "canary-project",
    OPENAI_CUSTOM_HEADERS: "x-leak: canary-header",
    OPENAI_LOG: "debug",
  };
  for (const [name, value] of Object.entries(leaks)) Deno.env.set(name, value);
  try {
    const { arrived } = await once(() => json(completion(LONG)));
    assert.ok(!JSON.stringify(arrived).includes("canary"));
    const own = [
      "accept",
      "accept-encoding",
      "accept-language",
      "authorization",
      "content-length",
      "content-type",
      "host",
      "user-agent",
    ];
    assert.deepEqual(Object.keys(arrived[0]!.headers).filter((one) => !own.includes(one)), []);
  } finally {
    for (const name of Object.keys(leaks)) Deno.env.delete(name);
  }
});

Deno.test("issue 14: 429 with retry-after is waited out, and counted", async () => {
  const { answer, slept, pico } = await once((_, n) =>
    n < 2
      ? json(
        `{"error":{"message":"Rate limit reached","code":"rate_limit_exceeded"}}`,
        429,
        n === 0 ? { "retry-after": "7" } : { "retry-after-ms": "250" },
      )
      : json(completion(LONG))
  );
  assert.equal(answer.outcome.kind, "proposal");
  assert.equal(answer.calls[0]!.attempts, 3);
  assert.deepEqual(slept, [7000, 250]);
  assert.equal(pico, 180e6, "what was refused costs nothing");
});

Deno.test("issue 14: retry-after holds for every caller of the provider", () =>
  withProvider(
    (_, n) => n === 0 ? json("{}", 429, { "retry-after": "30" }) : json(completion(LONG)),
    { provider: { atOnce: 1 } },
    async ({ open, arrived }) => {
      using model = await open();
      const answers = await Promise.all([0, 1, 2, 3].map((n) => model.ask(question(n))));
      assert.ok(answers.every(({ outcome }) => outcome.kind === "proposal"));
      const [first, ...others] = arrived.map(({ at }) => at);
      assert.equal(others.length, 4);
      assert.ok(others.every((at) => at >= first! + 30_000), "nobody asks before");
    },
  ));

Deno.test("issue 14: 5xx and an overloaded provider are tried five times, then an abstention at no cost", async () => {
  for (
    const [status, text] of [[500, "oops"], [529, `{"type":"error","error":{"type":"overloaded_error"}}`], [
      503,
      `{"error":{"code":503}}`,
    ]] as const
  ) {
    const { answer, arrived, slept, pico } = await once(() => json(text, status));
    assert.deepEqual([reasonOf(answer), arrived.length, answer.calls[0]!.attempts, pico], [
      "serverFault",
      5,
      5,
      0,
    ]);
    assert.deepEqual(slept, [500, 1000, 2000, 4000], "half of each wait: the jitter is 0 here");
  }
});

Deno.test("issue 14: a slow reply that comes is read; one that does not end is a timeout, headers or not", async () => {
  const quick = { provider: { timeoutSeconds: 0.06 } };
  const slow = await once(() => drip(completion(LONG), 4, 5), { provider: { timeoutSeconds: 5 } });
  assert.equal(slow.answer.outcome.kind, "proposal");
  const endless = await once(() => drip(" ".repeat(400), 40, 10), quick);
  assert.deepEqual([reasonOf(endless.answer), endless.arrived.length], ["timeout", 5]);
  assert.ok(endless.pico > 0, "it may be charged for, so the reservations stay");
  const silent = await once(() => new Promise((resolve) => setTimeout(() => resolve(json("{}")), 80)), quick);
  assert.equal(reasonOf(silent.answer), "timeout");
  await new Promise((resolve) => setTimeout(resolve, 80)); // the servers end
});

/** Listens, promises more than it sends, and hangs up, so often. */
async function hangUp(listener: Deno.Listener, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    using connection = await listener.accept();
    await connection.read(new Uint8Array(65_536));
    const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n";
    await connection.write(new TextEncoder().encode(`${head}{"choices":[{"mess`));
  }
  listener.close();
}

Deno.test("issue 14: a connection that is cut, and a port where nobody listens", () =>
  withProvider(() => json(""), {}, async ({ open, spent }) => {
    using known = await open();
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = listener.addr as Deno.NetAddr;
    const provider = { ...known.models.providers.local!, baseUrl: `http://127.0.0.1:${port}/v1` };
    const models = { ...known.models, providers: { local: provider } };
    using model = await open({ models });
    const [cut] = await Promise.all([model.ask(question()), hangUp(listener, 5)]);
    assert.deepEqual([reasonOf(cut), cut.calls[0]!.attempts], ["connection", 5]);
    assert.ok(spent().pico > 0, "it may be charged for");
    using later = await open({ models, run: "later" });
    const nobody = await later.ask(question());
    assert.deepEqual([reasonOf(nobody), nobody.calls[0]!.attempts], ["unreachable", 5]);
    assert.equal(spent("later").pico, 0, "nothing was sent");
  }));

/** Replies that are no decision, and what they are counted as. */
const FAULTS: Readonly<Record<string, { reply: () => Response; reason: string; requests: number }>> = {
  "wrong schema, twice": {
    reply: () => json(completion(`{"side":"up","size":9}`)),
    reason: "wrongSchema",
    requests: 2,
  },
  "prose": { reply: () => json(completion("Buy!")), reason: "noJson", requests: 2 },
  "an empty text": { reply: () => json(completion("")), reason: "empty", requests: 2 },
  "a bound that cuts": {
    reply: () => json(completion(`{"side":"lo`, {}, "length")),
    reason: "truncated",
    requests: 1,
  },
  "a refusal": {
    reply: () => json(completion({ role: "assistant", content: null, refusal: "No." })),
    reason: "refused",
    requests: 1,
  },
  "a page": {
    reply: () => new Response("<html>Sign in", { headers: { "content-type": "text/html" } }),
    reason: "foreign",
    requests: 1,
  },
  "a page with 502": {
    reply: () => new Response("<html>Bad gateway", { status: 502 }),
    reason: "serverFault",
    requests: 5,
  },
  "an empty body": { reply: () => json(""), reason: "foreign", requests: 1 },
  "broken JSON": { reply: () => json(`{"choices":[{"mess`), reason: "foreign", requests: 1 },
  "no choice": { reply: () => json(`{"choices":[],"usage":null}`), reason: "foreign", requests: 1 },
  "an error with 200": {
    reply: () => json(`{"error":{"code":402,"message":"Insufficient credits"}}`),
    reason: "quota",
    requests: 1,
  },
  "a passing error with 200": {
    reply: () => json(`{"error":{"code":502,"message":"Provider returned error"}}`),
    reason: "serverFault",
    requests: 5,
  },
  "no quota": {
    reply: () =>
      json(`{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}`, 429),
    reason: "quota",
    requests: 1,
  },
  "a wrong key": {
    reply: () => json(`{"error":{"message":"Incorrect API key provided","code":"invalid_api_key"}}`, 401),
    reason: "keyRefused",
    requests: 1,
  },
  "no such model": {
    reply: () => json(`{"error":{"message":"model 'x' not found","type":"not_found_error"}}`, 404),
    reason: "modelUnknown",
    requests: 1,
  },
  "no rung at all": {
    reply: () => json(`{"error":{"message":"response_format is not supported"}}`, 400),
    reason: "notSupported",
    requests: 4,
  },
  "another bad request": {
    reply: () => json(`{"error":{"message":"Unsupported value: 'temperature'"}}`, 400),
    reason: "badRequest",
    requests: 1,
  },
  "a redirect": {
    reply: () => new Response(null, { status: 307, headers: { location: "http://127.0.0.1:9/" } }),
    reason: "connection",
    requests: 5,
  },
};

for (const [what, { reply, reason, requests }] of Object.entries(FAULTS)) {
  Deno.test(`issue 14: ${what} is an abstention (${reason}), no crash`, async () => {
    const { answer, arrived } = await once(reply);
    assert.deepEqual([reasonOf(answer), arrived.length], [reason, requests]);
  });
}

Deno.test("issue 14: fenced JSON is a proposal, told apart from one that came right", async () => {
  const { answer } = await once(() => json(completion("```json\n" + LONG + "\n```")));
  assert.deepEqual(answer.outcome, { kind: "proposal", value: VALUE, repairs: ["fence"] });
});

Deno.test("issue 14: without a key, a price or room for the prompt nothing is sent", async () => {
  const keyless = await once(() => json(completion(LONG)), { provider: { key: "SOME_KEY" } });
  assert.deepEqual([reasonOf(keyless.answer), keyless.arrived.length], ["keyMissing", 0]);
  const priceless = await once(() => json(completion(LONG)), { card: { price: null } });
  assert.deepEqual([reasonOf(priceless.answer), priceless.arrived.length], ["priceUnknown", 0]);
  const narrow = await once(() => json(completion(LONG)), { card: { context: 200 } });
  assert.deepEqual([reasonOf(narrow.answer), narrow.arrived.length], ["tooLong", 0]);
});
