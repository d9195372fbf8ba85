/** The proof of no look-ahead as a list of checks: planted cheats that must be caught, and the product, which must be clear. */
import { createMemo } from "../../core/memo.ts";
import { CATALOGUE, type CatalogueEntry, columnBars } from "../../features/catalogue.ts";
import { standardisedSignals } from "../../features/signals/signals.ts";
import type { Panel } from "../../market/panel.ts";
import { marketRegimes } from "../../market/regimes.ts";
import { agentOutputs } from "./agent_outputs.ts";
import { CHEATS } from "./cheats/all.ts";
import { boundaryRows, plantedPanel } from "./planted_market.ts";
import { type Computation, flagged, probe, report, type Verdict } from "./probe.ts";
import { probedConfig } from "./probed_config.ts";
import { populationOutputs } from "./run_outputs.ts";
import { cuts, futures, type Trial } from "./trials.ts";

/** One check, before it is run. */
export interface LeakCheck {
  readonly name: string;
  /** True for a cheat that was planted: the check holds if it is caught. */
  readonly planted: boolean;
  readonly run: () => Promise<LeakFinding>;
}

/** What a check found. */
export interface LeakFinding {
  readonly holds: boolean;
  readonly worlds: number;
  /** Values compared. */
  readonly compared: number;
  /** Outputs that knew the future, and the first places where they did. */
  readonly flagged: readonly string[];
  readonly told: string;
}

/** Rows of the whole run that is probed, its agents a role, and where it is cut. */
const RUN_ROWS = 1500, CUTS = 6;

/**
 * All checks, the planted cheats first.
 *
 * @param seed Of the market that the product is probed on.
 */
export function leakChecks(seed: number): LeakCheck[] {
  return [...plantedChecks(), ...productChecks(seed)];
}

/** Each cheat must be caught, and the same computation done honestly be clear. */
function plantedChecks(): LeakCheck[] {
  const panel = plantedPanel(520);
  const rows = [...boundaryRows(panel, 200, 500, 7), 453, 473]; // the last two lie in gaps
  const all = [...cuts(panel, rows), ...futures(panel, rows)];
  const few = [...cuts(panel, [431, 480]), ...futures(panel, [450], ["tenfold"])]; // a population takes its time
  return Object.entries(CHEATS).map(([name, { cheat, honest }]) => ({
    name,
    planted: true,
    run: async () => {
      const trials = name === "championOfTheWindow" ? few : all;
      const cleared = await probe(panel, trials, honest), convicted = await probe(panel, trials, cheat);
      const holds = cleared.violations.length === 0 && convicted.violations.length > 0;
      return { ...findingOf(convicted), holds, told: cleared.violations.length > 0 ? report(cleared) : "" };
    },
  }));
}

function productChecks(seed: number): LeakCheck[] {
  const panel = plantedPanel(640, seed);
  const trials = [
    ...cuts(panel, boundaryRows(panel, 40, 639, 20)),
    ...futures(panel, boundaryRows(panel, 300, 630, 2)),
  ];
  const whole = plantedPanel(RUN_ROWS, seed), config = probedConfig({ seed });
  const memo = createMemo(64 * 2 ** 20);
  return [
    productCheck("every column of the catalogue, signals and regimes", panel, trials, featureOutputs),
    productCheck(
      "every agent: readings, forecasts, plans, limits, accounts",
      panel,
      trials,
      (world) => agentOutputs(world, memo),
    ),
    productCheck(
      `a whole run of ${config.population.size} agents a role over ${RUN_ROWS} rows`,
      whole,
      cuts(whole, boundaryRows(whole, 760, RUN_ROWS - 1, CUTS)),
      (world, t) => populationOutputs(world, t, config, Math.floor((RUN_ROWS - 720) / config.clock.stepRows)),
    ),
  ];
}

function productCheck(name: string, panel: Panel, trials: readonly Trial[], compute: Computation): LeakCheck {
  return {
    name,
    planted: false,
    run: async () => {
      const verdict = await probe(panel, trials, compute);
      const clear = verdict.violations.length === 0 && verdict.compared > 0;
      return { ...findingOf(verdict), holds: clear, told: clear ? "" : report(verdict) };
    },
  };
}

function findingOf(verdict: Verdict): Omit<LeakFinding, "holds" | "told"> {
  return { worlds: verdict.trials, compared: verdict.compared, flagged: flagged(verdict) };
}

/** Every column of every coin, the cross-asset signals, and the regimes. */
const featureOutputs: Computation = (panel) => {
  const { trend, volatility } = marketRegimes(panel);
  return {
    series: [
      ...panel.coins.flatMap(({ coin }, i) => {
        const bars = columnBars(panel, i);
        const columns = Object.entries(CATALOGUE as Readonly<Record<string, CatalogueEntry>>)
          .filter(([, { ofNews }]) => !ofNews || bars.news !== undefined);
        return columns.map(([name, { compute, defaults }]) => ({
          name: `${coin} ${name}`,
          values: compute(bars, defaults),
        }));
      }),
      ...Object.entries(standardisedSignals(panel)).map(([name, values]) => ({ name, values })),
      { name: "trend", values: trend },
      { name: "volatility", values: volatility },
    ],
  };
};
