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
