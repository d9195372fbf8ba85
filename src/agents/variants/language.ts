/** Traders that ask a language model. They play where they are named: the default population has no model. */
import { COMMON_GENES } from "../../genome/common_genes.ts";
import { PROMPT_GENES, promptShares } from "../../inventory/trader/prompts/listening.ts";
import type { Variant } from "../variant.ts";

/**
 * A language trader. What it wants of a coin it is told, size and levels among it, so it has none of its role's genes;
 * what it learns is how much to listen to each prompt.
 */
function language(
  name: string,
  summary: string,
  shares: Readonly<Record<string, number>>,
): Variant<"trader"> {
  return {
    name,
    role: "trader",
    summary,
    start: promptShares(shares),
    lacks: COMMON_GENES.trader.map((gene) => gene.name),
    shares: PROMPT_GENES,
    byName: true,
    identity: {
      view: "middle",
      stance: "steady",
      style: "answered",
      forecastWeight: 1,
      direction: 0,
      fullEdge: .15,
    },
  };
}

/** The language traders, by what they listen to at the start. */
export const languageVariants: readonly Variant<"trader">[] = [
  language("languageGeneral", "Asks a language model that weighs everything", { generalist: 1 }),
  language("languageTrend", "Asks a language model that follows moves under way", {
    trendShort: .5,
    trendLong: .5,
  }),
  language("languageReversal", "Asks a language model that fades what went too far", {
    reversalShort: .5,
    crowding: .5,
  }),
  language("languageForecast", "Asks a language model that trades the research forecast", {
    forecastPlain: .5,
    sceptic: .5,
  }),
  language("languageContext", "Asks a language model that reads the whole market and the news", {
    macro: .5,
    newsReader: .5,
  }),
];
