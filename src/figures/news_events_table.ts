/** The weightiest stories of a digest as a table. */
import { formatTime } from "../core/time.ts";
import type { NewsDigest } from "../news/digest.ts";
import { NOT_POINT_IN_TIME } from "../market/panel_news.ts";
import { displayed } from "./displayed.ts";
import { signed } from "./format.ts";
import type { Table } from "./table.ts";

/** One row for each of the weightiest stories of the week, the weightiest first. */
export function newsEventsTable({ asOf, time, keyEvents }: NewsDigest): Table {
  return displayed({
    name: "news_events",
    title: `Weightiest stories as of ${formatTime(asOf)} UTC${
      time === "published" ? `, ${NOT_POINT_IN_TIME}` : ""
    }`,
    caption: "Credible, large, told by many outlets and fresh, in one number that orders them.",
    columns: [
      { label: "Told", align: "left", hint: "When it was first told, UTC" },
      { label: "Title", align: "left", hint: "As its most believed outlet has it" },
      {
        label: "Outlet",
        align: "left",
        hint: "Its domain, and its tier: 1 is believed most, 4 is not known",
      },
      { label: "Event", align: "left", hint: "Kind of event" },
      { label: "Sentiment", align: "right", hint: "For the price of what it is about, from -1 to 1" },
      { label: "Impact", align: "left", hint: "From how large and how one-sided it is" },
      { label: "Coins", align: "left", hint: "What it bears on" },
    ],
    rows: keyEvents.map(({ at, title, domain, tier, eventType, sentiment, impact, coins }) => ({
      cells: [
        formatTime(at),
        title,
        `${domain} (${tier})`,
        eventType,
        signed(sentiment),
        impact,
        coins.join(", "),
      ],
      strong: false,
    })),
  });
}
