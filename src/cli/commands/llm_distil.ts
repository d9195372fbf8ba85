import type { IterationEvent } from "../../events/iteration.ts";
import {
  openStoredPopulation,
  type StoredPopulation,
} from "../../experiments/genealogy/stored_population.ts";
import {
  championOf,
  distil,
  distillationQuestion,
  distilledIteration,
} from "../../experiments/language/distillation.ts";
import { factsAt } from "../../experiments/language/distilled_facts.ts";
import { runWarnings } from "../../figures/headline.ts";
import { distillationText } from "../../report/text/distillation_text.ts";
import { callPlanText } from "../call_plan.ts";
import { countOf } from "../counts.ts";
import { aboutRun, flaggedModel } from "../llm_flags.ts";
import { say, tell } from "../print.ts";
import { loadStoredMarket, withStoredMarket } from "../stored_market.ts";
import { storedRun } from "../stored_run.ts";

/** Bytes of series that the agents of a run may keep. */
const MEMO_BYTES = 256 * 2 ** 20;

const EXAMPLES = `
The model is shown the champion's four agents, their methods and genes, how often it was long, short and flat in two
months, and twelve of its decisions on each coin over these, with ten features at each: all known at the iteration's
decision; no coin, date or price. It writes a text and at most five rules. Then the rules are held against the champion on
the two months after it, beside the one action that does best there. The run stays as it is, and nothing reads the
answer.

Examples:
  deno task popagent llm distil latest --model gpt-4.1 --plan              what it would cost; nothing is sent
  deno task llm distil latest --model gpt-4.1 --iterations 20,60
  deno task popagent llm distil latest --model gpt-4.1 --cassettes replay  what was recorded, without network`;

/** popagent llm distil: what a run's champion does, in a model's words and rules. */
export function llmDistilCommand() {
  return withStoredMarket(aboutRun("distil"))
    .description("Have a model say what a finished run's champion does, and see how faithful its rules are")
    .option(
      "--iterations <list>",
      "which champions, such as 20,60; the last with two months after it if left out",
    )
    .addHelpText("after", EXAMPLES)
    .action(async (name, flags) => {
      const run = await storedRun(flags.runs, name);
      const population = openStoredPopulation(run, await loadStoredMarket(run, flags, "distil"), MEMO_BYTES);
      const { desk } = population, chosen = championsNamed(population, flags.iterations);
      const settings = { model: flags.model, maxTokens: countOf(flags.maxTokens, "--max-tokens") };
      if (flags.plan) {
        const questions = chosen.map((event) =>
          distillationQuestion(factsAt(desk, championOf(event), event.row), settings)
        );
        return say(await callPlanText(questions, flags, flags.json === true));
      }
      using model = await flaggedModel("distil", flags);
      const written = [];
      for (const event of chosen) written.push(await distil(desk, event, settings, model));
      if (flags.json) return say(JSON.stringify(written));
      const { simulated } = model.models.models[flags.model]!;
      tell(
        `Written by ${flags.model}${
          simulated ? " (SIMULATED: a program, no language model)" : ""
        }; nothing in the run depends on it.`,
      );
      const warnings = runWarnings(run.result, []).map(({ text }) => `!! ${text}`);
      say([...warnings.slice(0, 1), ...written.map(distillationText)].join("\n\n"));
    });
}

/** The iterations that a person names. @throws {UserError} If the run has none of a number. */
function championsNamed(
  population: StoredPopulation,
  named: string | undefined,
): readonly IterationEvent[] {
  if (named === undefined) return [distilledIteration(population)];
  return named.split(",").map((part) => distilledIteration(population, countOf(part, "--iterations", 0)));
}
