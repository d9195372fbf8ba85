import { dirname } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { writeFileAtomic } from "../../adapters/files/atomic_file.ts";
import { createJobPool } from "../../adapters/workers/job_pool.ts";
import { UserError } from "../../core/user_error.ts";
import { populationRunConfig } from "../../experiments/config.ts";
import { runValidation } from "../../experiments/validation_run.ts";
import { requireWritableFolder } from "../../adapters/files/writable_folder.ts";
import { canonicalJson } from "../../core/hash.ts";
import { BARS_PER_YEAR } from "../../core/universe.ts";
import type { StrategyName } from "../../experiments/strategies.ts";
import { STRATEGIES } from "../../experiments/strategies.ts";
import { FIRST_SEALED_SEED } from "../../market/seal.ts";
import {
  compareStrategies,
  type MarketOutcome,
  nullChecks,
  plantedChecks,
  testNull,
  type ThresholdCheck,
} from "../../experiments/validation.ts";
import { collect, settingsOf } from "../config_options.ts";
import { say } from "../print.ts";
import { onInterrupt } from "../interrupt.ts";
import { type PlainColumn, plainTable } from "../../report/text/plain_table.ts";
import { createProgressView } from "../progress.ts";
import { memoryOfEach, parseMemory } from "../memory.ts";
import { workingSet } from "../../population/working_set.ts";
import { parseWorkers } from "../workers.ts";

/** Rows of a long market before its scored ones: the first year. */
const HISTORY_ROWS = BARS_PER_YEAR;

const EXAMPLES = `
Examples:
  deno task popagent validate planted                          20 markets of two years with a planted edge
  deno task popagent validate planted --rows 8766              four years each, scored from the second on
  deno task popagent validate null --markets 40                nothing is to be found, and nothing must be
  deno task popagent validate planted --set population.transfer=none`;

/** Pairs that are compared in planted markets; those that a market has no strategy for are left out. */
const COMPARED: readonly (readonly [StrategyName, StrategyName])[] = [
  ["champion", "random"],
  ["committee", "random"],
  ["champion", "staticShort"],
  ["champion", "staticLong"],
  ["committee", "staticLong"],
  ["committee", "ensemble"],
  ["committee", "wholeCommittee"],
];
const SHOWN: readonly StrategyName[] = [
  "champion",
  "committee",
  "random",
  "ensemble",
  "staticShort",
  "hindsight",
];

/** popagent validate: the thresholds that learning must meet on markets whose truth is known. */
export function validateCommand() {
  return new Command("validate")
    .argument("<world>", "planted: an edge is there to be found; null: nothing is")
    .description(
      "Does learning find a planted edge, and nothing where nothing is? Prints the markets and the thresholds",
    )
    .option("--markets <count>", "number of markets", "20")
    .option("--first <seed>", "market seed of the first; the others follow", "1")
    .option("--rows <count>", "rows of each market; from 8766 on the first year is history", "4380")
    .option("--ic <number>", "information coefficient of the planted edge", "0.1")
    .option("--workers <count>", "Web Workers; results do not depend on it", "2")
    .option(
      "--memory <MiB>",
      "most that series kept for reuse may take over all workers; half of what is free",
    )
    .option("--out <file>", "where the outcomes go as JSON", "data/validation.json")
    .option("--set <key=value>", "any setting by its path", collect, [] as readonly string[])
    .addHelpText("after", EXAMPLES)
    .action(async (world, flags) => {
      if (world !== "planted" && world !== "null") {
        throw new UserError(
          `Cannot validate as the world must be planted or null: current value is ${world}`,
        );
      }
      const [markets, first, rows] = [flags.markets, flags.first, flags.rows].map(Number) as [
        number,
        number,
        number,
      ];
      const workers = parseWorkers(flags.workers);
      if (
        !(Number.isInteger(markets) && markets >= 2 && Number.isInteger(first) &&
          first + markets <= FIRST_SEALED_SEED)
      ) {
        throw new UserError(
          `Cannot validate as --markets must be an integer >= 2 and seeds stay below ${FIRST_SEALED_SEED}: current value is ${flags.markets} from ${flags.first}`,
        );
      }
      const settings = await settingsOf({
        synthetic: world,
        ic: world === "planted" ? flags.ic : undefined,
        set: flags.set,
      }, [
        ["market.rows", flags.rows, "--rows"],
        ["clock.reportFrom", rows >= 4 * BARS_PER_YEAR ? HISTORY_ROWS : undefined, "--rows"],
      ], { learns: true });
      const config = populationRunConfig(settings);
      await requireWritableFolder(dirname(flags.out));
      const progress = createProgressView(false);
      const needed = workingSet(rows, config.universe.coins.length, config.population);
      const pool = createJobPool({
        workers,
        memoBytes: memoryOfEach(parseMemory(flags.memory), workers, needed),
      });
      const restore = onInterrupt(() => pool.close());
      let done = 0;
      progress.update("markets", done, markets);
      const outcomes = await runValidation({
        config,
        marketSeeds: Array.from({ length: markets }, (_, i) => first + i),
        onMarket: (outcome) => {
          progress.log(marketLine(outcome));
          progress.update("markets", ++done, markets);
        },
      }, pool).finally(() => {
        restore();
        progress.stop();
        pool.close();
      });
      const checks = world === "planted" ? plantedChecks(outcomes, rows) : nullChecks(outcomes);
      await writeFileAtomic(flags.out, `${canonicalJson({ world, rows, config, outcomes, checks })}\n`);
      say(validationText(world, outcomes, checks));
    });
}

