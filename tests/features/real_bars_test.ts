import assert from "node:assert/strict";
import { readBybitFolder } from "../../src/adapters/bars/bybit_csv.ts";
import {
  CATALOGUE,
  type CatalogueEntry,
  computeColumn,
  DEFAULT_COLUMNS,
} from "../../src/features/catalogue.ts";
import { crossAssetSignals, SIGNAL_NAMES, standardisedSignals } from "../../src/features/signals/signals.ts";
import { createPanel, truncatePanel } from "../../src/market/panel.ts";
import { realBarsFolder } from "../real_bars.ts";
import { assertCausal, assertPanelCausal } from "./causality.ts";

const folder = realBarsFolder();
if (folder === null) console.log("No real bars found: features are tested on random bars alone.");

/** Development rows only (the first two years); the last year is sealed. */
const ROWS = 4378;

Deno.test({
  name:
    "real bars: every column is finite after its warm-up, every signal plausible, and none reads the future",
  ignore: folder === null,
  fn() {
    const { coins: all, openTime } = readBybitFolder(folder!);
    const source = { kind: "bybit", folder: folder!, unsealed: false, sealedRows: 0 } as const;
    const panel = truncatePanel(createPanel(all, openTime, source), ROWS);
    const { coins } = panel;
    for (const spec of DEFAULT_COLUMNS) {
      const warmUp = (CATALOGUE[spec.name] as CatalogueEntry).warmUp(spec.params);
      for (const bars of coins) {
        assert.ok(
          computeColumn(bars, spec).subarray(warmUp).every(Number.isFinite),
          `${bars.coin} ${spec.name}`,
        );
      }
      // Row 452 is the BTC bar whose long ratio the exchange reports as 0.
      assertCausal(coins[0]!, [452, 2000], (bars) => computeColumn(bars, spec));
    }
    const signals = crossAssetSignals(panel), readings = standardisedSignals(panel);
    const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;
    for (const name of SIGNAL_NAMES) {
      assert.ok(signals[name].subarray(180).every(Number.isFinite), name);
      const late = readings[name].subarray(360);
      const sd = Math.sqrt(mean(late.map((value) => value * value)) - mean(late) ** 2);
      assert.ok(sd > 0.5 && sd < 2 && Math.abs(mean(late)) < 1, `${name}: mean ${mean(late)}, sd ${sd}`);
    }
    const level = (name: keyof typeof signals) => mean(signals[name].subarray(180));
    assert.ok(level("btc_dominance") > 0.3 && level("btc_dominance") < 0.8);
    assert.ok(level("market_volatility") > 0.4 && level("market_volatility") < 1.2);
    assert.ok(level("cross_correlation") > 0.5 && level("cross_correlation") < 0.9);
    assert.ok(level("eth_btc_ratio") > 0.05 && level("eth_btc_ratio") < 0.1);
    assertPanelCausal(panel, [452, 2000], (rows) => standardisedSignals(rows).risk_on_off);
  },
});
