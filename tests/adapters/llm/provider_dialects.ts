/**
 * The dialects of seven providers: how each packs an answer, reports what it used, and says no. Sources: the providers'
 * reference and error pages and bodies that users reported; what a provider never says is null.
 */
import { completion } from "../../llm/forms.ts";

/** Who speaks: a model of configs/models.yaml, and the bodies that its provider sends. */
export interface Dialect {
  /** Its entry in configs/models.yaml, whose fields decide what is sent. */
  readonly model: string;
  /** A completion whose text is the answer; `finish` is why it ended. */
  readonly says: (text: string, finish?: string) => string;
  /** A refusal of the model. */
  readonly refuses: string;
  /** Too many requests. */
  readonly limits: readonly [status: number, body: string, headers: Record<string, string>];
  /** A fault that passes. */
  readonly fails: readonly [status: number, body: string];
  /** The account is empty. */
  readonly isBroke: readonly [status: number, body: string] | null;
  /** A wrong key. */
  readonly deniesKey: readonly [status: number, body: string] | null;
  /** A model that it does not serve. */
  readonly lacksModel: readonly [status: number, body: string];
  /** Words that it sends before a body that is slow to come. */
  readonly keepsAlive: string;
  /** What a reply of 100 tokens in and 20 out costs, picodollars, worked out by hand from the price in the table. */
  readonly pico: number;
}

const USAGE = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };
const chat = (text: unknown, finish = "stop", more: Record<string, unknown> = {}) =>
  completion(text, { usage: USAGE, ...more }, finish);
const tool = (text: string) => ({
  role: "assistant",
  content: null,
  tool_calls: [{ id: "toolu_1", type: "function", function: { name: "trade", arguments: text } }],
});
const SORRY = "I'm sorry, but I can't help with trading decisions.";

const OPENAI = {
  usage: {
    ...USAGE,
    prompt_tokens_details: { cached_tokens: 60 },
    completion_tokens_details: { reasoning_tokens: 0 },
  },
};
const OPENROUTER = {
  provider: "DeepInfra",
  usage: { ...USAGE, cost: 0.00042, cost_details: { upstream_inference_cost: null } },
};

