export {}; // a module, so that await may stand at its top
import {
  forecastQuality,
  forecastQualityTable,
  inventory,
  inventoryTable,
  loadMarket,
  marketSource,
  marketTable,
  forecastPitFigure,
  poolFigure,
  readingChoices,
  forecastReliabilityFigure,
  selectionFigure,
  selectionTable,
  show,
  verdictsTable,
} from "../src/mod.ts";

const folder = Deno.env.get("POPAGENT_DATA"); // a folder of real bars; none gives a market with a known edge
const coin = Deno.env.get("POPAGENT_COIN") ?? "BTC";
const market = await loadMarket(
  folder ? { folder } : { synthetic: { mode: "planted", ic: 0.1, seed: 3, rows: 2190 } },
);
await show(marketTable(market));
await show(inventoryTable(inventory()));
;
const quality = forecastQuality(market);
await show(forecastPitFigure(quality, marketSource(market)));
;
await show(forecastReliabilityFigure(quality, marketSource(market)));
;
await show(poolFigure(market, "analyst.features", coin));
;
await show(poolFigure(market, "analyst.trends", coin));
;
await show(poolFigure(market, "analyst.volatility", coin));
;
await show(poolFigure(market, "analyst.regimes", coin));
;
await show(poolFigure(market, "researcher.forecasting", coin));
;
await show(poolFigure(market, "trader.views", coin));
;
await show(poolFigure(market, "trader.stances", coin));
;
await show(poolFigure(market, "trader.styles", coin));
;
await show(poolFigure(market, "trader.sizing", coin));
;
await show(poolFigure(market, "risk.checks", coin));
;
await show(verdictsTable(market, 1500));
;
const { keys, selection } = readingChoices(market, "technical", { keep: 1 });
await show(selectionFigure(selection, keys, market.panel.openTime, marketSource(market)));
;
await show(selectionTable(selection, keys, market.panel.openTime));
;
await show(forecastQualityTable(quality));
;
