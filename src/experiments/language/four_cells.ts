/**
 * Language model on or off by news on or off, on planted markets with made-up news: what does each cell earn? In the place
 * of the model stands a script that reads what it is shown (scripted_reader.ts): SIMULATED, no language model.
 */
import * as z from "zod";
import { hashJson } from "../../core/hash.ts";
import { eventsOfType } from "../../events/event.ts";
import { ask } from "../../llm/ask.ts";
import type { LanguageModel } from "../../llm/language_model.ts";
import { type PopulationRunConfig, populationRunConfig, type Settings } from "../config.ts";
import { hashedConfig } from "../hashed_config.ts";
import { marketOf } from "../market.ts";
import { panelWithItems, syntheticItems } from "../market_news.ts";
import { populationMean } from "../population_mean.ts";
import { countThoughts } from "./counts.ts";
import { completionOf, scriptedModelCard } from "./scripted.ts";
import { scriptedRun } from "./scripted_run.ts";
import { readerAnswer, SCRIPTED_READER } from "./scripted_reader.ts";

/** The cells: what is on in each. */
export const FOUR_CELLS: readonly FourCell[] = ["neither", "news", "model", "both"];
/** One of them. */
export type FourCell = "neither" | "news" | "model" | "both";

/** Who trades beside, and who in the place that asks where a model is on. */
const TRADERS = ["momentum", "adaptive"], BY_RULES = "conservative", ASKING = "languageContext";

const cellSchema = z.strictObject({
  populationMean: z.number().describe("Mean annual Sharpe ratio of all places, out of sample: the outcome"),
  champion: z.number().describe("Annual Sharpe ratio of the champion's account"),
  questions: z.int(),
  answers: z.string().describe("Hash of all that was answered; equal where the same was"),
});
const marketSchema = z.strictObject({
  marketSeed: z.int(),
  cells: z.strictObject({ neither: cellSchema, news: cellSchema, model: cellSchema, both: cellSchema }),
});
/** What one market gave. */
export type FourCellsMarket = z.output<typeof marketSchema>;

/** What is stored of all markets. */
export const fourCellsSchema = z.strictObject({
  config: z.record(z.string(), z.unknown()).describe("That of the cell `both`"),
  configHash: z.string(),
  markets: z.array(marketSchema),
});
/**
 * What is stored of all markets.
 *
 * @internal
 */
export type FourCells = z.output<typeof fourCellsSchema>;

/** Results without markets yet. */
export function emptyFourCells(settings: Settings): FourCells {
  const config = JSON.parse(JSON.stringify(hashedConfig(cellConfig(settings, 1, "both"))));
  return { config, configHash: hashJson(config), markets: [] };
}

function cellConfig(settings: Settings, marketSeed: number, cell: FourCell): PopulationRunConfig {
  const { population: given, market } = settings;
  const asks = cell === "model" || cell === "both", hears = cell === "news" || cell === "both";
  return populationRunConfig({
    ...settings,
    references: false,
    seed: marketSeed, // all cells of a market draw the same numbers
    market: { ...market, mode: "planted", seed: marketSeed },
    data: { ...settings.data, source: "synthetic" },
    news: { ...settings.news, source: hears ? "synthetic" : "off" },
    population: {
      ...given,
      size: 3,
      mirror: { ...given.mirror, rules: [] },
      agents: { ...given.agents, trader: [...TRADERS, asks ? ASKING : BY_RULES] },
      language: { ...given.language, model: SCRIPTED_READER, mostCalls: 1_000_000 },
    },
  });
}

/** The script, asked in this process by the ladder that reads models' replies. */
export function scriptedReader(): LanguageModel {
  const served = scriptedModelCard(SCRIPTED_READER);
  return {
    ask: (question) =>
      ask(question, served, ({ body }) => {
        const messages = body.messages as readonly { readonly content: string }[];
        const text = completionOf(SCRIPTED_READER, messages, readerAnswer(messages[1]!.content));
        const reply = { kind: "body" as const, text };
        return Promise.resolve({ reply, source: "provider", attempts: 1, latencyMs: 0, dollars: 0 }); // a reader is free
      }),
  };
}

/** Runs the four cells on one market. */
export async function runFourCells(
  settings: Settings,
  marketSeed: number,
  memoBytes: number,
): Promise<FourCellsMarket> {
  const cells: Partial<Record<FourCell, z.output<typeof cellSchema>>> = {};
  for (const cell of FOUR_CELLS) {
    cells[cell] = await runOne(cellConfig(settings, marketSeed, cell), memoBytes);
  }
  return marketSchema.parse({ marketSeed, cells });
}

async function runOne(config: PopulationRunConfig, memoBytes: number) {
  const { panel: bars } = marketOf(config), { news } = config;
  const panel = news.source === "off" ? bars : panelWithItems(bars, syntheticItems(bars, news), news);
  const { strategies, events, population: places } = await scriptedRun(
    config,
    panel,
    memoBytes,
    scriptedReader,
  );
  const thoughts = eventsOfType(events, "thought");
  return {
    populationMean: populationMean(places!.places),
    champion: strategies.find(({ name }) => name === "champion")!.metrics.sharpe,
    questions: countThoughts(thoughts).questions,
    answers: hashJson(thoughts.map(({ decision }) => decision?.action ?? null)).slice(0, 16),
  };
}
