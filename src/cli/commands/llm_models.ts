import { Command } from "@commander-js/extra-typings";
import { readModels } from "../../adapters/llm/models_file.ts";
import { keyIn } from "../../adapters/llm/secrets.ts";
import type { ModelCard, Models, Provider } from "../../llm/model_card.ts";
import { plainTable } from "../../report/text/plain_table.ts";
import { withModels } from "../llm_flags.ts";
import { say } from "../print.ts";

const EXAMPLES = `
A model can be called if it has a price and its provider's key is set; whether a server of your own runs is seen when
it is asked. SIMULATED ones are programs, no language models. Prices are USD per million tokens on the day that is named, cutoffs what the makers state.

Examples:
  deno task llm models
  deno task llm models --json`;

/** popagent llm models: the table of models. */
export function llmModelsCommand() {
  return withModels(new Command("models"))
    .description("List the models: which can be called, price, cutoff")
    .option("--json", "print JSON instead of text")
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const rows = rowsOf(await readModels(flags.models));
      if (flags.json) return say(JSON.stringify({ models: rows }));
      const table = plainTable(
        [
          ["Model", "left"],
          ["Can be called", "left"],
          ["In", "right"],
          ["Out", "right"],
          ["Priced on", "left"],
          ["Cutoff", "left"],
          ["Form", "left"],
        ],
        rows.map(({ name, simulated, price, cutoff, form, fault }) => [
          simulated ? `${name} SIMULATED` : name,
          fault === null ? "yes" : `no: ${fault}`,
          ...(price ? [`${price.input}`, `${price.output}`, price.date] : ["-", "-", "-"]),
          cutoff ?? "not stated",
          form,
        ]),
      );
      const none = rows.some(({ hasKey }) => hasKey) ? [] : [NO_KEY];
      say([table, ...none].join("\n"));
    });
}

const NO_KEY = "No provider's key is set here: only servers of your own, and cassettes, can answer. " +
  "Keys are read from the environment (.env.example names them).";

function rowsOf({ models, providers }: Models) {
  return Object.entries(models).map(([name, card]) => {
    const provider = providers[card.provider]!;
    const hasKey = provider.key !== null && keyIn((one) => Deno.env.get(one), provider.key) !== null;
    const { id, simulated, price, cutoff, structured: [form] } = card;
    return {
      name,
      id,
      simulated,
      provider: card.provider,
      price,
      cutoff,
      form: form!,
      hasKey,
      fault: faultOf(card, provider, hasKey),
    };
  });
}

/** Why a model cannot be called, as far as that can be told without asking it; null if it can. */
function faultOf({ price }: ModelCard, { key }: Provider, hasKey: boolean): string | null {
  if (price === null) return "no price";
  return key === null || hasKey ? null : `no ${key}`;
}
