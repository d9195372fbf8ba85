import { Command } from "@commander-js/extra-typings";
import { newsDigestCommand } from "./news_digest.ts";
import { newsEnrichCommand } from "./news_enrich.ts";
import { newsFetchCommand } from "./news_fetch.ts";

const EXAMPLES = `
An item is let in once it had been seen (news.time: observed); by its date of publication it is exploration alone, and
everything made of it says so. docs/NEWS.md has the rules, the sources and what a file holds.

Examples:
  deno task popagent news digest                                  of the synthetic market's own news
  deno task popagent news digest data/news/articles.jsonl --at "2025-10-06 08:00"
  deno task news fetch --provider gdelt --from 2026-11-20 --to 2026-11-24
  deno task news enrich data/news/articles.jsonl --model gpt-4.1  a model reads what the lexicon read`;

/** popagent news: fetch, read and sum up news. */
export function newsCommand() {
  return new Command("news")
    .addCommand(newsDigestCommand())
    .addCommand(newsFetchCommand())
    .addCommand(newsEnrichCommand())
    .addHelpText("after", EXAMPLES);
}
