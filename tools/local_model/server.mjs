/**
 * A small language model behind an OpenAI-compatible endpoint on 127.0.0.1: POST /v1/chat/completions, one request
 * after the other. With response_format json_schema a grammar keeps the model to the schema; without, it writes what
 * it likes. Made for PopAgent's tests and notebooks, not for use.
 */
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { getLlama, LlamaChatSession } from "node-llama-cpp";
import { MODEL_FILE, MODEL_NAME, MODEL_SHA256 } from "./model.mjs";

const PORT = 8181, CONTEXT = 2048;

const llama = await getLlama({ gpu: false, build: "never", logLevel: "error" });
const model = await llama.loadModel({ modelPath: fileURLToPath(MODEL_FILE) });
const context = await model.createContext({ contextSize: CONTEXT, threads: 2 });

/** A message as the library's histories have it. */
function turn({ role, content }) {
  if (role === "assistant") return { type: "model", response: [content] };
  return { type: role === "system" ? "system" : "user", text: content };
}

async function complete(
  { messages, max_tokens = 256, temperature = 0, top_p = 1, seed = 1, response_format },
) {
  const schema = response_format?.json_schema?.schema;
  const grammar = schema && await llama.createGrammarForJsonSchema(schema);
  const sequence = context.getSequence();
  const session = new LlamaChatSession({ contextSequence: sequence, systemPrompt: "" });
  try {
    session.setChatHistory(messages.slice(0, -1).map(turn));
    const options = { maxTokens: max_tokens, temperature, topP: top_p, seed, ...(grammar && { grammar }) };
    const { responseText, stopReason } = await session.promptWithMeta(messages.at(-1).content, options);
    const { usedInputTokens, usedOutputTokens } = sequence.tokenMeter.getState();
    return {
      id: "local",
      object: "chat.completion",
      created: 0,
      model: MODEL_NAME,
      system_fingerprint: `gguf-sha256-${MODEL_SHA256.slice(0, 16)}`,
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
    session.dispose({ disposeSequence: true });
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
    const mine = last.then(() => complete(body));
    last = mine.catch(() => {}); // the next one does not care how this one ended
    answer(200, await mine);
  } catch (error) {
    answer(400, { error: { message: String(error?.message ?? error), type: "invalid_request_error" } });
  }
}).listen(PORT, "127.0.0.1", () => console.log(`${MODEL_NAME} at http://127.0.0.1:${PORT}/v1`));
