/** A digest of the news in lines. */
import { formatTime } from "../../core/time.ts";
import { NOT_POINT_IN_TIME } from "../../market/panel_news.ts";
import { count, signed } from "../../figures/format.ts";
import { newsDigestTable } from "../../figures/news_digest_table.ts";
import type { NewsDigest } from "../../news/digest.ts";
import { paragraph } from "./paragraph.ts";
import { textTable } from "./run_text.ts";

/** The digest as a terminal shows it: when and by which rule, coins, narratives, key events, sources. */
export function newsDigestText(digest: NewsDigest): string {
  const { narratives, keyEvents, sources, time } = digest;
  const { byTier } = sources, table = newsDigestTable(digest);
  return [
    ...(time === "published"
      ? [
        paragraph(`!! ${NOT_POINT_IN_TIME}: by date of publication, collected later; for exploration alone.`),
      ]
      : []),
    table.title,
    textTable(table),
    "",
    "What was told of, in the week before:",
    ...narratives.map(({ eventType, stories, sentiment, terms }) =>
      paragraph(
        `${eventType}: ${count(stories)} ${stories === 1 ? "story" : "stories"}, sentiment ${
          signed(sentiment)
        }` +
          (terms.length > 0 ? ` (${terms.join(", ")})` : ""),
        "  ",
        "    ",
      )
    ),
    "",
    "Weightiest stories:",
    ...keyEvents.flatMap((event) => [
      paragraph(`${formatTime(event.at)}  ${event.title}`, "  ", "    "),
      paragraph(
        `${event.domain} (tier ${event.tier}), told ${event.tellings}x; ${event.eventType}, sentiment ${
          signed(event.sentiment)
        }, impact ${event.impact}, felt for ${event.horizon}${
          event.coins.length > 0 ? `; ${event.coins.join(", ")}` : ""
        }`,
        "      ",
        "      ",
      ),
    ]),
    ...(narratives.length === 0 ? ["  none"] : []),
    "",
    paragraph(
      `${count(sources.items)} items in ${count(sources.stories)} stories; by best outlet: tier 1 ${
        byTier[1]
      }, tier 2 ${byTier[2]}, tier 3 ${byTier[3]}, unknown ${
        byTier[4]
      }. Set aside as speaking to their reader: ${count(sources.suspicious)}.`,
    ),
  ].join("\n");
}
