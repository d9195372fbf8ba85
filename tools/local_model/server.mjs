/**
 * A small language model behind an OpenAI-compatible endpoint on 127.0.0.1: POST /v1/chat/completions, one request
 * after the other. With response_format json_schema a grammar keeps the model to the schema, with `bounded` also to the
 * bounds of its numbers; without, it writes what it likes. Made for PopAgent's tests and notebooks, not for use.
 */
import { createServer } from "node:http";
import { loadCompletion } from "./completion.mjs";
import { modelNamed } from "./models.mjs";

const PORT = 8181, THREADS = Number(process.env.THREADS ?? 2);
const served = modelNamed(process.argv[2] ?? "smollm2");
const complete = await loadCompletion(served, THREADS);

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
