/** A population run in which a real model was asked, from its cassettes. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { openAsked } from "popagent/adapters/llm/open_asked.ts";
import { PROJECT } from "popagent/adapters/files/project.ts";
import { resolveSettings } from "popagent/adapters/config/resolve_settings.ts";
import { readSettingsFile } from "popagent/adapters/config/settings_file.ts";
import { eventsOfType } from "popagent/events/event.ts";
import { populationRunConfig } from "popagent/experiments/config.ts";
import { JOBS } from "popagent/experiments/jobs/registry.ts";
import { countThoughts } from "popagent/experiments/language/counts.ts";
import { createDesk, marketOf } from "popagent/experiments/market.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { jobInput } from "../job_input.ts";

const FOLDER = join(PROJECT, "results", "llm", "population", "cassettes");

Deno.test({
  name:
    "issue 14: a population run with a real model's answers replays without network: answers, abstentions, turns",
  permissions: { read: true, env: ["LOG_STREAM", "LOG_TOKENS"] }, // the YAML reader looks for two
  fn: async () => {
    const file = join(PROJECT, "configs", "llm_recorded.yaml");
    const { settings } = resolveSettings(await readSettingsFile(file), { learns: true });
    const plan = planRun(populationRunConfig(settings), marketOf(settings).panel);
    const models = join(PROJECT, "configs", "models.yaml");
    const { events, strategies } = await JOBS.population.run({
      ...jobInput(createDesk(plan.panel, plan.config, 2 ** 28), plan.config),
      plan,
      openModel: (one) => openAsked(one, { cassettes: "replay", folder: FOLDER, models }),
    });
    const thoughts = eventsOfType(events, "thought"), counts = countThoughts(thoughts);
    assert.ok(counts.calls <= 300);
    assert.deepEqual(
      [counts.questions, counts.outcomes, counts.reasons, counts.calls],
      [28, { answered: 18, held: 0, abstained: 10, failed: 0, unasked: 0 }, { wrongSchema: 10 }, 38],
    );
    assert.ok(strategies.some(({ name }) => name === "champion"));
    for (const { decision } of thoughts) {
      if (decision) assert.ok(decision.size <= 1 && decision.leverage >= 1 && decision.leverage <= 10);
    }
  },
});
