/**
 * A default iteration with the whole inventory over one with the declared agents: five agents a role that name every method of
 * its pools but the Temporal Fusion Transformer and what needs answers from outside, several by choosing among them. Iterations 2 .. 11 on
 * two synthetic years, a transfer among them; the first of each is left out. Run: deno task bench inventory_iteration.
 */
import process from "node:process";
import { declareExtension, type Extension } from "../src/adapters/extensions/extension.ts";
import { variantNamed } from "../src/agents/catalogue.ts";
import { needsOf, type Variant } from "../src/agents/variant.ts";
import { byRole } from "../src/genome/role.ts";
import { populationRunConfig, settingsSchema } from "../src/experiments/config.ts";
import { planRun } from "../src/experiments/run_plan.ts";
import { createDesk, marketOf } from "../src/experiments/market.ts";
import { selectingCheck } from "../src/inventory/selection/selected_check.ts";
import { selectingForecaster } from "../src/inventory/selection/selected_forecast.ts";
import { type PoolName, POOLS } from "../src/inventory/pools.ts";
import { startState } from "../src/population/state.ts";
import { step } from "../src/population/step.ts";

const SIZE = 5, FIRST = 2, LAST = 11;
const LEFT_OUT = ["temporalFusion", "proposed", "answered", "selected"]; // `selected` is a trend, named below
const keysOf = (pool: PoolName) => Object.keys(POOLS[pool]).filter((key) => !LEFT_OUT.includes(key));
/** The methods of a pool dealt out to agents in turn. */
const dealt = (pool: PoolName) => {
  const keys = keysOf(pool);
  return Array.from({ length: SIZE }, (_, agent) => keys.filter((_, i) => i % SIZE === agent));
};
const some = (pool: PoolName, agent: number) => keysOf(pool)[agent % keysOf(pool).length]!;
const picked = <Kind>(methods: Readonly<Record<string, Kind>>, keys: readonly string[]) =>
  Object.fromEntries(keys.map((key) => [key, methods[key]!]));

const agents = Array.from({ length: SIZE }, (_, i) => i), name = (agent: number) => `whole${agent}`;
const readings = dealt("analyst.features"), forecasters = dealt("researcher.forecasting");
const checks = dealt("risk.checks");
const [technical, bayesian, aggressive, strict] = [
  variantNamed("analyst", "technical"),
  variantNamed("researcher", "bayesian"),
  variantNamed("trader", "aggressive"),
  variantNamed("risk", "strict"),
];
const common = (variant: Variant) =>
  Object.fromEntries(Object.entries(variant.start).filter(([key]) => !key.endsWith("Weight")));

declareExtension({
  methods: {
    "researcher.forecasting": Object.fromEntries(
      agents.map((
        i,
      ) => [name(i), selectingForecaster(picked(POOLS["researcher.forecasting"], forecasters[i]!))]),
    ),
    "risk.checks": Object.fromEntries(
      agents.map((i) => [name(i), selectingCheck(picked(POOLS["risk.checks"], checks[i]!))]),
    ),
  },
  variants: agents.flatMap((i): NonNullable<Extension["variants"]> => [
    {
      ...technical,
      name: name(i),
      start: {
        ...common(technical),
        ...Object.fromEntries(readings[i]!.map((key, _, all) => [`${key}Weight`, 1 / all.length])),
      },
      identity: {
        ...technical.identity,
        readings: readings[i]!,
        trend: ["fixed", "earned", "selected"][i % 3]!,
        volatility: some("analyst.volatility", i),
        regimes: some("analyst.regimes", i),
      },
    },
    {
      ...bayesian,
      name: name(i),
      identity: {
        ...bayesian.identity,
        forecasting: name(i),
        uncertainty: some("researcher.uncertainty", i),
        calibration: some("researcher.calibration", i),
        probabilities: some("researcher.probabilities", i),
      },
    },
    {
      ...aggressive,
      name: name(i),
      identity: {
        ...aggressive.identity,
        view: some("trader.views", i),
        stance: some("trader.stances", i),
        style: some("trader.styles", i),
        sizing: some("trader.sizing", i),
      },
    },
    { ...strict, name: name(i), identity: { check: name(i) } },
  ]),
});

/** CPU seconds of an iteration, the mean of 2 .. 11. */
function iterationOf(names: readonly string[] | null): number {
  const population = names === null ? {} : { agents: byRole(() => names) };
  const config = populationRunConfig(
    settingsSchema.parse({ market: { mode: "planted", ic: 0.1 }, population }),
  );
  const { panel, window: { iterations } } = planRun(config, marketOf(config).panel);
  const desk = createDesk(panel, config, 512 * 2 ** 20);
  const { clock, seed } = config;
  const context = { desk, config: config.population, clock, seed, iterations };
  let state = startState(config.population, seed, desk.arena.coins, config.startingEquity), spent = 0;
  for (let k = 0; k <= LAST; k++) {
    const before = process.cpuUsage();
    state = step(state, context).state;
    const { user, system } = process.cpuUsage(before);
    if (k >= FIRST) spent += (user + system) / 1e6 / (LAST - FIRST + 1);
  }
  return spent;
}

const names = agents.map(name);
const named = new Set(names.flatMap((one) => needsOf(variantNamed("analyst", one))));
const declared = iterationOf(null), whole = iterationOf(names);
console.log(
  `an iteration: declared agents ${declared.toFixed(2)} CPU s, whole inventory ${whole.toFixed(2)} CPU s, ${
    (whole / declared).toFixed(2)
  } times (aim 4); its analysts need ${[...named].join(", ") || "prices alone"}`,
);
