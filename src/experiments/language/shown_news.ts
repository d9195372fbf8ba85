/** What a model is shown of the news at the close of a row. */
import { BAR_MS } from "../../core/universe.ts";
import type { Panel } from "../../market/panel.ts";
import type { Headline, NewsColumns } from "../../market/panel_news.ts";
import type { Mask } from "./mask.ts";
import type { Observation } from "./observation.ts";

/** Stories that are shown, the newest ones; and how old they may be: a week. */
const SHOWN = 8, OLDEST_MS = 7 * 86_400_000;
const HOUR_MS = 3_600_000;

/**
 * News of a coin as known at a close, as JSON; nothing where the market has none. It reads columns at the row and headlines
 * up to its close. Titles name coins and times, so they are left out wherever either is masked: then kinds of events,
 * sentiments and ages alone are shown.
 */
export function shownNews(
  { news, openTime, coins }: Panel,
  row: number,
  coin: number,
  mask: Mask,
): Pick<Observation, "news"> {
  if (news === null) return {};
  const close = openTime[row]! + BAR_MS, name = coins[coin]!.coin;
  const told = (news.headlines ?? []).filter((one) =>
    one.at <= close && one.at > close - OLDEST_MS && (one.coins.length === 0 || one.coins.includes(name))
  );
  const stories = told.slice(-SHOWN).reverse().map((one) => storyOf(one, close, mask));
  return {
    news: JSON.stringify({
      asset: columnsAt(news.coins[coin]!, row),
      market: columnsAt(news.overall, row),
      stories,
    }),
  };
}

function columnsAt({ sentiment, count, credibility, age }: NewsColumns, row: number) {
  return {
    sentiment: short(sentiment[row]!),
    storiesInWeek: count[row]!,
    credibility: short(credibility[row]!),
    newestHoursAgo: short(age[row]! * BAR_MS / HOUR_MS),
  };
}

function storyOf({ at, title, tier, event, sentiment }: Headline, close: number, mask: Mask) {
  return {
    hoursAgo: short((close - at) / HOUR_MS),
    tier,
    event,
    sentiment: short(sentiment),
    ...(mask.coins || mask.dates ? {} : { title }),
  };
}

function short(value: number): number {
  return Number(value.toPrecision(3));
}
