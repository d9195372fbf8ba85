/** A sixth analyst with a reading of its own, as somebody keeps it beside a notebook. */
import { VARIANTS } from "popagent/agents/catalogue.ts";
import type { Extension } from "popagent/mod.ts";
import { POOLS } from "popagent/inventory/pools.ts";

const { rsi } = POOLS["analyst.features"];
const [technical] = VARIANTS.analyst;

export default {
  methods: {
    "analyst.features": {
      fadedRsi: {
        ...rsi!,
        summary: "The relative strength index, faded",
        run: (input, genes) => rsi!.run(input, genes).map((x) => -x),
      },
    },
  },
  variants: [{
    ...technical!,
    name: "faded",
    summary: "Faded RSI and skewness",
    start: {
      shortLookback: 14,
      middleLookback: 30,
      longLookback: 60,
      trendSensitivity: 0.6,
      regimeThreshold: 0.5,
      fadedRsiWeight: 0.5,
      skewnessWeight: 0.5,
    },
    identity: { ...technical!.identity, readings: ["fadedRsi", "skewness"], derivatives: [], signals: [] },
  }],
  strategies: {
    ownHold: {
      label: "Own hold",
      kind: "reference",
      note: "Holds nothing.",
      mandate: (desk) => {
        const rows = desk.market.panel.rows, coins = desk.arena.coins;
        return {
          plan: { rows, coins, values: new Float64Array(rows * coins * 8) },
          limits: { rows, values: new Float64Array(rows * 6).fill(1) },
        };
      },
    },
  },
} satisfies Extension;
