/**
 * A small language model behind an OpenAI-compatible endpoint on 127.0.0.1: POST /v1/chat/completions, one request
 * after the other. With response_format json_schema a grammar keeps the model to the schema, with `bounded` also to the
 * bounds of its numbers; without, it writes what it likes. Made for PopAgent's tests and notebooks, not for use.
 */
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { getLlama, LlamaChatSession } from "node-llama-cpp";
import { boundedGrammar } from "./bounded_grammar.mjs";
import { modelNamed } from "./models.mjs";

const PORT = 8181, CONTEXT = 4096;
/** Threads wait for one another busily: where other programs use the cores, 1 is faster. */
const THREADS = Number(process.env.THREADS ?? 2);
const served = modelNamed(process.argv[2] ?? "smollm2");

const llama = await getLlama({ gpu: false, build: "never", logLevel: "error" });
const model = await llama.loadModel({ modelPath: fileURLToPath(served.file) });
const context = await model.createContext({ contextSize: CONTEXT, threads: THREADS });
const sequence = context.getSequence();

/** A message as the library's histories have it. */
function turn({ role, content }) {
  if (role === "assistant") return { type: "model", response: [content] };
  return { type: role === "system" ? "system" : "user", text: content };
}

async function complete(
  { messages, max_tokens = 256, temperature = 0, top_p = 1, seed = 1, response_format, bounded = false },
  signal,
) {
  const schema = response_format?.json_schema?.schema;
  const grammar = schema && await (bounded
    ? llama.createGrammar({ grammar: boundedGrammar(schema) })
    : llama.createGrammarForJsonSchema(schema));
  await sequence.clearHistory(); // a reply must not depend on the request before
  const before = sequence.tokenMeter.getState();
  const session = new LlamaChatSession({ contextSequence: sequence, systemPrompt: "" });
  try {
    session.setChatHistory(messages.slice(0, -1).map(turn));
    const options = { maxTokens: max_tokens, temperature, topP: top_p, seed, signal, ...(grammar && { grammar }) };
    const { responseText, stopReason } = await session.promptWithMeta(messages.at(-1).content, options);
    const { usedInputTokens, usedOutputTokens } = sequence.tokenMeter.diff(before);
    return {
      id: "local",
      object: "chat.completion",
      created: 0,
      model: served.name,
      system_fingerprint: `gguf-sha256-${served.sha256.slice(0, 16)}`,
      choices: [{
        index: 0,
        finish_reason: stopReason === "maxTokens" ? "length" : "stop",
        message: { role: "assistant", content: responseText, refusal: null },
      }],
      usage: {
        prompt_tokens: usedInputTokens,
        completion_tokens: usedOutputTokens,
        total_tokens: usedInputTokens + usedOutputTokens,
      },
    };
  } finally {
    session.dispose({ disposeSequence: false });
  }
}

let last = Promise.resolve();

createServer(async (request, response) => {
  const answer = (status, body) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
  if (request.method !== "POST" || request.url !== "/v1/chat/completions") {
    return answer(404, { error: { message: `no such path: ${request.url}`, type: "not_found_error" } });
  }
  try {
    const body = JSON.parse(await request.reduce((text, chunk) => text + chunk, ""));
    if (body.model !== served.name) { // else one model's replies would be kept under the other's name
      return answer(404, { error: { message: `this process serves ${served.name}`, code: "model_not_found" } });
    }
    const gone = new AbortController();
    response.on("close", () => response.writableEnded || gone.abort()); // whoever asked has left
    const mine = last.then(() => complete(body, gone.signal));
    last = mine.catch(() => {}); // the next one does not care how this one ended
    answer(200, await mine);
  } catch (error) {
    answer(400, { error: { message: String(error?.message ?? error), type: "invalid_request_error" } });
  }
}).listen(PORT, "127.0.0.1", () => console.log(`${served.name} at http://127.0.0.1:${PORT}/v1`));
