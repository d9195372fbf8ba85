/** What a newcomer adds to the house, and in how many files: edits by path below src, or a file of one's own. */

/** A file as it is before (empty if it is new), and as it has to be after. */
export type Edit = (before: string) => string;

/** One thing added. */
export interface Extension {
  readonly what: string;
  readonly edits: Readonly<Record<string, Edit>>;
}

/** Puts a text before, or after, the first place where another stands. */
const insert = (where: "before" | "after", place: string, text: string): Edit => (before) => {
  if (!before.includes(place)) throw new Error(`Cannot add to a file as it must hold ${place}`);
  return before.replace(place, () => where === "before" ? `${text}${place}` : `${place}${text}`);
};
const written = (text: string): Edit => () => text;
const both = (...edits: readonly Edit[]): Edit => (before) =>
  edits.reduce((text, edit) => edit(text), before);

/** Every extension that the scratch copy gets. */
export const EXTENSIONS: readonly Extension[] = [
  {
    what: "a sixth analyst variant",
    edits: {
      "src/agents/variants/analyst.ts": (before) =>
        before.replace(
          /\];\s*$/,
          `  analyst(
    "newcomer",
    "RSI and skewness alone",
    { lookbacks: [14, 30, 60], weights: [.5, .5], trendSensitivity: .6, regimeThreshold: .5 },
    { readings: ["rsi", "skewness"], derivatives: [], signals: [] },
  ),\n];\n`,
        ),
    },
  },
  {
    what: "a forecasting method that a variant selects",
    edits: {
      "my_forecaster.ts": written(`
import { declareVariant, VARIANTS } from "popagent/agents/catalogue.ts";
import { declareMethod, POOLS } from "popagent/inventory/pools.ts";

const { expandingMean } = POOLS["researcher.forecasting"];
declareMethod("researcher.forecasting", "halfMean", {
  ...expandingMean!,
  summary: "Half the mean of all moves so far",
  run: (input, genes) => {
    const forecast = expandingMean!.run(input, genes);
    const halved = forecast.coins.map((coin) => ({
      ...coin,
      mean: coin.mean.map((series) => series.map((x) => x / 2)),
    }));
    return { ...forecast, coins: halved };
  },
});
const [base] = VARIANTS.researcher;
declareVariant({
  ...base!,
  name: "halfway",
  summary: "Half the mean of all moves so far",
  identity: { ...base!.identity, forecasting: "halfMean", uncertainty: null, calibration: null },
});
`),
    },
  },
  {
    what: "a risk method that a variant selects",
    edits: {
      "my_risk.ts": written(`
import { declareVariant, VARIANTS } from "popagent/agents/catalogue.ts";
import { declareMethod } from "popagent/inventory/pools.ts";

declareMethod("risk.checks", "half", {
  summary: "Half of the limits at every row",
  genes: [],
  start: {},
  warmUp: 0,
  refitEvery: 1,
  needs: [],
  run: ({ plan }) => ({ share: new Float64Array(plan.rows).fill(0.5), end: [] }),
});
const [base] = VARIANTS.risk;
declareVariant({ ...base!, name: "halved", summary: "Half limits", identity: { check: "half" } });
`),
    },
  },
  {
    what: "a strategy",
    edits: {
      "src/experiments/references/passive.ts": insert(
        "after",
        "export const PASSIVE = {",
        `
  flat: {
    label: "Always flat",
    kind: "reference",
    note: "Never trades.",
    mandate: (desk) => ({ plan: holdingPlan(desk), limits: openLimits(desk.market.panel.rows) }),
  },`,
      ),
    },
  },
  {
    what: "a sixth coin",
    edits: {
      "configs/six_coins.yaml": written(`
universe: { coins: [BTC, ETH, SOL, DOGE, XRP, ADA] }
market: { mode: planted, ic: 0.1, rows: 1000 }
population: { size: 9, committeeShare: 0.0014, transferEvery: 1 }
iterations: 2
`),
    },
  },
  {
    what: "an event",
    edits: {
      "src/events/pause.ts": written(`
import * as z from "zod";
import { declareEvent } from "./event_kind.ts";

export const pauseEvent = declareEvent({
  schema: z.strictObject({ type: z.literal("pause"), row: z.int().min(0), reason: z.string() }),
  label: "Pause",
  summary: ({ row, reason }) => \`row \${row}: \${reason}\`,
});
`),
      "src/events/event.ts": both(
        insert("before", "import { iterationEvent }", 'import { pauseEvent } from "./pause.ts";\n'),
        insert("after", "  iteration: iterationEvent,", "\n  pause: pauseEvent,"),
      ),
    },
  },
];
