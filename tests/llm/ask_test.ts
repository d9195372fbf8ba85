import assert from "node:assert/strict";
import * as z from "zod";
import { answerForm } from "popagent/llm/answer_form.ts";
import { ask, type Caller } from "popagent/llm/ask.ts";
import { callHash, type ChatCall } from "popagent/llm/chat_call.ts";
import { chatCall, PINNED, type ServedModel } from "popagent/llm/ladder.ts";
import type { Question } from "popagent/llm/language_model.ts";
import type { RawReply } from "popagent/llm/raw_reply.ts";
import { completion, decision, LONG, served } from "./forms.ts";

const QUESTION: Question<unknown> = {
  model: "m",
  messages: [{ role: "system", content: "You trade." }, { role: "user", content: "RSI is 70." }],
  form: decision,
  parameters: PINNED,
  sample: 0,
  role: "trader",
};
const body = (content: unknown, finish?: string): RawReply => ({
  kind: "body",
  text: completion(content, {}, finish),
});
const status = (code: number, text: string): RawReply => ({
  kind: "status",
  status: code,
  text,
  retryAfterMs: null,
});

/** Answers in turn, and remembers what it was asked. */
function scripted(...replies: readonly RawReply[]) {
  const asked: ChatCall[] = [];
  const caller: Caller = (call) => {
    asked.push(call);
    const reply = replies[asked.length - 1];
    assert.ok(reply, "one call more than expected");
    return Promise.resolve({ reply, source: "provider", attempts: 1, latencyMs: 1, dollars: 0 });
  };
  return { asked, caller };
}

const call = (model: ServedModel, rung = model.card.structured[0]!) =>
  chatCall(model, { messages: QUESTION.messages, form: decision, parameters: PINNED, sample: 0 }, rung);

Deno.test("each rung asks for the form in its own way; what a model refuses is not sent", () => {
  const { body: strict } = call(served());
  assert.deepEqual(strict, {
    model: "fake-1",
    messages: QUESTION.messages,
    max_tokens: 400,
    temperature: 0,
    top_p: 1,
    seed: 1,
    response_format: {
      type: "json_schema",
      json_schema: {
        name: "decision",
        strict: true,
        schema: {
          type: "object",
          properties: {
            side: { type: "string", enum: ["long", "short", "flat"] },
            size: { type: "number", minimum: 0, maximum: 1 },
          },
          required: ["side", "size"],
          additionalProperties: false,
        },
      },
    },
  });
  const loose = call(served({ structured: ["jsonObject"] })).body;
  assert.deepEqual(loose.response_format, { type: "json_object" });
  assert.match(
    (loose.messages as { content: string }[])[0]!.content,
    /^You trade\.\n\nAnswer with one JSON object/,
  );
  const tool = call(served({ structured: ["tool"] })).body;
  assert.deepEqual(tool.tool_choice, { type: "function", function: { name: "decision" } });
  assert.deepEqual(tool.messages, QUESTION.messages);
  const bare = call(served(
    {
      structured: ["plain"],
      temperature: null,
      topP: false,
      seed: false,
      limitField: "max_completion_tokens",
      extra: { thinking: { type: "disabled" } },
    },
    { extra: { provider: { require_parameters: true } } },
  )).body;
  assert.deepEqual(Object.keys(bare).sort(), [
    "max_completion_tokens",
    "messages",
    "model",
    "provider",
    "thinking",
  ]);
});

Deno.test("the hash moves with model, parameters, prompt, schema version and sample, and with nothing else", () => {
  const of = (change: object) => callHash({ ...call(served()), ...change } as ChatCall);
  const plain = of({});
  assert.equal(of({}), plain);
  assert.match(plain, /^[0-9a-f]{64}$/);
  const base = call(served());
  const others = [
    { provider: "other" },
    { form: { name: "decision", version: 2 } },
    { sample: 1 },
    { rung: "plain" },
    { body: { ...base.body, model: "fake-2" } },
    { body: { ...base.body, temperature: 1 } },
    { body: { ...base.body, messages: [] } },
  ].map(of);
  assert.equal(new Set([plain, ...others]).size, others.length + 1);
  const elsewhere = chatCall(
    served({}, { baseUrl: "http://127.0.0.1:2/v1", key: "OTHER_KEY" }),
    { messages: QUESTION.messages, form: decision, parameters: PINNED, sample: 0 },
    "jsonSchema",
  );
  assert.equal(callHash(elsewhere), plain, "neither address nor key is part of it");
});