/** The dialects by provider. */
export const DIALECTS: Readonly<Record<string, Dialect>> = {
  openai: {
    model: "gpt-4.1",
    says: (text, finish) => chat(text, finish, OPENAI),
    refuses: chat({ role: "assistant", content: null, refusal: SORRY }, "stop", OPENAI),
    limits: [
      429,
      `{"error":{"message":"Rate limit reached","type":"requests","param":null,"code":"rate_limit_exceeded"}}`,
      { "retry-after-ms": "2000", "retry-after": "9" },
    ],
    fails: [
      500,
      `{"error":{"message":"The server had an error","type":"server_error","param":null,"code":null}}`,
    ],
    isBroke: [
      429,
      `{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}`,
    ],
    deniesKey: [
      401,
      `{"error":{"message":"Incorrect API key provided","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}`,
    ],
    lacksModel: [
      404,
      `{"error":{"message":"The model \`x\` does not exist","type":"invalid_request_error","param":null,"code":"model_not_found"}}`,
    ],
    keepsAlive: "",
    pico: 40 * 2e6 + 60 * 5e5 + 20 * 8e6,
  },
  deepseek: {
    model: "deepseek-flash",
    says: (text, finish) =>
      chat({ role: "assistant", content: text, reasoning_content: "Funding is ..." }, finish, {
        usage: { ...USAGE, prompt_cache_hit_tokens: 64, prompt_cache_miss_tokens: 36 },
      }),
    refuses: chat("", "content_filter"),
    limits: [
      429,
      `{"error":{"message":"Rate limit reached","type":"rate_limit_reached_error","param":null,"code":null}}`,
      { "retry-after": "2" },
    ],
    fails: [503, `{"error":{"message":"Service is too busy","type":"service_unavailable_error"}}`],
    isBroke: [
      402,
      `{"error":{"message":"Insufficient Balance","type":"unknown_error","param":null,"code":"invalid_request_error"}}`,
    ],
    deniesKey: [
      401,
      `{"error":{"message":"Authentication Fails","type":"authentication_error","param":null,"code":"invalid_request_error"}}`,
    ],
    lacksModel: [404, `{"error":{"message":"Model Not Exist","type":"invalid_request_error"}}`],
    keepsAlive: "\n\n\n",
    pico: 100 * 3e5 + 20 * 12e5, // no price of cached input is stated
  },
  anthropic: {
    model: "claude-haiku-4-5",
    says: (text, finish = "tool_calls") => chat(tool(text), finish),
    refuses: chat(SORRY),
    limits: [
      429,
      `{"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed your organization's rate limit"},"request_id":"req_2"}`,
      { "retry-after": "2" },
    ],
    fails: [529, `{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}`],
    isBroke: [
      400,
      `{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the Anthropic API."}}`,
    ],
    deniesKey: [
      401,
      `{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}`,
    ],
    lacksModel: [404, `{"type":"error","error":{"type":"not_found_error","message":"model: x"}}`],
    keepsAlive: "",
    pico: 100 * 1e6 + 20 * 5e6,
  },
  openrouter: {
    model: "openrouter-deepseek-flash",
    says: (text, finish) => chat(text, finish, OPENROUTER),
    refuses: chat({ role: "assistant", content: "", refusal: SORRY, reasoning: null }, "stop", OPENROUTER),
    limits: [429, `{"error":{"code":429,"message":"Rate limited","metadata":{}},"user_id":"u"}`, {
      "retry-after": "2",
    }],
    fails: [200, `{"error":{"code":502,"message":"Provider returned error","metadata":{}},"user_id":"u"}`],
    isBroke: [200, `{"error":{"code":402,"message":"Insufficient credits","metadata":{}},"user_id":"u"}`],
    deniesKey: [401, `{"error":{"code":401,"message":"No auth credentials found"}}`],
    lacksModel: [404, `{"error":{"code":404,"message":"No endpoints found for x"}}`],
    keepsAlive: "\n         \n",
    pico: 420e6, // what it says that it charges is more than the table's price
  },
  ollama: {
    model: "ollama-llama3.2",
    says: (text, finish) => chat(text, finish, { system_fingerprint: "fp_ollama" }),
    refuses: chat(SORRY),
    limits: [503, `{"error":{"message":"server busy, please try again","type":"api_error"}}`, {
      "retry-after": "2",
    }],
    fails: [500, `{"error":"llama runner process has terminated"}`],
    isBroke: null,
    deniesKey: null,
    lacksModel: [
      404,
      `{"error":{"message":"model 'x' not found","type":"not_found_error","param":null,"code":null}}`,
    ],
    keepsAlive: "",
    pico: 0,
  },
  llamacpp: {
    model: "llamacpp",
    says: (text, finish) => chat(text, finish, { timings: { prompt_ms: 3, predicted_ms: 9 } }),
    refuses: chat(SORRY),
    limits: [503, `{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}`, {
      "retry-after": "2",
    }],
    fails: [500, `{"error":{"code":500,"message":"failed to decode","type":"server_error"}}`],
    isBroke: null,
    deniesKey: null,
    lacksModel: [404, `{"error":{"code":404,"message":"File Not Found","type":"not_found_error"}}`],
    keepsAlive: "",
    pico: 0,
  },
  vllm: {
    model: "vllm",
    says: (text, finish) =>
      chat({ role: "assistant", content: text, reasoning_content: null, tool_calls: [] }, finish),
    refuses: chat(SORRY),
    limits: [429, `{"object":"error","message":"Too many requests","type":"TooManyRequests","code":429}`, {
      "retry-after": "2",
    }],
    fails: [
      500,
      `{"error":{"message":"EngineCore died","type":"InternalServerError","param":null,"code":500}}`,
    ],
    isBroke: null,
    deniesKey: null,
    lacksModel: [
      404,
      `{"object":"error","message":"The model does not exist.","type":"NotFoundError","code":404}`,
    ],
    keepsAlive: "",
    pico: 0,
  },
};
