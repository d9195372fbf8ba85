/**
 * Does a population make the right thing of what it is answered? On planted markets one of three traders asks a script:
 * one that knows the truth must lift the run, one that lies must lose its credit. Scripts are no language models.
 */
import * as z from "zod";
import { hashJson } from "../../core/hash.ts";
import { eventsOfType } from "../../events/event.ts";
import { type PopulationRunConfig, populationRunConfig, type Settings } from "../config.ts";
import { hashedConfig } from "../hashed_config.ts";
import { createDesk, marketOf } from "../market.ts";
import type { ThresholdCheck } from "../validation.ts";
import { countThoughts } from "./counts.ts";
import { scriptedRun } from "./scripted_run.ts";
import { type Script, scriptedModel, scriptMarket } from "./scripted.ts";

/** Iterations within which a liar's credit must be below the median of its role, to stay there. */
const FOUND_OUT = 20;
/** The trader that asks, in the place of a trader by rules. */
const ASKING = "languageGeneral", REPLACED = "aggressive", BESIDE = ["momentum", "adaptive"];

const armSchema = z.strictObject({
  sharpes: z.record(z.string(), z.number()).describe("Annual Sharpe ratio of each deployed account"),
  credits: z.array(z.array(z.number())).describe(
    "Credit of the three traders, the first the one that asks; by iteration",
  ),
  questions: z.int(),
  dollars: z.number().describe("Made-up price of the script's calls, charged to every deployed account"),
});
const marketSchema = z.strictObject({
  marketSeed: z.int(),
  arms: z.strictObject({
    rules: armSchema.describe("No trader asks"),
    "scripted-truth": armSchema,
    "scripted-lie": armSchema,
  }),
});
/** What one market gave. */
export type LanguageMarket = z.output<typeof marketSchema>;

/** What is stored of the proof. */
export const languageProofSchema = z.strictObject({
  config: z.record(z.string(), z.unknown()),
  configHash: z.string(),
  markets: z.array(marketSchema),
});
/** What is stored of the proof. */
export type LanguageProof = z.output<typeof languageProofSchema>;

/** A proof without markets yet. */
export function emptyLanguageProof(settings: Settings): LanguageProof {
  const config = JSON.parse(JSON.stringify(hashedConfig(proofConfig(settings, 1, "scripted-truth"))));
  return { config, configHash: hashJson(config), markets: [] };
}

function proofConfig(settings: Settings, marketSeed: number, script: Script | null): PopulationRunConfig {
  const { population: given, market } = settings;
  const trader = [script === null ? REPLACED : ASKING, ...BESIDE];
  return populationRunConfig({
    ...settings,
    references: false,
    market: { ...market, mode: "planted", seed: marketSeed },
    data: { ...settings.data, source: "synthetic" },
    population: {
      ...given,
      size: 3,
      mirror: { ...given.mirror, rules: [] }, // the champion is what is judged
      agents: { ...given.agents, trader },
      language: {
        ...given.language,
        model: script ?? given.language.model,
        mostCalls: 1_000_000,
        mask: { coins: false, dates: false },
      },
    },
  });
}

/** Runs the three arms on one market. */
export async function runLanguageMarket(
  settings: Settings,
  marketSeed: number,
  memoBytes: number,
): Promise<LanguageMarket> {
  const arm = (script: Script | null) => runArm(proofConfig(settings, marketSeed, script), script, memoBytes);
  return {
    marketSeed,
    arms: {
      rules: await arm(null),
      "scripted-truth": await arm("scripted-truth"),
      "scripted-lie": await arm("scripted-lie"),
    },
  };
}

async function runArm(config: PopulationRunConfig, script: Script | null, memoBytes: number) {
  const { panel } = marketOf(config);
  const { strategies, events } = await scriptedRun(
    config,
    panel,
    memoBytes,
    () => scriptedModel(script ?? "scripted-truth", scriptMarket(createDesk(panel, config, memoBytes))),
  );
  const { questions, dollars } = countThoughts(eventsOfType(events, "thought"));
  return {
    sharpes: Object.fromEntries(strategies.map(({ name, metrics }) => [name, metrics.sharpe])),
    credits: eventsOfType(events, "iteration").map(({ agents }) => agents.trader.map(({ credit }) => credit)),
    questions,
    dollars,
  };
}

/** The iteration from which on the first trader's credit stays below the median of its role; null if it never does. */
export function foundOutAt(credits: readonly (readonly number[])[]): number | null {
  const below = credits.map((one) => one[0]! < [...one].sort((a, b) => a - b)[Math.floor(one.length / 2)]!);
  const last = below.lastIndexOf(false);
  return last === below.length - 1 ? null : last + 1;
}

/** What must hold on every market. */
export function languageChecks(markets: readonly LanguageMarket[]): ThresholdCheck[] {
  const lifted = markets.filter(({ arms }) =>
    arms["scripted-truth"].sharpes.champion! > arms.rules.sharpes.champion!
  );
  const found = markets.filter(({ arms }) => {
    const at = foundOutAt(arms["scripted-lie"].credits);
    return at !== null && at <= FOUND_OUT;
  });
  const of = (some: readonly unknown[]) => `${some.length} of ${markets.length}`;
  return [
    {
      rule: "a script that knows the truth lifts the champion's Sharpe ratio in every market",
      measured: of(lifted),
      holds: lifted.length === markets.length,
    },
    {
      rule:
        `a script that lies is below the median credit of its role within ${FOUND_OUT} iterations, and stays there, in every market`,
      measured: of(found),
      holds: found.length === markets.length,
    },
  ];
}
