import { Command } from "@commander-js/extra-typings";
import { openLanguageModel } from "../../adapters/llm/open_language_model.ts";
import { readNewsFile } from "../../adapters/news/news_file.ts";
import { writeNews } from "../../adapters/news/news_store.ts";
import { DECLARED_COINS } from "../../core/universe.ts";
import { readByModel } from "../../news/model_reading.ts";
import { countOf } from "../counts.ts";
import { parseCoins } from "../instants.ts";
import { cassetteMode, SPENDING, withModels } from "../llm_flags.ts";
import { say } from "../print.ts";

const EXAMPLES = `
Each item is asked about alone, its words behind a fence. One that speaks to its reader is not shown to the model. Where
the model gives no answer that fits, nothing is stored and the lexicon goes on reading the item. A model that may have
read what came after an item knows its outcome: such readings are for exploration (docs/NEWS.md).

Examples:
  deno task news enrich data/news/articles.jsonl --model gpt-4.1
  deno task news enrich data/news/articles.jsonl --model deepseek-flash --most 100 --out data/news/read.jsonl
  deno task popagent news enrich data/news/articles.jsonl --model gpt-4.1 --cassettes replay`;

/** popagent news enrich: a language model reads a file of news. */
export function newsEnrichCommand() {
  return withModels(new Command("enrich").argument("<file>", "JSONL of items"))
    .description("Let a language model read the items of a file: sentiment, event, coins, impact")
    .requiredOption("--model <name>", "a model of the table")
    .option("--most <count>", "most items that are read, those that no model has read", "200")
    .option("--coins <list>", "coins that items may be about", DECLARED_COINS.join(","))
    .option(
      "--cassettes <mode>",
      "record keeps new calls, replay sends nothing, live keeps nothing",
      "record",
    )
    .option("--cassette-folder <folder>", "the folder of cassettes", "data/llm/cassettes")
    .option("--out <file>", "where the read items are written; left out, into the file itself")
    .option("--json", "print JSON instead of text")
    .addHelpText("after", EXAMPLES)
    .action(async (file, flags) => {
      const items = await readNewsFile(file);
      const most = countOf(flags.most, "--most"), coins = parseCoins(flags.coins, "--coins");
      const unread = items.filter(({ enrichment }) => enrichment === null).slice(0, most);
      using model = await openLanguageModel({
        cassettes: cassetteMode(flags.cassettes),
        folder: flags.cassetteFolder,
        models: flags.models,
        spending: SPENDING,
        run: `news enrich ${new Date().toISOString()}`,
      });
      const readings = await readByModel(unread.map(({ article }) => article), coins, model, flags.model);
      const said = new Map(unread.map(({ article }, i) => [article.id, readings.enrichments[i]!]));
      const out = flags.out ?? file;
      await writeNews(
        out,
        items.map((item) => {
          const reading = said.get(item.article.id);
          return reading?.by === flags.model ? { ...item, enrichment: reading } : item;
        }),
      );
      const { read, suspicious, abstained, dollars } = readings;
      if (flags.json) return say(JSON.stringify({ out, read, suspicious, abstained, dollars }), out);
      const reasons = Object.entries(abstained).map(([reason, count]) => `${count} ${reason}`).join(", ");
      say(
        `${out}: ${read} items read by ${flags.model} for ${
          dollars.toFixed(4)
        } USD; ${suspicious} not shown as they ` +
          `speak to their reader; without an answer: ${reasons || "none"}.`,
        out,
      );
    });
}
