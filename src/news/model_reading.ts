/** Enrichment by a language model, item by item; what it may say is bounded, and where it says nothing the lexicon stands. */
import type { Coin } from "../core/universe.ts";
import { PINNED } from "../llm/ladder.ts";
import type { LanguageModel } from "../llm/language_model.ts";
import type { Article } from "./article.ts";
import { type Enrichment, impactOf } from "./enrichment.ts";
import { enrichmentForm, enrichmentMessages, type SaidOfNews } from "./enrichment_question.ts";
import { readByLexicon } from "./lexicon_reading.ts";

/** What came of reading many items. */
export interface ModelReadings {
  /** One for each item, in their order. */
  readonly enrichments: readonly Enrichment[];
  /** Items that the model read, those it did not, by reason, and those that were never shown to it. */
  readonly read: number;
  readonly abstained: Readonly<Record<string, number>>;
  readonly suspicious: number;
  readonly dollars: number;
}

const MAX_TOKENS = 400;

/**
 * Reads items by a model. An item that speaks to its reader is not shown to it at all; each other is asked about alone,
 * so that no item has a word in another's reading.
 *
 * @param name The model's name in the table.
 */
export async function readByModel(
  articles: readonly Article[],
  coins: readonly Coin[],
  model: LanguageModel,
  name: string,
): Promise<ModelReadings> {
  const enrichments: Enrichment[] = [], abstained: Record<string, number> = {};
  let read = 0, suspicious = 0, dollars = 0;
  for (const article of articles) {
    const plain = readByLexicon(article, coins);
    if (plain.suspicious) {
      suspicious++;
      enrichments.push(plain);
      continue;
    }
    const { outcome, calls } = await model.ask({
      model: name,
      messages: enrichmentMessages(article, coins),
      form: enrichmentForm,
      parameters: { ...PINNED, maxTokens: MAX_TOKENS },
      sample: 0,
      role: "news",
    });
    dollars += calls.reduce((sum, call) => sum + (call.source === "provider" ? call.dollars : 0), 0);
    if (outcome.kind === "abstention") {
      abstained[outcome.reason] = (abstained[outcome.reason] ?? 0) + 1;
      enrichments.push(plain);
    } else {
      read++;
      enrichments.push(boundedReading(outcome.value, article, plain, { coins, name }));
    }
  }
  return { enrichments, read, abstained, suspicious, dollars };
}

/** What a model said, kept to what the item holds: entities that it names, coins of the desk, its own numbers. */
export function boundedReading(
  said: SaidOfNews,
  { title, snippet }: Article,
  plain: Enrichment,
  { coins, name }: { readonly coins: readonly Coin[]; readonly name: string },
): Enrichment {
  const silent = said.speaksToReader;
  const sentiment = silent ? 0 : said.sentiment, magnitude = silent ? 0 : said.magnitude;
  const text = `${title} ${snippet}`.toLowerCase();
  const assets = said.coins.filter(({ coin }) => coins.includes(coin));
  return {
    sentiment,
    magnitude,
    eventType: said.eventType,
    entities: said.entities.filter((entity) => entity !== "" && text.includes(entity.toLowerCase())),
    assets: assets.filter(({ coin, relevance }, i) =>
      relevance > 0 && assets.findIndex((one) => one.coin === coin) === i
    ),
    impact: impactOf(sentiment, magnitude),
    horizon: said.horizon,
    numbers: plain.numbers,
    suspicious: silent,
    by: name,
  };
}
