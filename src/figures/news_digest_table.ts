/** A digest of the news as a table: one row for all of it and one for each coin. */
import { formatTime } from "../core/time.ts";
import { NOT_POINT_IN_TIME } from "../market/panel_news.ts";
import type { HeardOf, NewsDigest } from "../news/digest.ts";
import { displayed } from "./displayed.ts";
import { count, signed } from "./format.ts";
import type { Table } from "./table.ts";

/** Sentiment, trend, number of stories, credibility and age, of all news and of each coin. */
export function newsDigestTable(digest: NewsDigest): Table {
  const { asOf, time, overall, coins } = digest;
  const rule = time === "observed" ? "by when it had been seen" : NOT_POINT_IN_TIME;
  const row = (name: string, heard: HeardOf, strong: boolean) => ({
    cells: [
      name,
      signed(heard.sentiment),
      signed(heard.trend),
      count(heard.count),
      heard.credibility.toFixed(2),
      heard.ageHours === null ? "–" : heard.ageHours.toFixed(1),
    ],
    strong,
  });
  return displayed({
    name: "news_digest",
    title: `News as of ${formatTime(asOf)} UTC, ${rule}`,
    caption: "Sentiment is weighted by credibility and freshness and drawn to 0 where little is heard.",
    columns: [
      { label: "About", align: "left", hint: "A coin, or all that is heard" },
      { label: "Sentiment", align: "right", hint: "Of its price, from -1 to 1" },
      { label: "Trend", align: "right", hint: "Sentiment now less that of a day before" },
      { label: "Stories", align: "right", hint: "Of the last week" },
      { label: "Credibility", align: "right", hint: "Of what is heard, from 0 to 1" },
      { label: "Age, h", align: "right", hint: "Hours since the newest story; – if older than a month" },
    ],
    rows: [
      row("all", overall, true),
      ...Object.entries(coins).map(([coin, heard]) => row(coin, heard, false)),
    ],
  });
}
