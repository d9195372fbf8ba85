/** Records the decisions of tests/fixtures/llm with the local model, with its grammar and without. */
import { openLanguageModel } from "popagent/adapters/llm/open_language_model.ts";
import { decisions, RECORDED } from "../tests/fixtures/llm/decisions.ts";

using model = await openLanguageModel({ cassettes: "record", folder: RECORDED, run: "local model" });
for (const name of ["smollm2-135m", "smollm2-135m-free"]) {
  for (const question of decisions(name)) {
    const { outcome, calls } = await model.ask(question);
    const text = outcome.kind === "proposal"
      ? JSON.stringify(outcome.value)
      : `${outcome.reason}: ${outcome.detail}`;
    console.log(name, calls.map(({ verdict, latencyMs }) => `${verdict} ${latencyMs} ms`).join(", "), text);
  }
}
