import assert from "node:assert/strict";
import fc from "fast-check";
import { failureIn } from "popagent/llm/failure.ts";
import { jsonIn } from "popagent/llm/json_text.ts";
import { outcomeOf } from "popagent/llm/outcome.ts";
import { readReply } from "popagent/llm/reading.ts";
import { usageIn } from "popagent/llm/usage.ts";
import { completion, decision, LONG } from "./forms.ts";

const read = (text: string) => readReply({ kind: "body", text }, decision).verdict;
const VALUE = { side: "long", size: 0.2 };

Deno.test("a reply that fits as it came is a proposal; one that had to be mended is told apart", () => {
  assert.deepEqual(read(completion(LONG)), { kind: "proposal", value: VALUE });
  const mended = (text: string, ...mendings: string[]) =>
    assert.deepEqual(read(completion(text)), { kind: "repaired", value: VALUE, mendings }, text);
  mended("```json\n" + LONG + "\n```", "fence");
  mended("Here it is:\n```json\n" + LONG + "\n```\nGood luck", "prose");
  mended(`I would go long. ${LONG} That is all {really}.`, "prose");
  mended(`{side: 'long', size: 0.2,}`, "jsonrepair");
  mended("```\n{'side': 'long', 'size': 0.2}\n```", "fence", "jsonrepair");
});

Deno.test("an object without its end is truncated and never closed, whatever the provider says", () => {
  assert.equal(read(completion(`{"side":"long","size":0.`)).kind, "truncated");
  assert.equal(read(completion(LONG, {}, "length")).kind, "truncated", "a bound that was met is believed");
  assert.equal(read(completion('```json\n{"side":"lo')).kind, "truncated");
});

Deno.test("wrong schema, refusals, pages, errors with status 200 and empty replies are outcomes of their own", () => {
  assert.deepEqual(read(completion(`{"side":"up","size":0.2}`)).kind, "wrongSchema");
  assert.deepEqual(read(completion("[1]")).kind, "wrongSchema");
  assert.deepEqual(read(completion("Buy!")), { kind: "noJson", text: "Buy!" });
  assert.deepEqual(read(completion("I'm sorry, I can't help with that.")).kind, "refused");
  const refusal = { role: "assistant", content: null, refusal: "No." };
  assert.deepEqual(read(completion(refusal)), { kind: "refused", text: "No." });
  assert.deepEqual(read(completion("", {}, "content_filter")).kind, "refused");
  assert.deepEqual(read(completion("")), { kind: "empty" });
  assert.deepEqual(read(completion({ role: "assistant", content: null })), { kind: "empty" });
  assert.equal((read("<!doctype html><html>Bad gateway") as { what: string }).what, "html");
  assert.equal((read(`{"choices": [{"mess`) as { what: string }).what, "notJson");
  assert.equal((read(`{"choices": [], "usage": null}`) as { what: string }).what, "noChoice");
  assert.equal((read("") as { what: string }).what, "notJson");
  const error = read(`{"error":{"code":402,"message":"Insufficient credits","metadata":{}},"user_id":"u"}`);
  assert.deepEqual(error, {
    kind: "failed",
    failure: { kind: "quota", text: "HTTP 200 with an error: Insufficient credits", retryAfterMs: null },
  });
});

Deno.test("a host that failed while it wrote is a failure that may pass, and what it used is charged", () => {
  const broken = JSON.stringify({
    choices: [{
      finish_reason: "error",
      message: { role: "assistant", content: LONG },
      error: { code: 502, message: "Upstream idle timeout" },
    }],
    usage: { prompt_tokens: 100, completion_tokens: 7 },
  });
  const { verdict, usage } = readReply({ kind: "body", text: broken }, decision);
  assert.equal(verdict.kind === "failed" && verdict.failure.kind, "serverFault");
  assert.deepEqual([usage!.input, usage!.output], [100, 7]);
});

Deno.test("a function's arguments and text in parts are read like text", () => {
  const tool_calls = [{ id: "c", type: "function", function: { name: "decision", arguments: LONG } }];
  assert.equal(
    read(completion({ role: "assistant", content: null, tool_calls }, {}, "tool_calls")).kind,
    "proposal",
  );
  const parts = [{ type: "text", text: LONG.slice(0, 9) }, { type: "text", text: LONG.slice(9) }];
  assert.equal(read(completion({ role: "assistant", content: parts })).kind, "proposal");
});

