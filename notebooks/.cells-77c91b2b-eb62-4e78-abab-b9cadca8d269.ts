export {}; // a module, so that await may stand at its top
import {
  backtestTable,
  column,
  compareStages,
  digestNews,
  foresight,
  foresightTable,
  loadMarket,
  loadNews,
  marketTable,
  marketWithNews,
  newsDigestTable,
  newsEventsTable,
  newsFigure,
  newsTruthTable,
  observe,
  researchOf,
  sharpeAnswer,
  show,
  stages,
  stageTable,
  team,
  tradeTeam,
} from "../src/mod.ts";

const coin = Deno.env.get("POPAGENT_COIN") ?? "BTC";
const market = await loadMarket({ synthetic: { mode: "planted", ic: 0.1, seed: 3, rows: 2190 } });
const news = await loadNews({ synthetic: market });
await show(marketTable(market));
;
const asOf = Date.UTC(2022, 8, 1, 20);
await show(newsDigestTable(digestNews(news, asOf)));
await show(newsEventsTable(digestNews(news, asOf)));
;
await show(newsTruthTable(market, news));
;
const informed = marketWithNews(market, news);
await show(newsFigure(informed));
;
const sentiment = column(informed, coin, "newsSentiment");
const overall = column(informed, coin, "newsOverall");
await show(foresightTable(foresight(informed, { sentiment, overall }, { coin })));
;
const four = team({ analyst: "momentum", researcher: "bayesian" });
await show(stageTable(compareStages(stages(market, four), stages(informed, four), coin)));
;
const tests = { "no news": tradeTeam(market, four), news: tradeTeam(informed, four) };
await show(backtestTable(tests));
;
const at = 1460, [first] = informed.coins;
const seen = (masked: boolean) =>
  observe(researchOf(informed, four), at, 0, { coins: masked, dates: masked }).news!;
console.log(first, seen(false));
console.log(seen(true));
;
await show(sharpeAnswer(tests));
;
