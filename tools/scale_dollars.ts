/**
 * What language traders would cost at scale: tokens as they were recorded, prices of configs/models.yaml.
 *
 *   deno run -P=run tools/scale_dollars.ts     prints the table of docs/SCALE.md
 */
import { readModels } from "../src/adapters/llm/models_file.ts";
import type { Models } from "../src/llm/model_card.ts";
import { mean } from "../src/stats/moments.ts";

const RECORDED = new URL("../results/llm/population/cassettes/cassettes.jsonl.gz", import.meta.url);
/** Calls of a run where nothing else is set, and numbers of runs. */
const CALLS = 300, RUNS = [100, 1_000, 10_000, 1_000_000];

/** Providers of scripts that stand in the place of models: their prices are made up. */
const SIMULATED = new Set(["scripted", "simulated"]);

/** Tokens of one call. */
export interface CallTokens {
  readonly input: number;
  readonly output: number;
}

/** Mean tokens of the calls of the recorded population run. */
export async function recordedTokens(): Promise<CallTokens> {
  const packed = await Deno.open(RECORDED);
  const text = await new Response(packed.readable.pipeThrough(new DecompressionStream("gzip"))).text();
  const usages = text.trimEnd().split("\n").map((line) => JSON.parse(JSON.parse(line).reply.text).usage);
  return {
    input: mean(usages.map(({ prompt_tokens }) => prompt_tokens)),
    output: mean(usages.map(({ completion_tokens }) => completion_tokens)),
  };
}

/** The table: dollars of so many runs whose questions nothing has answered before, by model, the cheapest first. */
export function dollarTable({ models }: Models, { input, output }: CallTokens): string {
  const priced = Object.entries(models).flatMap(([name, { price, provider }]) =>
    SIMULATED.has(provider) || price === null || price.input + price.output === 0
      ? []
      : [{ name, date: price.date, run: CALLS * (input * price.input + output * price.output) / 1e6 }]
  ).sort((a, b) => a.run - b.run);
  const shown = (dollars: number) => Number(dollars.toPrecision(2)).toLocaleString("en");
  return [
    ["model (price of)", "a run", ...RUNS.map((runs) => `${runs.toLocaleString("en")} runs`)],
    ["---", "---", ...RUNS.map(() => "---")],
    ...priced.map(({ name, date, run }) => [
      `${name} (${date})`,
      shown(run),
      ...RUNS.map((runs) => shown(run * runs)),
    ]),
  ].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

if (import.meta.main) {
  const tokens = await recordedTokens();
  console.log(tokens);
  console.log(dollarTable(await readModels(), tokens));
}