Deno.test("no reply whatever crashes the reader, and what is a proposal fits the form", () => {
  const anything = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map((text) => completion(text)),
    fc.string().map((text) => completion(text)),
  );
  fc.assert(
    fc.property(anything, (text) => {
      const verdict = read(text);
      if (verdict.kind === "proposal" || verdict.kind === "repaired") {
        assert.ok(decision.schema.safeParse(verdict.value).success);
      }
      assert.ok(["proposal", "abstention"].includes(outcomeOf(verdict, false).kind));
    }),
    { seed: 7, numRuns: 500 },
  );
});

Deno.test("a cut anywhere in a proposal never becomes one", () => {
  for (let end = 0; end < LONG.length; end++) {
    assert.notEqual(jsonIn(LONG.slice(0, end)).kind, "found", LONG.slice(0, end));
  }
});

Deno.test("failures are told apart by what can be done about them", () => {
  const kind = (status: number, body: string) =>
    failureIn({ kind: "status", status, text: body, retryAfterMs: null })!.kind;
  assert.equal(
    kind(429, `{"error":{"message":"Rate limit reached","type":"requests","code":"rate_limit_exceeded"}}`),
    "rateLimited",
  );
  assert.equal(
    kind(
      429,
      `{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}}`,
    ),
    "quota",
  );
  assert.equal(
    kind(
      402,
      `{"error":{"message":"Insufficient Balance","type":"unknown_error","code":"invalid_request_error"}}`,
    ),
    "quota",
  );
  assert.equal(
    kind(529, `{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}`),
    "serverFault",
  );
  assert.equal(
    kind(503, `{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}`),
    "serverFault",
  );
  assert.equal(
    kind(401, `{"error":{"message":"Incorrect API key provided","code":"invalid_api_key"}}`),
    "keyRefused",
  );
  assert.equal(
    kind(404, `{"error":{"message":"The model \`x\` does not exist","code":"model_not_found"}}`),
    "modelUnknown",
  );
  assert.equal(
    kind(
      400,
      `{"error":{"message":"This response_format type is unavailable now","type":"invalid_request_error"}}`,
    ),
    "notSupported",
  );
  assert.equal(
    kind(
      400,
      `{"error":{"message":"Unsupported value: 'temperature' does not support 0 with this model.","param":"temperature"}}`,
    ),
    "badRequest",
  );
  assert.equal(kind(403, `{"error":{"code":403,"message":"Your input was flagged"}}`), "filtered");
  assert.equal(kind(502, "<html>"), "serverFault");
  assert.equal(
    kind(
      400,
      `{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the Anthropic API."}}`,
    ),
    "quota",
    "Anthropic's empty account: status 400, and yet not the request's fault, so that no cassette keeps it for good",
  );
});

Deno.test("usage is read in every provider's form; a reply without it reports none", () => {
  const tokens = (value: unknown) => {
    const one = usageIn(value);
    return one && [one.input, one.cachedInput, one.output, one.reasoning, one.reportedDollars];
  };
  const openai = {
    prompt_tokens: 100,
    completion_tokens: 20,
    prompt_tokens_details: { cached_tokens: 64 },
    completion_tokens_details: { reasoning_tokens: 5 },
  };
  assert.deepEqual(tokens(openai), [100, 64, 20, 5, null]);
  const deepseek = {
    prompt_tokens: 1200,
    completion_tokens: 180,
    prompt_cache_hit_tokens: 1024,
    prompt_cache_miss_tokens: 176,
    completion_tokens_details: { reasoning_tokens: 120 },
  };
  assert.deepEqual(tokens(deepseek), [1200, 1024, 180, 120, null]);
  const openrouter = {
    prompt_tokens: 10,
    completion_tokens: 5,
    cost: 0.0000042,
    prompt_tokens_details: null,
  };
  assert.deepEqual(tokens(openrouter), [10, 0, 5, 0, 0.0000042]);
  assert.deepEqual(
    tokens({ input_tokens: 10, output_tokens: 5, input_tokens_details: { cached_tokens: 2 } }),
    [10, 2, 5, 0, null],
  );
  const choices = [{ finish_reason: "stop", message: { role: "assistant", content: LONG } }];
  assert.deepEqual(
    read(JSON.stringify({ choices })),
    { kind: "proposal", value: VALUE },
    "and is read all the same",
  );
  assert.deepEqual([usageIn(null), usageIn({}), usageIn({ prompt_tokens: -1, completion_tokens: 2 })], [
    null,
    null,
    null,
  ]);
});
