/**
 * Agents that choose among methods, and agents that name methods which no declared one does. Name this file in
 * `extensions`, and who plays in `population.agents`, or one of each role: --analyst chooser --trader patient.
 */
import { type Extension, POOLS, selectingCheck, selectingForecaster, VARIANTS } from "../src/mod.ts";

const [technical] = VARIANTS.analyst;
const researcher = VARIANTS.researcher.find(({ name }) => name === "bayesian")!;
const [aggressive, conservative] = VARIANTS.trader;
const [strict] = VARIANTS.risk;

const { bayesian, quantileRegression, expandingMean } = POOLS["researcher.forecasting"];
const { expectedShortfall, liquidationSafety, trailingStop } = POOLS["risk.checks"];

/** Which of three forecasters to believe, weekly; what agents prefer is taught from one to the other. */
const forecasters = selectingForecaster(
  { bayesian: bayesian!, quantileRegression: quantileRegression!, expandingMean: expandingMean! },
  { every: 42, steps: 6, keep: 1 },
);
/** Which of three checks to keep to, weekly. */
const checks = selectingCheck(
  { expectedShortfall: expectedShortfall!, liquidationSafety: liquidationSafety!, trailingStop: trailingStop! },
  { every: 42, steps: 42 },
);

export default {
  methods: { "researcher.forecasting": { chooser: forecasters }, "risk.checks": { chooser: checks } },
  variants: [
    {
      ...technical!,
      name: "chooser",
      summary: "Looks at one reading at a time, chosen by regime",
      identity: { ...technical!.identity, trend: "selected" },
    },
    {
      ...researcher,
      name: "chooser",
      summary: "Believes one forecaster at a time, chosen by regime",
      shares: forecasters.genes.filter(({ group }) => group === "researcher.forecasting"),
      identity: { ...researcher.identity, forecasting: "chooser", calibration: null },
    },
    {
      ...conservative!,
      name: "patient",
      summary: "Enters by a ladder of resting orders, sized by capped Kelly",
      identity: { ...conservative!.identity, style: "ladder", sizing: "cappedKelly" },
    },
    {
      ...aggressive!,
      name: "sliced",
      summary: "Enters and leaves in slices, at a target volatility",
      identity: { ...aggressive!.identity, style: "twap", sizing: "volatilityTarget" },
    },
    {
      ...strict!,
      name: "chooser",
      summary: "Keeps to one of three checks, chosen by regime",
      identity: { check: "chooser" },
    },
    {
      ...strict!,
      name: "portfolio",
      summary: "Leverage capped by the portfolio's value at risk",
      identity: { check: "portfolioVar" },
    },
  ],
} satisfies Extension;
