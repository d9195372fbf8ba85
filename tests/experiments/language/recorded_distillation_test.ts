/** What a real model, and a script beside it, wrote of a champion: from its cassettes, in the recorded population run. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { resolveSettings } from "popagent/adapters/config/resolve_settings.ts";
import { readSettingsFile } from "popagent/adapters/config/settings_file.ts";
import { PROJECT } from "popagent/adapters/files/project.ts";
import { openAsked } from "popagent/adapters/llm/open_asked.ts";
import { openLanguageModel } from "popagent/adapters/llm/open_language_model.ts";
import { eventsOfType } from "popagent/events/event.ts";
import { populationRunConfig } from "popagent/experiments/config.ts";
import { JOBS } from "popagent/experiments/jobs/registry.ts";
import { distil, distilledIteration } from "popagent/experiments/language/distillation.ts";
import { createDesk, marketOf } from "popagent/experiments/market.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { distillationsTable } from "popagent/figures/distillations_table.ts";
import { withAnswers } from "popagent/population/thoughts.ts";
import { jobInput } from "../job_input.ts";

const LLM = join(PROJECT, "results", "llm"), MODELS = join(PROJECT, "configs", "models.yaml");
/** As they were recorded. */
const MAX_TOKENS = 400;

Deno.test({
  name:
    "issue 14.5: a real model's distillation replays without network, and fails; a script's beside it (simulated)",
  permissions: { read: true, env: ["LOG_STREAM", "LOG_TOKENS"] }, // the YAML reader looks for two
  fn: async () => {
    const { settings } = resolveSettings(
      await readSettingsFile(join(PROJECT, "configs", "llm_recorded.yaml")),
      { learns: true },
    );
    const plan = planRun(populationRunConfig(settings), marketOf(settings).panel);
    const desk = createDesk(plan.panel, plan.config, 2 ** 28), folder = join(LLM, "population", "cassettes");
    const { events } = await JOBS.population.run({
      ...jobInput(desk, plan.config),
      plan,
      openModel: (one) => openAsked(one, { cassettes: "replay", folder, models: MODELS }),
    });
    const { validRows } = plan.config.population.language;
    const proposals = withAnswers({}, eventsOfType(events, "thought"), validRows);
    const stored = { desk: { ...desk, proposals }, iterations: eventsOfType(events, "iteration") };
    using language = await openLanguageModel({ folder: join(LLM, "distilled", "cassettes"), models: MODELS });
    const write = (model: string) =>
      distil(stored.desk, distilledIteration(stored), { model, maxTokens: MAX_TOKENS }, language);
    // What stands in the two replies: Gemma is short whatever it is shown, so its rules gain nothing on any constant.
    const gemma = await write("gemma3-270m-bounded");
    assert.deepEqual([gemma.outcome, gemma.calls, gemma.repaired], ["answered", 1, false]);
    assert.deepEqual(gemma.rules, [{
      feature: "trend",
      comparison: "above",
      threshold: 10,
      action: "short",
    }]);
    assert.equal(gemma.otherwise, "short");
    assert.match(gemma.text!, /^The team of four trading agents does, in at most 120 words of plain English/);
    assert.ok(gemma.fidelity!.gain < 0 && gemma.fidelity!.agreement < 1 / 3);
    const script = await write("scripted-distiller");
    assert.deepEqual(script.rules, [{
      feature: "return42",
      comparison: "below",
      threshold: 0.0696,
      action: "flat",
    }]);
    assert.ok(
      Math.abs(script.fidelity!.gain) < script.fidelity!.gainError,
      "as good as a constant, no better",
    );
    const { caption, columns, rows } = distillationsTable([gemma, script]),
      at = (label: string) => columns.findIndex((column) => column.label === label);
    assert.match(caption, /SIMULATED: a script, no language model/);
    assert.deepEqual(rows.map(({ cells }) => cells[at("Model")]), [
      "gemma3-270m-bounded",
      "scripted-distiller SIMULATED",
    ]);
    assert.equal(rows[0]!.cells[at("Agree")], "21.2%");
  },
});
