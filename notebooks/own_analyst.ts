/**
 * A twenty-first agent, as you keep yours beside a notebook: an analyst with a reading of its own. Copy this file,
 * change it, and name it in `extensions`.
 */
import { type Extension, POOLS, VARIANTS } from "../src/mod.ts";

const { rsi } = POOLS["analyst.features"];
const [technical] = VARIANTS.analyst;

export default {
  methods: {
    "analyst.features": {
      fadedRsi: {
        ...rsi!,
        summary: "The relative strength index, faded: high reads as too high",
        run: (input, genes) => rsi!.run(input, genes).map((x) => -x),
      },
    },
  },
  variants: [{
    ...technical!,
    name: "contrarian",
    summary: "Fades the RSI, reads skewness beside it",
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
} satisfies Extension;