function marketLine({ marketSeed, strategies }: MarketOutcome): string {
  const parts = SHOWN.map((name) =>
    `${name} ${strategies[name]!.sharpe.toFixed(2)} (gross t ${strategies[name]!.grossT.toFixed(1)})`
  );
  return `market ${marketSeed}: ${parts.join(", ")}`;
}

/** The markets, the comparisons and the thresholds as text. */
export function validationText(
  world: "planted" | "null",
  outcomes: readonly MarketOutcome[],
  checks: readonly ThresholdCheck[],
): string {
  const right = (label: string): PlainColumn => [label, "right"];
  const left = (label: string): PlainColumn => [label, "left"];
  const markets = plainTable(
    [left("Market"), ...SHOWN.map((name) => right(STRATEGIES[name].label))],
    outcomes.map(({ marketSeed, strategies }) => [
      `${marketSeed}`,
      ...SHOWN.map((name) =>
        world === "planted"
          ? strategies[name]!.sharpe.toFixed(2)
          : `${strategies[name]!.grossSharpe.toFixed(2)} (${strategies[name]!.grossT.toFixed(1)})`
      ),
    ]),
  );
  const comparison = world === "planted"
    ? plainTable(
      [left("Difference in net Sharpe ratio"), right("Mean"), right("SE"), right("Wins")],
      COMPARED.filter((pair) => pair.every((name) => outcomes[0]!.strategies[name])).map(([a, b]) => {
        const { difference, error, wins, markets } = compareStrategies(outcomes, a, b);
        return [
          `${STRATEGIES[a].label} - ${STRATEGIES[b].label}`,
          difference.toFixed(2),
          error.toFixed(2),
          `${wins}/${markets}`,
        ];
      }),
    )
    : plainTable(
      [
        left("Strategy"),
        right("Rejections at 5 %"),
        right("Mean gross Sharpe"),
        right("SE"),
        right("Mean net Sharpe"),
      ],
      SHOWN.map((name) => {
        const { rejections, markets, meanGrossSharpe, error, meanNetSharpe } = testNull(outcomes, name);
        return [
          STRATEGIES[name].label,
          `${rejections}/${markets}`,
          meanGrossSharpe.toFixed(2),
          error.toFixed(2),
          meanNetSharpe.toFixed(2),
        ];
      }),
    );
  return [
    `!! SYNTHETIC DATA (${world} markets). ${
      world === "planted" ? "Net Sharpe ratios" : "Gross Sharpe ratios (Newey-West t)"
    } by market:`,
    markets,
    "",
    comparison,
    "",
    ...checks.map(({ rule, measured, holds }) => `${holds ? "holds" : "FAILS"}: ${rule}: ${measured}`),
  ].join("\n");
}