Deno.test("a rung that the provider refuses leads to the next one; the last refusal is an abstention", async () => {
  const no = status(400, `{"error":{"message":"response_format json_schema is not supported"}}`);
  const { asked, caller } = scripted(no, no, body(LONG));
  const { outcome, calls } = await ask(QUESTION, served(), caller);
  assert.deepEqual(outcome, { kind: "proposal", value: { side: "long", size: 0.2 }, repairs: [] });
  assert.deepEqual(asked.map(({ rung }) => rung), ["jsonSchema", "jsonObject", "tool"]);
  assert.deepEqual(calls.map(({ verdict }) => verdict), ["failed", "failed", "proposal"]);
  const all = scripted(no, no, no, no);
  const none = await ask(QUESTION, served(), all.caller);
  assert.equal(none.outcome.kind === "abstention" && none.outcome.reason, "notSupported");
});

Deno.test("a wrong form gets one repair turn, which names the fault; a second wrong form is an abstention", async () => {
  const wrong = body(`{"side":"long","size":2}`);
  const mended = scripted(wrong, body("```json\n" + LONG + "\n```"));
  const first = await ask(QUESTION, served(), mended.caller);
  assert.deepEqual(first.outcome.kind === "proposal" && first.outcome.repairs, ["turn", "fence"]);
  const messages = mended.asked[1]!.body.messages as { role: string; content: string }[];
  assert.deepEqual(messages.map(({ role }) => role), ["system", "user", "assistant", "user"]);
  assert.match(messages[3]!.content, /- size: /);
  const never = scripted(wrong, wrong);
  const second = await ask(QUESTION, served(), never.caller);
  assert.deepEqual(second.outcome.kind === "abstention" && second.outcome.reason, "wrongSchema");
  assert.equal(never.asked.length, 2);
});

Deno.test("refused, truncated and failed replies are not asked again", async () => {
  const cases: readonly (readonly [RawReply, string])[] = [
    [body({ role: "assistant", content: null, refusal: "No." }), "refused"],
    [body(LONG, "length"), "truncated"],
    [status(401, "{}"), "keyRefused"],
    [{ kind: "body", text: "<html></html>" }, "foreign"],
    [{ kind: "cut", reason: "timeout", text: "120 s" }, "timeout"],
    [{ kind: "unasked", reason: "budget", text: "the run may spend 0 USD" }, "budget"],
  ];
  for (const [reply, reason] of cases) {
    const { asked, caller } = scripted(reply);
    const { outcome } = await ask(QUESTION, served(), caller);
    assert.equal(outcome.kind === "abstention" && outcome.reason, reason);
    assert.equal(asked.length, 1);
  }
});

Deno.test("free text is its own value", async () => {
  const { caller, asked } = scripted(body("Good morning"));
  const { outcome } = await ask({ ...QUESTION, form: null }, served(), caller);
  assert.deepEqual(outcome, { kind: "proposal", value: "Good morning", repairs: [] });
  assert.equal(asked[0]!.body.response_format, undefined);
});

Deno.test("a form that strict decoders refuse, and parameters beyond a model's, are refused before any call", () => {
  assert.throws(
    () => answerForm("x", 1, z.strictObject({ a: z.number().optional() })),
    /\$\.a must be required/,
  );
  assert.throws(
    () => answerForm("x", 1, z.object({ a: z.strictObject({ b: z.looseObject({}) }) })),
    /must be a strict object/,
  );
  assert.throws(() => answerForm("a b", 1, z.strictObject({})), /name must be/);
  const with_ = (parameters: object) => () =>
    chatCall(
      served(),
      { messages: [], form: null, sample: 0, parameters: { ...PINNED, ...parameters } },
      "plain",
    );
  assert.throws(with_({ maxTokens: 1001 }), /from 1 to 1000: current value is 1001/);
  assert.throws(with_({ reasoning: "high" }), /reasoning must be left out: current value is high/);
});
